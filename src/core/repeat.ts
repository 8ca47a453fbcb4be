import { APIError, ArizeError, UnexpectedResponseError } from "../errors.ts";
import { backoffMs } from "./backoff.ts";
import { emit } from "./events.ts";
import { eventBase, exchange, type Passage, type Success } from "./exchange.ts";
import { type Failure, type Told, timedOut } from "./failure.ts";
import { timeLeft } from "./scope.ts";
import { sleep } from "./sleep.ts";

/** A success, and whether an earlier request of the same call may have been carried out. */
export interface Settled extends Success {
  readonly afterUnknown: boolean;
}

/** Sends a request, again where that is safe and there is time, until it succeeds or another would be no use. */
export async function sendUntilSettled(passage: Passage): Promise<Settled> {
  const startedAt = passage.core.clock.now();
  const told: Told = { attempts: 0, outcome: "not_applied" };
  const failed = <E>(error: E): E => {
    if (error instanceof ArizeError) tellFailed(passage, told, error, startedAt);
    return error;
  };
  try {
    const settled = await repeat(passage, told);
    return { ...settled, unexpected: (reason) => failed(settled.unexpected(reason)) };
  } catch (error) {
    throw failed(error);
  }
}

async function repeat(passage: Passage, told: Told): Promise<Settled> {
  const { core, scope, request } = passage;
  let last: Failure | undefined;
  for (;;) {
    const enter = () => core.gate.enter(core, scope, request, told);
    const entered = await patiently(passage, last, told, enter);
    if (!core.gate.isOpen(core)) {
      core.gate.leave(entered, false);
      continue;
    }
    if (timeLeft(core, scope) === 0) {
      core.gate.leave(entered, false);
      throw (last ?? timedOut(request, scope, 0)).toError(told);
    }
    told.attempts += 1;
    const result = await exchange(passage, told.attempts, entered);
    if (!("verdict" in result)) {
      core.budget.earn(told.attempts);
      return { ...result, afterUnknown: told.outcome === "unknown" };
    }
    last = result;
    if (result.outcome === "unknown") told.outcome = "unknown";
    const waitMs = waitBeforeNext(passage, result, told.attempts);
    if (waitMs === undefined) throw result.toError(told);
    const { status } = result;
    emit(core, () => ({ ...eventBase(passage, told.attempts), type: "retry", status, waitMs }));
    await patiently(passage, result, told, () => sleep(core, scope, waitMs));
  }
}

/** Waits; where an abort ends that and what was sent has to be accounted for, its failure is the error. */
async function patiently<T>(
  { scope }: Passage,
  last: Failure | undefined,
  told: Told,
  wait: () => Promise<T>,
): Promise<T> {
  try {
    return await wait();
  } catch (error) {
    throw scope.finishSent && last ? last.toError(told) : error;
  }
}

/** How long to wait for the next request, in milliseconds; undefined where there is to be none. */
function waitBeforeNext(
  { core, scope, safety }: Passage,
  failure: Failure,
  attempts: number,
): number | undefined {
  const { verdict, status, retryAfterMs = 0 } = failure;
  const mayRepeat = verdict === "refused" || (verdict === "unknown" && safety === "repeat");
  if (
    !mayRepeat ||
    scope.signal?.aborted ||
    attempts > scope.maxRetries ||
    retryAfterMs > scope.maxRetryAfterMs
  ) {
    return undefined;
  }
  const waitMs = failure.waitMs ?? Math.max(retryAfterMs, backoffMs(core, attempts));
  if (waitMs >= timeLeft(core, scope)) return undefined;
  // What the gate paces needs no budget besides.
  return status === 429 || core.budget.spend() ? waitMs : undefined;
}

function tellFailed(passage: Passage, told: Told, error: ArizeError, startedAt: number): void {
  const { core } = passage;
  emit(core, () => ({
    ...eventBase(passage, told.attempts),
    type: "failed",
    error: error.name,
    status: error instanceof APIError ? error.status : undefined,
    // A success that makes no sense is told of by its error alone.
    outcome: error instanceof UnexpectedResponseError ? error.outcome : told.outcome,
    durationMs: core.clock.now() - startedAt,
  }));
}
