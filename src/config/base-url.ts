import { issue, type ValidationIssue } from "../errors/issue.ts";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * Reads an address of the API. Removes a trailing `/` or `/v2`; all paths of the spec begin with `/v2`. Returns an issue if the
 * address is invalid, or the key would be sent unencrypted.
 */
export function readBaseUrl(path: string, value: unknown, allowHttp: boolean): string | ValidationIssue {
  const wrong = (rule: string) =>
    issue(path, rule, typeof value === "string" ? withoutSecrets(value) : value);
  const isUrl = typeof value === "string" && URL.canParse(value.trim());
  const url = isUrl ? new URL(value.trim()) : undefined;
  const isPlain =
    url && /^https?:$/.test(url.protocol) && !(url.username || url.password || url.search || url.hash);
  if (!isPlain) return wrong("must be an absolute http or https URL without credentials, query or fragment");
  if (url.protocol === "http:" && !allowHttp && !LOOPBACK.test(url.hostname)) {
    return wrong("must be https, since http sends the key unencrypted (allowHttp permits it)");
  }
  return url.origin + url.pathname.replace(/\/*(\/v2\/*)?$/, "");
}

/** After a host, which may be an IPv6 address: text that is no port. */
const NO_PORT =
  /^(\s*(?:[a-z][a-z\d+.-]*:\/\/)?(?:\[[\da-f:.]*\]|(?!\[[\da-f:.]*\])[^/:]*))(:(?!\/|\d{1,5}(?:[/?#]|\s*$))|(?<=\])(?!:))[^/?#]+/i;

/**
 * Masks the parts of an address that may hold a password or a token: everything before the last `@`, a port that is not a
 * number, the query and the fragment. The text need not be a valid URL.
 */
function withoutSecrets(text: string): string {
  return text
    .replace(/^(\s*[a-z][a-z\d+.-]*:\/\/)?.*(?:@|%40|\uff20)/is, "$1***@")
    .replace(/[?#].*/s, (rest) => `${rest.charAt(0)}***`)
    .replace(NO_PORT, "$1$2***");
}
