import { type OperationId, operations } from "../../generated/operations.gen.ts";
import type { UnexpectedResponseError } from "../errors.ts";
import { attempt } from "./attempt.ts";
import { backoffMs } from "./backoff.ts";
import type { Core } from "./core.ts";
import { emit } from "./events.ts";
import { type Failure, refused, unexpected } from "./failure.ts";
import type { HttpRequest } from "./http-request.ts";
import { requestIdOf, type WholeAnswer } from "./problem.ts";
import type { Safety } from "./safety.ts";
import type { Scope } from "./scope.ts";

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
  /** The error to throw where the body is not what the spec says. */
  unexpected(reason: string): UnexpectedResponseError;
}

/**
 * One request and its answer, inside the gate, which it leaves. A 429 closes it before anybody else can enter.
 *
 * @throws {UnexpectedResponseError} where the answer is a success that the spec does not know.
 * @throws the signal's own reason.
 */
export async function exchange(
  passage: Passage,
  number: number,
  entered: number,
): Promise<Success | Failure> {
  const { core, scope, request } = passage;
  let welcome = false;
  try {
    emit(core, () => ({ ...eventBase(passage, number), type: "request" }));
    const startedAt = core.clock.now();
    const answer = await attempt(core, scope, request);
    if ("verdict" in answer) return answer;
    const { status } = answer;
    welcome = status !== 429;
    emit(core, () => ({
      ...eventBase(passage, number),
      type: "response",
      status,
      requestId: shownId(core, answer.headers),
      durationMs: core.clock.now() - startedAt,
    }));
    if (status >= 200 && status < 300) return understand(passage, answer);
    const failure = refused(core, request, answer);
    return welcome ? failure : pause(passage, number, failure);
  } finally {
    core.gate.leave(entered, welcome);
  }
}

function shownId(core: Core, headers: Headers): string | undefined {
  const id = requestIdOf(headers);
  return id && core.redact(id);
}

/** What all events of a request have in common. */
export const eventBase = ({ operation, request }: Passage, number: number) => ({
  operation,
  method: request.method,
  path: request.template,
  attempt: number,
});

/** Keeps every call of the client from sending, for as long as a 429 asks for. */
function pause(passage: Passage, number: number, failure: Failure): Failure {
  const { core } = passage;
  const { retryAfterMs } = failure;
  const drawnMs = backoffMs(core, number);
  const pauseMs = retryAfterMs ?? drawnMs;
  core.gate.close(core, pauseMs);
  emit(core, () => ({ ...eventBase(passage, number), type: "rate_limited", waitMs: pauseMs }));
  return { ...failure, waitMs: Math.max(pauseMs, drawnMs) };
}

function understand({ core, operation, request }: Passage, answer: WholeAnswer): Success {
  const { status, headers, text } = answer;
  const wrong = (reason: string) => unexpected(core, request, answer, reason);
  const expected: readonly number[] = operations[operation].success;
  if (!expected.includes(status)) throw wrong(`the API specifies ${expected.join(" or ")}`);
  return { status, text, contentType: headers.get("content-type"), unexpected: wrong };
}
