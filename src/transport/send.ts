import { type CompleteResponse, requestIdOf } from "../errors/response/problem.ts";
import type { RequestContext } from "./call-context.ts";
import { emitOf, tenths } from "./emit.ts";
import { type Failure, isFailure } from "./failure/failure.ts";
import { attempt } from "./http/attempt.ts";

/** Sends a request once, and emits its events. */
export async function send(context: RequestContext, number: number): Promise<CompleteResponse | Failure> {
  const { clock, redact } = context.call.client;
  emitOf(context, number, () => ({ type: "request" }));
  const startedAt = clock.now();
  const response = await attempt(context);
  if (isFailure(response)) return response;
  emitOf(context, number, () => ({
    type: "response",
    status: response.status,
    requestId: redact(requestIdOf(response.headers) ?? "") || undefined,
    durationMs: tenths(clock.now() - startedAt),
  }));
  return response;
}

/** Pauses all calls of the client for as long as a 429 asks for, but at most `maxRetryAfterMs`. */
export function closeGate(context: RequestContext, number: number, waitMs: number): void {
  const { client, maxRetryAfterMs } = context.call;
  client.gate.close(waitMs, maxRetryAfterMs);
  emitOf(context, number, () => ({ type: "rate_limited", waitMs: tenths(waitMs) }));
}
