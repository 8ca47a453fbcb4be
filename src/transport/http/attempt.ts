import { boundErrorBody } from "../../errors/response/bound-error-body.ts";
import { type CompleteResponse, requestIdOf } from "../../errors/response/problem.ts";
import { withinTime } from "../../util/sleep.ts";
import { type RequestContext, timeLeft } from "../call-context.ts";
import { emitOf, tenths } from "../emit.ts";
import { type Failure, isFailure, lost, timedOut, withoutResponse } from "../failure/failure.ts";
import { fetchInit } from "./fetch-init.ts";
import { LARGEST_ERROR_BODY, readBody } from "./read-body.ts";

/** `fetch` never returns an interim response (1xx). Status 0 means that the real one is hidden (Fetch, "filtered response"). */
const LEAST_STATUS = 200;

/**
 * Sends a request once, as attempt `number`, and emits its events.
 *
 * Rejects only with the signal's own reason.
 */
export async function attempt(context: RequestContext, number: number): Promise<CompleteResponse | Failure> {
  const { clock, redact } = context.call.client;
  emitOf(context, number, () => ({ type: "request" }));
  const startedAt = clock.now();
  const response = await send(context);
  if (isFailure(response)) return response;
  emitOf(context, number, () => ({
    type: "response",
    status: response.status,
    requestId: redact(requestIdOf(response.headers) ?? "") || undefined,
    durationMs: tenths(clock.now() - startedAt),
  }));
  return response;
}

/**
 * Sends a request and reads the complete response, within `timeoutMs` and the deadline. Returns at once when the time is up or
 * the signal is aborted, even if `fetch` ignores its signal.
 */
async function send(context: RequestContext): Promise<CompleteResponse | Failure> {
  const { call } = context;
  const signal = call.ignoreAbortOnceSent ? undefined : call.signal;
  const limitMs = call.ignoreAbortOnceSent ? call.timeoutMs : Math.min(call.timeoutMs, timeLeft(call));
  const controller = new AbortController();
  let result: CompleteResponse | Failure | undefined;
  try {
    result = await withinTime(call.client.clock, signal, limitMs, () =>
      readWhole(context, controller.signal, limitMs).catch((cause) => lost(context, cause)),
    );
    return result ?? timedOut(context, limitMs);
  } finally {
    if (!result) controller.abort(signal?.reason);
  }
}

async function readWhole(
  context: RequestContext,
  signal: AbortSignal,
  limitMs: number,
): Promise<CompleteResponse | Failure> {
  const { request, call } = context;
  const { fetch = globalThis.fetch, maxResponseBytes } = call.client.settings;
  if (typeof fetch !== "function")
    return withoutResponse(context, "terminal", "this runtime has no fetch: set the fetch option");
  const response = await fetch(request.url, fetchInit(context, signal, limitMs));
  const { status, statusText, headers, ok } = response;
  if (status < LEAST_STATUS) return withoutStatus(context, response.type);
  const mostBytes = ok ? maxResponseBytes : Math.min(maxResponseBytes, LARGEST_ERROR_BODY);
  const { text, isCut } = await readBody(response, mostBytes, !ok || call.onUnexpected !== undefined);
  if (ok) return { status, statusText, headers, text, isCut };
  return { status, statusText, headers, text: boundErrorBody(text, isCut, call.client.redact) };
}

/**
 * `fetch` returned a response whose status the runtime hides (0): a network error, or in browsers a redirect that was not
 * followed. The redirected request may have taken effect.
 */
function withoutStatus(context: RequestContext, type: string): Failure {
  if (type !== "opaqueredirect") return withoutResponse(context, "unknown", "a response without a status");
  const why = "a redirect, which is not followed: check baseUrl";
  // Another attempt would be redirected, too.
  return { ...withoutResponse(context, "unknown", why), kind: "terminal" };
}
