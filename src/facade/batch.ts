import type { ApiCall } from "../api/client-context.ts";
import {
  APIError,
  ArizeError,
  AuthenticationError,
  ConflictError,
  TimeoutError,
  ValidationError,
} from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";
import { isForeign } from "../errors/response/problem.ts";
import type { Outcome, ValidationIssue } from "../errors/types.ts";
import { AdaptiveLimiter, MOST_IN_FLIGHT } from "../throttle/adaptive-limiter.ts";
import { timeLeft, withOwnAbort } from "../transport/call-context.ts";
import { callSafely } from "../util/call-safely.ts";
import { forEachLimited } from "../util/for-each-limited.ts";
import { camelCase } from "../util/names.ts";

/** What the parameters of every bulk call have. */
export interface BatchParams<Progress> {
  concurrency?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** What the result of a failed target has besides its name. */
export interface BatchFailure {
  /** One line. */
  error: string;
  cause: unknown;
  /** Whether the target may have been changed. */
  outcome: Outcome;
  /** Whether a request was sent for this target. */
  attempted: boolean;
}

/** The failure of a target that breaks a rule, for which nothing is sent. */
export const malformed = (cause: ValidationError): BatchFailure => ({
  error: oneLine(cause),
  cause,
  outcome: "not_applied",
  attempted: false,
});

/** What is wrong with the parameters that every bulk call has. */
export function batchIssues({ concurrency, onProgress }: BatchParams<never>): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  if (
    concurrency !== undefined &&
    !(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MOST_IN_FLIGHT)
  ) {
    issues.push(issue("concurrency", `must be a whole number from 1 to ${MOST_IN_FLIGHT}`, concurrency));
  }
  if (onProgress !== undefined && typeof onProgress !== "function") {
    issues.push(issue("onProgress", "must be a function", onProgress));
  }
  return issues;
}

/** A bulk call under way: one result per target, and an end for all of them where going on would be no use. */
export class Batch {
  /** For the requests of the call. Its signal ends with the caller's, and with the batch. */
  readonly call: ApiCall;
  readonly #name: string;
  readonly #limiter: AdaptiveLimiter;
  readonly #end: () => void;
  #stopped: BatchFailure | undefined;

  constructor(name: string, call: ApiCall, concurrency: number | undefined) {
    const { call: own, end } = withOwnAbort(call);
    const limiter = new AdaptiveLimiter(call.client.clock, concurrency, call.maxRetries + 1);
    this.#limiter = limiter;
    this.call = { ...own, limiter };
    this.#name = name;
    this.#end = end;
  }

  /**
   * The result of `work`, which must not fail, for every target in their order, each reported as soon as it is there. As
   * many are worked on at once as there may be requests in flight. Where there is nothing to send, `work` returns the
   * result itself: after an abort, that is all that there is to do for up to a million targets.
   */
  async results<Target, Result>(
    targets: readonly Target[],
    work: (target: Target) => Result | Promise<Result>,
    tell: (result: Result) => void,
  ): Promise<Result[]> {
    const results: Result[] = new Array(targets.length);
    const settle = (index: number, result: Result) => {
      results[index] = result;
      tell(result);
    };
    await forEachLimited(targets.entries(), this.#limiter.most, ([index, target]) => {
      const result = work(target);
      if (result instanceof Promise) return result.then((settled) => settle(index, settled));
      settle(index, result);
      return undefined;
    });
    this.#end();
    return results;
  }

  /** Why nothing more is sent: the key was refused, the caller's signal, the deadline, or no end of refusals. */
  stopped(error?: unknown): BatchFailure | undefined {
    if (!this.#stopped) {
      // A conflict has for its cause what went wrong with the look-up that it led to.
      this.#stopped = this.#reasonToStop(error instanceof ConflictError ? error.cause : error);
      if (this.#stopped) this.#end();
    }
    return this.#stopped;
  }

  /** What a target whose work failed is told: where none of it was sent and the batch has ended, just that. */
  failureOf(error: unknown): BatchFailure {
    const stopped = this.stopped(error);
    const attempted = this.#wasSent(error);
    if (stopped && !attempted) return stopped;
    const outcome = error instanceof ArizeError ? error.outcome : attempted ? "unknown" : "not_applied";
    return { error: oneLine(error), cause: error, outcome, attempted };
  }

  #reasonToStop(error: unknown): BatchFailure | undefined {
    const { signal, deadlineMs } = this.call;
    const because = (why: string, cause: unknown): BatchFailure => ({
      error: `not attempted: ${why}`,
      cause,
      outcome: "not_applied",
      attempted: false,
    });
    if (signal?.aborted) return because("the call was aborted", signal.reason);
    if (error instanceof AuthenticationError) {
      const why = isForeign(error) ? "a 401 that is not from the API" : "the API key was refused";
      return because(why, error);
    }
    // Set by a 404 from a server that nothing has shown to be the API.
    if (this.#limiter.exhausted && isForeign(error) && error instanceof APIError && error.status === 404) {
      return because("no response shows that the API is at baseUrl", error);
    }
    if (timeLeft(this.call) === 0) {
      const why = `the deadline has passed (deadlineMs: ${deadlineMs})`;
      const fields = { outcome: "not_applied", attempts: 0 } as const;
      return because(why, new TimeoutError(`${this.#name}: ${why}.`, fields));
    }
    return this.#limiter.exhausted && error instanceof APIError && [429, 503].includes(error.status)
      ? because(`the server went on refusing (HTTP ${error.status})`, error)
      : undefined;
  }

  /** What is sent is let come to its end, so that the signal's reason comes only where nothing was. */
  #wasSent(error: unknown): boolean {
    if (error === this.call.signal?.reason) return false;
    if (error instanceof ValidationError) return error.outcome === "unknown";
    return !(error instanceof ArizeError && "attempts" in error && error.attempts === 0);
  }
}

/** What an error says, without line breaks. */
const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");

/** Counts results by their status, and tells of each; `progress` names what there is to count, all 0 but `total`. */
export function progressReporter<Progress extends { total: number; done: number }>(
  progress: Progress,
  onProgress: ((progress: Progress) => void) | undefined,
): (result: { status: string }) => void {
  if (!onProgress) return () => {};
  const counts: Record<string, number> = { ...progress };
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  return ({ status }) => {
    count("done");
    count(camelCase(status));
    callSafely(() => onProgress({ ...progress, ...counts }));
  };
}
