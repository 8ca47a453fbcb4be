import type { ApiCall } from "../api/client-context.ts";
import { assertValid } from "../api/request-issues.ts";
import { issue, type ValidationIssue } from "../errors/issue.ts";
import { MOST_IN_FLIGHT } from "../throttle/adaptive-limiter.ts";
import { readParams } from "./params.ts";

/** The options of every bulk method. */
export interface BulkOptions<Progress, Result = never> {
  /** The most requests in flight, 1 to 64. Default: adaptive, starting with 8, up to 64. */
  concurrency?: number | undefined;
  /** Called after each target, with the counts so far. Exceptions are ignored. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Called with the result of each target as soon as it is known, and with its index in the array that the call returns.
   * Called before `onProgress`. Exceptions are ignored.
   */
  onResult?: ((result: Result, index: number) => void) | undefined;
}

/**
 * Reads the arguments of a bulk method into a copy. `issuesOf` checks the list of targets. A single malformed target is not an
 * issue of the call: it fails, and the others continue.
 */
export function readBulkParams<Params extends BulkOptions<never>>(
  call: ApiCall,
  params: Params,
  targets: readonly (keyof Params & string)[],
  issuesOf: (params: Params) => readonly (ValidationIssue | undefined)[],
): Params {
  const given = readParams(call, params, [...targets, "concurrency", "onProgress", "onResult"]);
  const { concurrency, onProgress, onResult } = given;
  const isRight =
    concurrency === undefined ||
    (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MOST_IN_FLIGHT);
  const rule = `must be a whole number from 1 to ${MOST_IN_FLIGHT}`;
  assertValid(call.method, [
    ...issuesOf(given),
    isRight ? undefined : issue("concurrency", rule, concurrency),
    ...Object.entries({ onProgress, onResult }).map(([name, callback]) =>
      callback === undefined || typeof callback === "function"
        ? undefined
        : issue(name, "must be a function", callback),
    ),
  ]);
  return given;
}
