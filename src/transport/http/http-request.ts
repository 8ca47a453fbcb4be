import { idIssue } from "../../api/validate.ts";
import type { Settings } from "../../config/client-options.ts";
import { ValidationError } from "../../errors/errors.ts";

/** What a generated function tells of its request. */
export interface OperationRequest {
  /** The path as the spec has it: `/v2/users/{user_id}`. */
  readonly url: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request ready to be sent, as often as need be. */
export interface HttpRequest {
  readonly method: string;
  /** The path as the spec has it, without IDs. */
  readonly template: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export function toHttpRequest(settings: Settings, method: string, operation: OperationRequest): HttpRequest {
  const { url: template, path = {}, query = {}, body } = operation;
  const url =
    settings.baseUrl + template.replace(/{(\w+)}/g, (_, name) => segment(template, name, path[name]));
  const search = Object.entries(query).flatMap(([name, value]) =>
    // An array is repeated: the spec's `style: form` with `explode: true`.
    // The apostrophe as `URL` spells it, so that there is one spelling for withoutQuery to find.
    [value].flat().map((item) => `${name}=${encodeURIComponent(String(item)).replaceAll("'", "%27")}`),
  );
  const headers: Record<string, string> = { accept: "application/json, application/problem+json" };
  for (const [name, value] of [settings.headers, operation.headers ?? {}].flatMap(Object.entries)) {
    headers[name.toLowerCase()] = value;
  }
  headers["authorization"] = `Bearer ${settings.apiKey}`;
  if (body === undefined) delete headers["content-type"];
  return {
    method,
    template,
    url: search.length > 0 ? `${url}?${search.join("&")}` : url,
    headers,
    body: JSON.stringify(body),
  };
}

/** IDs that callers give are checked before; one that a server gave may be as bad, and lead to another path. */
function segment(template: string, name: string, value: unknown): string {
  const wrong = idIssue(name, value);
  if (wrong) throw new ValidationError(template, [wrong]);
  return encodeURIComponent(String(value));
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
