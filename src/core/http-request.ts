import { ValidationError } from "../errors.ts";
import type { Settings } from "../options.ts";
import { idIssue } from "./validate.ts";

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
  /** The URL without its query, which may hold an address and belongs in no message. */
  readonly path: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | undefined;
}

export function toHttpRequest(settings: Settings, method: string, operation: OperationRequest): HttpRequest {
  const { url: template, path = {}, query = {}, body } = operation;
  const url =
    settings.baseUrl + template.replace(/{(\w+)}/g, (_, name) => segment(template, name, path[name]));
  const search = Object.entries(query).flatMap(([name, value]) =>
    // An array is repeated: the spec's `style: form` with `explode: true`.
    [value].flat().map((item) => `${name}=${encodeURIComponent(String(item))}`),
  );
  const headers = new Headers({ accept: "application/json, application/problem+json" });
  for (const given of [settings.headers, operation.headers ?? {}]) {
    for (const [name, value] of Object.entries(given)) headers.set(name, value);
  }
  if (body === undefined) headers.delete("content-type");
  headers.set("authorization", `Bearer ${settings.apiKey}`);
  return {
    method,
    template,
    path: new URL(url).pathname,
    url: search.length > 0 ? `${url}?${search.join("&")}` : url,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

/** IDs that callers give are checked before; one that a server gave may be as bad, and lead to another path. */
function segment(template: string, name: string, value: unknown): string {
  const wrong = idIssue(name, value);
  if (wrong) throw new ValidationError(template, [wrong]);
  return encodeURIComponent(String(value));
}

/** A request as messages name it: no host, and no query. */
export const describe = ({ method, path }: HttpRequest): string => `${method} ${path}`;

/** What was said of a request, without its query: Deno repeats the whole URL, as it was given or as `URL` spells it. */
export function withoutQuery({ url }: HttpRequest, said: string): string {
  const [, query] = url.split("?");
  return query ? said.replaceAll(`?${query}`, "").replaceAll(new URL(url).search, "") : said;
}
