import { type OperationId, paths } from "../../../generated/operations.gen.ts";
import { ValidationError } from "../../errors/errors.ts";
import { idIssue } from "../../errors/issue.ts";
import type { ValidationIssue } from "../../errors/types.ts";

/** A request ready to be sent, as often as need be. */
export interface HttpRequest {
  readonly method: string;
  /** The path as the spec has it, without IDs: `/v2/users/{user_id}`. */
  readonly template: string;
  readonly url: string;
  /** By lower-case name, without `authorization`, which each attempt adds. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * The request that the generated client made.
 *
 * @throws {ValidationError} where its URL is not one of the operation: a server may have given an ID such as `..`, which
 * leads to another path (RFC 3986, 5.2.4), or one of whitespace.
 */
export async function toHttpRequest(operation: OperationId, request: Request): Promise<HttpRequest> {
  const template = paths[operation];
  const issues = pathIssues(template, request.url);
  if (issues.length > 0) throw new ValidationError(template, issues);
  return {
    method: request.method,
    template,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: request.body === null ? undefined : await request.text(),
  };
}

function pathIssues(template: string, url: string): ValidationIssue[] {
  if (!template.includes("{")) return [];
  const pattern = new RegExp(`${template.replace(/{(\w+)}/g, "(?<$1>[^/]+)")}$`);
  const ids = pattern.exec(new URL(url).pathname)?.groups;
  if (!ids) return [{ path: "", message: 'an ID in its path must not be "", "." or ".."' }];
  return Object.entries(ids).flatMap(([name, id]) => idIssue(name, decodeURIComponent(id)) ?? []);
}

/** A request as messages name it: no host, and no query, which may hold an address. */
export const describe = ({ method, url }: HttpRequest): string => `${method} ${new URL(url).pathname}`;

/** What was said of a request, without its query in any spelling: Deno repeats the whole URL. */
export function withoutQuery({ url }: HttpRequest, said: string): string {
  const { search, searchParams } = new URL(url);
  const addresses = [...searchParams.values()].filter((value) => value.includes("@"));
  const spellings = addresses.flatMap((address) => [address, encodeURIComponent(address)]);
  return spellings.reduce(
    (text, spelling) => text.replaceAll(spelling, "[email]"),
    said.replaceAll(search, ""),
  );
}
