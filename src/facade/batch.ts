import type { ApiCall } from "../api/client-context.ts";
import {
  APIError,
  ArizeError,
  AuthenticationError,
  ConflictError,
  TimeoutError,
  ValidationError,
} from "../errors/errors.ts";
import type { ValidationIssue } from "../errors/issue.ts";
import { hideKeysInFailure } from "../errors/redaction/hide-keys-in.ts";
import { isForeign } from "../errors/response/problem.ts";
import type { Outcome } from "../errors/types.ts";
import { AdaptiveLimiter } from "../throttle/adaptive-limiter.ts";
import { timeLeft, withOwnAbort } from "../transport/call-context.ts";
import { callSafely } from "../util/call-safely.ts";
import { forEachLimited } from "../util/for-each-limited.ts";
import { camelCase } from "../util/names.ts";
import type { BulkOptions } from "./bulk-options.ts";

/** The progress of a bulk call. */
export interface BulkProgress {
  /** The number of distinct targets. */
  total: number;
  /** The number of targets with a result: the sum of `failed` and the other counts by status. */
  done: number;
  /** The number of targets that failed or were not attempted. */
  failed: number;
}

/** The result of a target that does not exist. */
export interface BulkNotFound {
  /** No user has this ID or address, or the key may not read the user. */
  status: "not_found";
  /** One line. */
  error: string;
}

/** The result of a target that failed. */
export interface BulkFailure {
  /** `error` gives the reason. */
  status: "failed";
  /** One line. */
  error: string;
  /** The error itself, or the signal's reason if a signal ended the call. */
  cause: unknown;
  /** Whether the target may have been changed, created or removed. */
  outcome: Outcome;
  /** Whether a request was sent for this target. The lookup of its address does not count. */
  attempted: boolean;
}

/** The failure of a target for which nothing was sent. */
const notAttempted = (error: string, cause: unknown): BulkFailure => ({
  status: "failed",
  error,
  cause,
  outcome: "not_applied",
  attempted: false,
});

/** The failure of a target that breaks a rule. */
export function malformed(method: string, issues: readonly ValidationIssue[]): BulkFailure {
  const cause = new ValidationError(method, issues);
  return notAttempted(oneLine(cause), cause);
}

/** One user of a bulk call, as named by the caller. */
export interface BulkTarget<Request, End = BulkFailure> {
  /** The argument that names it, such as `users[3]`. */
  readonly path: string;
  /** Equal for targets that count as one. */
  key: string;
  userId?: string;
  /** The first spelling of the caller. */
  email?: string;
  /** What to send. */
  request?: Request;
  /** Why nothing is sent. */
  end?: End;
}

/** How a bulk call handles its targets. */
export interface TargetHandler<Request, End, Result, Progress> {
  /** The counts of `onProgress` by status, all 0. */
  counts: Omit<Progress, "total" | "done">;
  send(call: ApiCall, target: BulkTarget<Request, End>, request: Request): Promise<Result>;
  /** The result of a target for which nothing is sent, or whose request failed. */
  toResult(target: BulkTarget<Request, End>, end: End | BulkFailure): Result;
  /** Awaited before a target's first request. If it returns a result, there is nothing to send. */
  before?(call: ApiCall, target: BulkTarget<Request, End>): Promise<Result | undefined>;
  /** Awaited after a target's last response, before its result is reported. */
  after?(target: BulkTarget<Request, End>, result: Result): Promise<void>;
}

/** A running bulk call. It has one result per target, and ends for all of them if continuing would be useless. */
export class Batch<Progress extends BulkProgress, Result extends { status: string }> {
  /** For the requests of the call. Its signal ends with the caller's, and with the batch. */
  readonly call: ApiCall;
  readonly #options: BulkOptions<Progress, Result>;
  readonly #limiter: AdaptiveLimiter;
  readonly #end: () => void;
  #stopped: BulkFailure | undefined;

