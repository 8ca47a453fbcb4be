import type { Outcome } from "../error-types.ts";

/**
 * Codes of a connection that never came to be, so that the request cannot have been read. Node's own
 * (`dns`, `net`, `tls`) and undici's; another runtime tells less, and then nothing is certain.
 */
const NEVER_CONNECTED =
  /^E(CONNREFUSED|NOTFOUND|AI_\w+|HOSTUNREACH|NETUNREACH)$|^UND_ERR_CONNECT_|CERT|^ERR_(TLS|SSL)_|^UNABLE_TO_/;

/** "Done, see over there" (RFC 9110, 15.4.4); servers say 302 for it as well. */
const DONE_ELSEWHERE = [302, 303];

const isRead = (method: string): boolean => method === "GET";

/**
 * Of a request that got no whole answer. An unreachable host also ends connections that were made long ago: then
 * it is a read or a write that fails.
 */
export function outcomeOfFailure(method: string, error: unknown): Outcome {
  const { code = "", syscall } = systemError(error);
  const never = NEVER_CONNECTED.test(code) && syscall !== "read" && syscall !== "write";
  return isRead(method) || never ? "not_applied" : "unknown";
}

/**
 * Of a request that was answered with an error status. A 4xx is a refusal, and so are 501 and a 503 that says
 * when to come back; after any other 5xx the server may have done its work before it failed.
 */
export function outcomeOfStatus(method: string, status: number, headers: Headers): Outcome {
  const refused =
    (status < 500 && !DONE_ELSEWHERE.includes(status)) ||
    status === 501 ||
    (status === 503 && headers.has("retry-after"));
  return isRead(method) || refused ? "not_applied" : "unknown";
}

/** Of a request that was answered with a success that cannot be understood. */
export const outcomeOfUnexpected = (method: string): Outcome => (isRead(method) ? "not_applied" : "unknown");

/** Why a fetch failed, in a word or two: the code, else what the innermost cause says. */
export const reasonOf = (error: unknown): string =>
  systemError(error).code ?? chainOf(error).at(-1)?.message ?? String(error);

/** What the system says of a failed fetch, which stands on its cause. */
function systemError(error: unknown): { code?: string; syscall?: unknown } {
  for (const link of chainOf(error)) {
    if (!("code" in link) || typeof link.code !== "string") continue;
    return { code: link.code, syscall: "syscall" in link ? link.syscall : undefined };
  }
  return {};
}

/** An error and its causes, outermost first. */
function chainOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let link = error; link instanceof Error && !chain.includes(link); link = link.cause) chain.push(link);
  return chain;
}
