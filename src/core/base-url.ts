import type { ValidationIssue } from "../error-types.ts";
import { issue } from "./validate.ts";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * An address of the API, without a trailing `/` or `/v2`, which every path of the spec begins with.
 * Gives the issue instead where it is none, or where the key would travel in clear.
 */
export function readBaseUrl(path: string, value: unknown, allowHttp: boolean): string | ValidationIssue {
  const rule = "must be an absolute http or https URL without credentials, query and fragment";
  if (typeof value !== "string" || !URL.canParse(value.trim())) return issue(path, rule, value);
  const url = new URL(value.trim());
  // Not shown, since a password may be in it.
  if (url.username || url.password) return issue(path, rule, "one with credentials");
  if (!/^https?:$/.test(url.protocol) || url.search || url.hash) return issue(path, rule, value);
  if (url.protocol === "http:" && !allowHttp && !LOOPBACK.test(url.hostname)) {
    return issue(path, "must be https, since the key would travel in clear (allowHttp permits it)", value);
  }
  return url.origin + url.pathname.replace(/\/*(\/v2\/*)?$/, "");
}
