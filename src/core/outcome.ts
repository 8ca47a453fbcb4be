import type { Outcome } from "../error-types.ts";

/**
 * Codes of a connection that never came to be, so that the request cannot have been read. Node's own
 * (`dns`, `net`, `tls`) and undici's; another runtime tells less, and then nothing is certain.
 */
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/;

const isRead = (method: string): boolean => method === "GET";

/** Of a request that got no whole answer. */
export function outcomeOfFailure(method: string, error: unknown): Outcome {
  return isRead(method) || NEVER_CONNECTED.test(codeOf(error) ?? "") ? "not_applied" : "unknown";
}

/**
 * Of a request that was answered with an error status. A 4xx is a refusal, and so are 501 and a 503 that says
 * when to come back; after any other 5xx the server may have done its work before it failed.
 */
export function outcomeOfStatus(method: string, status: number, headers: Headers): Outcome {
  const refused = status < 500 || status === 501 || (status === 503 && headers.has("retry-after"));
  return isRead(method) || refused ? "not_applied" : "unknown";
}

/** Of a request that was answered with a success that cannot be understood. */
export const outcomeOfUnexpected = (method: string): Outcome => (isRead(method) ? "not_applied" : "unknown");

/** The system's code for a failed fetch, which stands on its cause. */
export function codeOf(error: unknown): string | undefined {
  for (const link of chainOf(error)) {
    if ("code" in link && typeof link.code === "string") return link.code;
  }
  return undefined;
}

/** Why a fetch failed, in a word or two: the code, else what the innermost cause says. */
export const reasonOf = (error: unknown): string =>
  codeOf(error) ?? chainOf(error).at(-1)?.message ?? String(error);

/** An error and its causes, outermost first. */
function chainOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...chainOf(error.cause)] : [];
}
