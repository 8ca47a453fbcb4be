import { evidenceIn } from "../../errors/cause/evidence.ts";
import type { Outcome } from "../../errors/types.ts";

/**
 * What a failed attempt proves. `rejected`: it was certainly not processed, and may be sent again. `unknown`: it may have been
 * processed. `terminal`: another attempt would fail as well.
 */
export type FailureKind = "rejected" | "unknown" | "terminal";

/**
 * Statuses with which a server may say that it did not process the request. 408: it did not receive all of it. 425: it refuses to
 * risk a replay. 429, and a 503 with `Retry-After`: it is overloaded. A gateway or a cache may also send these, except a 429,
 * after it passed the request on and it took effect.
 */
export const REJECTIONS: readonly number[] = [408, 425, 429, 503];

/** Statuses of a gateway, or of a server that failed while it processed the request. */
const MAY_PASS = [500, 502, 503, 504, 408, 425];

/**
 * Classifies an attempt without a complete response, by the copy of its error. If `fetch` refused the request, it would
 * again.
 */
export function kindOfLoss(cause: unknown): FailureKind {
  const evidence = evidenceIn(cause);
  if (evidence === "not made") return "terminal";
  return evidence === "not connected" ? "rejected" : "unknown";
}

/**
 * Classifies an attempt by its error status. `isOfApi` returns whether the body is a problem document of the API; it is called
 * only if it matters.
 */
export function kindOfStatus(
  status: number,
  retryAfterMs: number | undefined,
  isOfApi: () => boolean,
): FailureKind {
  if (status === 429) return "rejected";
  const mayReject = REJECTIONS.includes(status) && (status !== 503 || retryAfterMs !== undefined);
  if (mayReject && isOfApi()) return "rejected";
  return MAY_PASS.includes(status) ? "unknown" : "terminal";
}

/** The request was processed, and its result is elsewhere (RFC 9110, 15.4.4); some servers use 302 for this. */
const DONE_ELSEWHERE = [302, 303];

/** A 4xx or a 501 was not processed. After any other 5xx, the request may have taken effect. */
export const mayHaveApplied = (status: number, kind: FailureKind): boolean =>
  kind === "unknown" ||
  (kind === "terminal" && ((status >= 500 && status !== 501) || DONE_ELSEWHERE.includes(status)));

/** A read never has an effect. */
export const outcomeOf = (method: string, mayHaveApplied: boolean): Outcome =>
  mayHaveApplied && method !== "GET" ? "unknown" : "not_applied";
