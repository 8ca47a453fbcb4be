import type { Outcome } from "../error-types.ts";

/**
 * What may follow a request that failed: it was certainly not carried out and can be sent again (`refused`),
 * nobody can tell (`unknown`), or another one would fare no better (`final`).
 */
export type Verdict = "refused" | "unknown" | "final";

/**
 * Codes of a connection that never came to be, so that the request cannot have been read. Node's own
 * (`dns`, `net`, `tls`) and undici's; another runtime tells less, and then nothing is certain.
 */
const NEVER_CONNECTED =
  /^E(CONNREFUSED|NOTFOUND|AI_\w+|HOSTUNREACH|NETUNREACH|ADDRNOTAVAIL)$|^UND_ERR_CONNECT_|CERT|^ERR_(TLS|SSL)_|^UNABLE_TO_/;

/** 408: the server did not get the request whole. 425: it refuses to risk a replay. 429: too many. */
const REFUSALS = [408, 425, 429];

/** The failures of a gateway, and of a server that may have been half-way through. */
const MAY_PASS = [500, 502, 503, 504];

/**
 * Of a request that got no whole answer. An unreachable host also ends connections that were made long ago: then
 * it is a read or a write that fails.
 */
export function verdictOnLoss(cause: unknown): Verdict {
  const { code = "", syscall } = systemError(cause);
  return NEVER_CONNECTED.test(code) && syscall !== "read" && syscall !== "write" ? "refused" : "unknown";
}

/** Of a request that was answered with an error status. */
export function verdictOnStatus(status: number, retryAfterMs: number | undefined): Verdict {
  if (REFUSALS.includes(status) || (status === 503 && retryAfterMs !== undefined)) return "refused";
  return MAY_PASS.includes(status) ? "unknown" : "final";
}

/** "Done, see over there" (RFC 9110, 15.4.4); servers say 302 for it as well. */
const DONE_ELSEWHERE = [302, 303];

/** A 4xx refuses and a 501 knows no such thing; after any other 5xx the work may be done all the same. */
export const mayHaveApplied = (status: number, verdict: Verdict): boolean =>
  verdict === "unknown" ||
  (verdict === "final" && ((status >= 500 && status !== 501) || DONE_ELSEWHERE.includes(status)));

/** A read applies nothing, however it ends. */
export const outcomeOf = (method: string, mayHaveApplied: boolean): Outcome =>
  mayHaveApplied && method !== "GET" ? "unknown" : "not_applied";

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
