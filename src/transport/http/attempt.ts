import { boundErrorBody } from "../../errors/response/bound-error-body.ts";
import type { CompleteResponse } from "../../errors/response/problem.ts";
import { onAbort } from "../../util/on-abort.ts";
import { type CallContext, timeLeft } from "../call-context.ts";
import { type Failure, lost, timedOut, withoutFetch, withoutStatus } from "../failure/failure.ts";
import type { TransportContext } from "../transport-context.ts";
import { fetchInit } from "./fetch-init.ts";
import type { HttpRequest } from "./http-request.ts";
import { LARGEST_ERROR_BODY, readBody } from "./read-body.ts";

/** `fetch` gives no interim response (1xx), and 0 stands for none that a program may see (Fetch, "filtered response"). */
const LEAST_STATUS = 200;

/**
 * Sends a request and reads its answer to the end, within the attempt's and the call's time. The answer or the
 * failure comes at once when its time has come: a fetch that takes no notice of its signal is left behind.
 *
 * Rejects with the signal's own reason, and nothing else.
 */
export function attempt(call: CallContext, request: HttpRequest): Promise<CompleteResponse | Failure> {
  const signal = call.ignoreAbortOnceSent ? undefined : call.signal;
  const limitMs = call.ignoreAbortOnceSent ? call.timeoutMs : Math.min(call.timeoutMs, timeLeft(call));
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    const release = () => {
      cancelTimer();
      forgetSignal();
    };
    const settle = (result: CompleteResponse | Failure) => {
      release();
      resolve(result);
    };
    const forgetSignal = onAbort(signal, () => {
      release();
      reject(signal?.reason);
      controller.abort(signal?.reason);
    });
    const cancelTimer = call.client.clock.after(limitMs, () => {
      settle(timedOut(request, call, limitMs));
      controller.abort();
    });
    readWhole(call.client, request, controller.signal, limitMs)
      .catch((cause) => lost(call.client, request, cause))
      .then(settle, reject);
  });
}

async function readWhole(
  context: TransportContext,
  request: HttpRequest,
  signal: AbortSignal,
  limitMs: number,
): Promise<CompleteResponse | Failure> {
  const fetch = context.settings.fetch ?? globalThis.fetch;
  if (typeof fetch !== "function") return withoutFetch(request);
  const response = await fetch(request.url, fetchInit(context, request, signal, limitMs));
  const { status, statusText, headers, ok } = response;
  if (status < LEAST_STATUS) return withoutStatus(request, response.type);
  const { maxResponseBytes } = context.settings;
  const mostBytes = ok ? maxResponseBytes : Math.min(maxResponseBytes, LARGEST_ERROR_BODY);
  const { text, isCut } = await readBody(response, mostBytes, !ok);
  return ok
    ? { status, statusText, headers, text, isCut }
    : { status, statusText, headers, text: boundErrorBody(text, isCut) };
}
