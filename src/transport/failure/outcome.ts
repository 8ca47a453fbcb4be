import { evidenceIn } from "../../errors/cause/evidence.ts";
import type { Outcome } from "../../errors/types.ts";

/**
 * What may follow a request that failed: it was certainly not carried out and can be sent again (`rejected`),
 * nobody can tell (`unknown`), or another one would fare no better (`terminal`).
 */
export type FailureKind = "rejected" | "unknown" | "terminal";

/**
 * 408: the server did not get the request whole. 425: it refuses to risk a replay. 503 with `Retry-After`: overloaded. A
 * gateway or a cache answers with them as well, and then the request may have been passed on and carried out.
 */
const REJECTS_IF_OF_API = [408, 425];

/** The failures of a gateway, and of a server that may have been half-way through. */
const MAY_PASS = [500, 502, 503, 504, ...REJECTS_IF_OF_API];

/** Of a request that got no whole response, by the copy of its error. One that `fetch` would not make is refused again. */
export function kindOfLoss(cause: unknown): FailureKind {
  const evidence = evidenceIn(cause);
  if (evidence === "not made") return "terminal";
  return evidence === "not connected" ? "rejected" : "unknown";
}

/**
 * Of a request that got a response of an error status. `isOfApi` is asked only where it matters: whether the body is the
 * API's problem document.
 */
export function kindOfStatus(
  status: number,
  retryAfterMs: number | undefined,
  isOfApi: () => boolean,
): FailureKind {
  if (status === 429) return "rejected";
  const mayReject = REJECTS_IF_OF_API.includes(status) || (status === 503 && retryAfterMs !== undefined);
  if (mayReject && isOfApi()) return "rejected";
  return MAY_PASS.includes(status) ? "unknown" : "terminal";
}

/** "Done, see over there" (RFC 9110, 15.4.4); servers say 302 for it as well. */
const DONE_ELSEWHERE = [302, 303];

/** A 4xx refuses and a 501 knows no such thing; after any other 5xx the work may be done all the same. */
export const mayHaveApplied = (status: number, kind: FailureKind): boolean =>
  kind === "unknown" ||
  (kind === "terminal" && ((status >= 500 && status !== 501) || DONE_ELSEWHERE.includes(status)));

/** A read applies nothing, however it ends. */
export const outcomeOf = (method: string, mayHaveApplied: boolean): Outcome =>
  mayHaveApplied && method !== "GET" ? "unknown" : "not_applied";
