import { APIError, ArizeError, UnexpectedResponseError } from "../errors.ts";
import { backoffMs } from "./backoff.ts";
import { emit } from "./events.ts";
import { eventBase, exchange, type Passage, type Success } from "./exchange.ts";
import type { Failure, Told } from "./failure.ts";
import { timeLeft } from "./scope.ts";
import { sleep } from "./sleep.ts";
import { endedBy, mayStillSend, takeTurn } from "./turn.ts";

/** A success, and whether an earlier request of the same call may have been carried out. */
export interface Settled extends Success {
  readonly afterUnknown: boolean;
}

/** Sends a request, again where that is safe and there is time, until it succeeds or another would be no use. */
export async function sendUntilSettled(passage: Passage): Promise<Settled> {
  const startedAt = passage.core.clock.now();
  const told: Told = { attempts: 0, outcome: passage.scope.before ?? "not_applied", failures: 0 };
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
  const { core, scope } = passage;
  let last: Failure | undefined;
  const ended = (reason: unknown): never => {
    throw endedBy(reason, scope, last, told);
  };
  for (;;) {
    const turn = await takeTurn(passage, told).catch(ended);
    if (!mayStillSend(passage, turn, last, told)) continue;
    told.attempts += 1;
    const result = await exchange(passage, told.attempts, turn);
    if (!("verdict" in result)) {
      core.budget.earn(told.failures + 1);
      return { ...result, afterUnknown: told.outcome === "unknown" };
    }
    last = result;
    addTo(told, result);
    const waitMs = waitBeforeNext(passage, result, told);
    if (waitMs === undefined) throw result.toError(told);
    const { status } = result;
    emit(core, () => ({ ...eventBase(passage, told.attempts), type: "retry", status, waitMs }));
    // In a bulk call it is the flow that waits, before the next turn.
    if (!result.mayFlow) await sleep(core, scope, waitMs).catch(ended);
  }
}

function addTo(told: Told, { outcome, mayFlow }: Failure): void {
  if (outcome === "unknown") told.outcome = "unknown";
  if (!mayFlow) told.failures += 1;
}

/** How long to wait for the next request, in milliseconds; undefined where there is to be none. */
function waitBeforeNext(
  { core, scope, safety }: Passage,
  failure: Failure,
  { failures }: Told,
): number | undefined {
  const { verdict, status, retryAfterMs = 0, mayFlow } = failure;
  if (scope.signal?.aborted || mayFlow === false) return undefined;
  const mayRepeat = verdict === "refused" || (verdict === "unknown" && safety === "repeat");
  if (!mayRepeat) return undefined;
  if (mayFlow) return failure.waitMs;
  if (failures > scope.maxRetries || retryAfterMs > scope.maxRetryAfterMs) return undefined;
  const waitMs = failure.waitMs ?? Math.max(retryAfterMs, backoffMs(core, failures));
  if (waitMs >= timeLeft(core, scope)) return undefined;
  // What the server paces needs no budget besides.
  return status === 429 || failure.retryAfterMs !== undefined || core.budget.spend() ? waitMs : undefined;
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
