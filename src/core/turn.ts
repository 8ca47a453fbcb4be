import type { Passage } from "./exchange.ts";
import { type Failure, type Told, timedOut } from "./failure.ts";
import { type Scope, timeLeft } from "./scope.ts";

/** A request's leave to be sent, which it has to give back. */
export interface Turn {
  /** The flow's window in which it was let in; 0 outside of bulk calls. */
  readonly window: number;
  leave(end?: Ending): void;
}

/** What came of a request; nothing where it was not sent, or the caller ended it. */
export interface Ending {
  /** Of the response, where one came. */
  status?: number;
  /** The response asks for fewer requests. */
  limited?: boolean;
  /** No whole response came, in time or at all. */
  lost?: boolean;
}

/** Waits until a request may be sent: for the flow of the bulk call that it is part of, and the client's gate. */
export async function takeTurn({ core, scope, request }: Passage, told: Told): Promise<Turn> {
  const { flow } = scope;
  const window = flow ? await flow.enter(core, scope) : 0;
  try {
    const entered = await core.gate.enter(core, scope, request, told);
    const leave = ({ status, limited, lost }: Ending = {}) => {
      if (lost) core.gate.giveUp(entered);
      core.gate.leave(core, entered, status !== undefined && status !== 429);
      flow?.leave(core, window, status, limited);
    };
    return { window, leave };
  } catch (error) {
    flow?.leave(core, window);
    throw error;
  }
}

/**
 * Whether a turn is still good when it is used: there is a moment between being let in and sending, in which
 * others may have been told to wait.
 *
 * @throws the error to end the call with, where it was aborted or its time is up: that of the last request, if there
 * was one.
 */
export function mayStillSend(
  { core, scope, request }: Passage,
  turn: Turn,
  last: Failure | undefined,
  told: Told,
): boolean {
  const { signal } = scope;
  const open = core.gate.isOpen(core);
  const inTime = timeLeft(core, scope) > 0;
  if (open && inTime && !signal?.aborted) return true;
  turn.leave();
  if (signal?.aborted) throw endedBy(signal.reason, scope, last, told);
  if (open) throw (last ?? timedOut(request, scope, 0)).toError(told);
  return false;
}

/** What an abort ends a call with: where what was sent has to be accounted for, its failure. */
export const endedBy = (reason: unknown, scope: Scope, last: Failure | undefined, told: Told): unknown =>
  scope.finishSent && last ? last.toError(told) : reason;