  constructor(call: ApiCall, options: BulkOptions<Progress, Result>) {
    const { call: own, end } = withOwnAbort(call);
    this.#options = options;
    this.#limiter = new AdaptiveLimiter(call.client.clock, options.concurrency, call.maxRetries + 1);
    this.call = { ...own, limiter: this.#limiter };
    this.#end = end;
  }

  /**
   * Returns the results of all targets, in order, and reports each one as soon as it is known. Works on as many targets at
   * once as requests may be in flight. Lets a request that was sent finish, so that its result can be reported.
   */
  async results<Request, End>(
    targets: readonly BulkTarget<Request, End>[],
    handler: TargetHandler<Request, End, Result, Progress>,
  ): Promise<Result[]> {
    const { counts, toResult } = handler;
    const results: Result[] = new Array(targets.length);
    const report = reporterOf({ total: targets.length, done: 0, ...counts }, this.#options);
    const call = { ...this.call, ignoreAbortOnceSent: true };
    const settle = (index: number, result: Result): undefined => {
      results[index] = result;
      report(result, index);
    };
    this.#limiter.startTargets();
    await forEachLimited(targets.entries(), this.#limiter.most, ([index, target]) => {
      const end = target.end ? this.#withoutKeys(target.end) : this.stopped();
      // Without a promise: after an abort, this may run for a million targets.
      if (end) return settle(index, toResult(target, end));
      return this.#resultOf(call, target, handler).then((result) => settle(index, result));
    });
    this.#end();
    return results;
  }

  async #resultOf<Request, End>(
    call: ApiCall,
    target: BulkTarget<Request, End>,
    handler: TargetHandler<Request, End, Result, Progress>,
  ): Promise<Result> {
    // Own members only: other code may have extended Object.prototype.
    const { send, toResult, before, after } = { before: undefined, after: undefined, ...handler };
    let result: Result | undefined;
    try {
      result = await before?.(this.call, target);
      if (!result) {
        // The batch may have ended by now.
        const stopped = this.stopped();
        // A target without an end has a request.
        result = stopped ? toResult(target, stopped) : await send(call, target, target.request as Request);
      }
    } catch (error) {
      result = toResult(target, this.failureOf(error));
    }
    await after?.(target, result);
    return result;
  }

  /** Why nothing more is sent: a rejected key, the caller's signal, the deadline, or repeated rejections. */
  stopped(error?: unknown): BulkFailure | undefined {
    if (!this.#stopped) {
      // The cause of a conflict is the error of the lookup that followed it.
      const [why, cause] = this.#reasonToStop(error instanceof ConflictError ? error.cause : error) ?? [];
      if (why === undefined) return undefined;
      this.#stopped = this.#withoutKeys(notAttempted(`not attempted: ${why}`, cause));
      this.#end();
    }
    return this.#stopped;
  }

  /** Ends the call after the failure of a request that all targets need. */
  stop(error: unknown): void {
    const why = `not attempted: ${oneLine(error)}`;
    this.#stopped = this.stopped(error) ?? this.#withoutKeys(notAttempted(why, error));
  }

  /** The failure of a target. If nothing was sent for it and the batch has ended, the failure has the reason of the end. */
  failureOf(error: unknown): BulkFailure {
    const stopped = this.stopped(error);
    const attempted = this.#wasSent(error);
    if (stopped && !attempted) return stopped;
    const outcome = error instanceof ArizeError ? error.outcome : "unknown";
    return this.#withoutKeys({ status: "failed", error: oneLine(error), cause: error, outcome, attempted });
  }

  #withoutKeys<End>(end: End): End {
    return hideKeysInFailure(end, this.call.client.hideKeys, this.call.signal?.reason);
  }

  #reasonToStop(error: unknown): [why: string, cause: unknown] | undefined {
    const { method, signal, deadlineMs } = this.call;
    if (signal?.aborted) return ["the call was aborted", signal.reason];
    if (error instanceof AuthenticationError) {
      return [isForeign(error) ? "a 401 that is not from the API" : "the API key was rejected", error];
    }
    if (error !== undefined && error === this.#limiter.endError)
      return ["the API key was rejected, and there is no other", error];
    const status = this.#limiter.exhausted && error instanceof APIError ? error.status : 0;
    // A 404 from a server that may not be the API ends the call.
    if (status === 404 && isForeign(error)) return ["no response shows that the API is at baseUrl", error];
    if (timeLeft(this.call) === 0) {
      const why = `the deadline has passed (deadlineMs: ${deadlineMs})`;
      return [why, new TimeoutError(`${method}: ${why}.`, { outcome: "not_applied", attempts: 0 })];
    }
    return [429, 503].includes(status) ? [`${this.#limiter.endReason} (HTTP ${status})`, error] : undefined;
  }

  /** Requests in flight are allowed to finish, so that only unsent targets fail with the signal's reason. */
  #wasSent(error: unknown): boolean {
    if (Object.is(error, this.call.signal?.reason)) return false;
    if (!(error instanceof ArizeError) || error.outcome === "unknown") return true;
    // Errors of a request have the number of its attempts, except those about an unexpected response.
    return "attempts" in error ? error.attempts !== 0 : !(error instanceof ValidationError);
  }
}

/** The message of an error, without line breaks. */
const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");

/** Reports each result, and the counts by status. */
function reporterOf<Progress, Result extends { status: string }>(
  progress: Readonly<Record<string, unknown>>,
  { onProgress, onResult }: BulkOptions<Progress, Result>,
): (result: Result, index: number) => void {
  const counts = { ...progress };
  return (result, index) => {
    if (onResult) callSafely(() => onResult(result, index));
    if (!onProgress) return;
    for (const name of ["done", camelCase(result.status)]) counts[name] = Number(counts[name]) + 1;
    // All counts of the method.
    callSafely(() => onProgress({ ...counts } as Progress));
  };
}
