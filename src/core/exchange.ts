import { type OperationId, successStatuses } from "../../generated/operations.gen.ts";
import type { UnexpectedResponseError } from "../errors.ts";
import { attempt } from "./attempt.ts";
import { backoffMs } from "./backoff.ts";
import { doubtOf } from "./confirm.ts";
import type { Core } from "./core.ts";
import { emit } from "./events.ts";
import { type Failure, refused, unexpected } from "./failure.ts";
import type { HttpRequest } from "./http-request.ts";
import { requestIdOf, type WholeAnswer } from "./problem.ts";
import type { Safety } from "./safety.ts";
import { type Scope, timeLeft } from "./scope.ts";
import type { Ending, Turn } from "./turn.ts";
import type { OnEnum } from "./wire.ts";

/** A request on its way through the door, with all that decides about it. */
export interface Passage {
  readonly core: Core;
  readonly operation: OperationId;
  readonly scope: Scope;
  readonly request: HttpRequest;
  readonly safety: Safety;
}

/** An answer of a status that the spec counts as success. */
export interface Success {
  readonly status: number;
  /** The body, which not every operation has a use for. */
  readonly text: string;
  readonly contentType: string | null;
  /** Learns from an enum value of the body how the server spells them. */
  readonly onEnum: OnEnum;
  /** When the server sent it, by its own clock: its `Date` header. */
  readonly date: string | null;
  /** Says that the body is what the spec says, so that the server is the API. */
  understood(): void;
  /** The error to throw where the body is not what the spec says. */
  unexpected(reason: string): UnexpectedResponseError;
}

/**
 * One request and its answer, in its turn, which it gives back. A 429 closes the gate before anybody else can enter.
 *
 * @throws {UnexpectedResponseError} where the answer is a success that the spec does not know.
 * @throws the signal's own reason.
 */
export async function exchange(passage: Passage, number: number, turn: Turn): Promise<Success | Failure> {
  const { core, scope, request } = passage;
  const end: Ending = {};
  try {
    const answer = await send(passage, number);
    if ("verdict" in answer) {
      end.lost = true;
      return answer;
    }
    end.status = answer.status;
    if (answer.status >= 200 && answer.status < 300) return understand(passage, answer);
    const doubt = await doubtOf(core, scope, request, answer, (confirming) =>
      sendConfirming({ ...passage, operation: "users_list", request: confirming }),
    );
    const failure = refused(core, request, answer, doubt);
    end.limited = asksForLess(failure);
    return end.limited ? slowDown(passage, number, failure, turn) : failure;
  } finally {
    turn.leave(end);
  }
}

/** Sends a request once, and emits the events about it. */
async function send(passage: Passage, number: number): Promise<WholeAnswer | Failure> {
  const { core, scope, request } = passage;
  emit(core, () => ({ ...eventBase(passage, number), type: "request" }));
  const startedAt = core.clock.now();
  const answer = await attempt(core, scope, request);
  if ("verdict" in answer) return answer;
  emit(core, () => ({
    ...eventBase(passage, number),
    type: "response",
    status: answer.status,
    requestId: core.redact(requestIdOf(answer.headers) ?? "") || undefined,
    durationMs: core.clock.now() - startedAt,
  }));
  return answer;
}

/** Sends the request that confirms a 404 (confirm.ts). */
async function sendConfirming(passage: Passage): Promise<WholeAnswer | Failure> {
  const { core, request } = passage;
  const answer = await send(passage, 1);
  if (!("verdict" in answer) && answer.status === 429) {
    const { retryAfterMs = backoffMs(core, 1) } = refused(core, request, answer, undefined);
    closeGate(passage, 1, retryAfterMs);
  }
  return answer;
}

/** What all events of a request have in common. */
export const eventBase = ({ operation, request }: Passage, number: number) => ({
  operation,
  method: request.method,
  path: request.template,
  attempt: number,
});

/** Too many requests, or a 503 that says when to come back. */
const asksForLess = ({ status, retryAfterMs }: Failure): boolean =>
  status === 429 || (status === 503 && retryAfterMs !== undefined);

/** Keeps every call of the client from sending for as long as a 429 asks for. */
function closeGate(passage: Passage, number: number, pauseMs: number): void {
  const { core, scope } = passage;
  core.gate.close(core, pauseMs, scope.maxRetryAfterMs);
  emit(core, () => ({ ...eventBase(passage, number), type: "rate_limited", waitMs: pauseMs }));
}

/** Closes the gate after a 429, and tells the bulk call, if any. */
function slowDown(passage: Passage, number: number, failure: Failure, turn: Turn): Failure {
  const { core, scope } = passage;
  const { flow } = scope;
  const drawnMs = backoffMs(core, flow ? flow.waitsInVain + 1 : number);
  const pauseMs = failure.retryAfterMs ?? drawnMs;
  if (failure.status === 429) closeGate(passage, number, pauseMs);
  if (!flow) return failure.status === 429 ? { ...failure, waitMs: Math.max(pauseMs, drawnMs) } : failure;
  const canWait = pauseMs <= scope.maxRetryAfterMs && pauseMs < timeLeft(core, scope);
  return { ...failure, waitMs: pauseMs, mayFlow: flow.slowDown(core, turn.window, pauseMs, canWait) };
}

function understand({ core, operation, request }: Passage, answer: WholeAnswer): Success {
  const { status, headers, text } = answer;
  const wrong = (reason: string) => unexpected(core, request, answer, reason);
  if (answer.isCut)
    throw wrong(`the body is larger than maxResponseBytes (${core.settings.maxResponseBytes} bytes)`);
  const expected: readonly number[] = successStatuses[operation];
  if (!expected.includes(status)) throw wrong(`the API specifies ${expected.join(" or ")}`);
  const understood = () => {
    core.server.isAPI = true;
  };
  // A 204 has no body that could show more.
  if (status === 204) understood();
  return {
    status,
    text,
    date: headers.get("date"),
    understood,
    contentType: headers.get("content-type"),
    onEnum: (value) => core.wireCase.learnFrom(value),
    unexpected: wrong,
  };
}
