import { boundErrorBody } from "./bound-error-body.ts";
import type { Core } from "./core.ts";
import { type Failure, lost, timedOut, withoutFetch, withoutStatus } from "./failure.ts";
import { fetchInit } from "./fetch-init.ts";
import type { HttpRequest } from "./http-request.ts";
import { onAbort } from "./on-abort.ts";
import type { WholeAnswer } from "./problem.ts";
import { LARGEST_ERROR_BODY, readBody } from "./read-body.ts";
import { type Scope, timeLeft } from "./scope.ts";

/** `fetch` gives no interim response (1xx), and 0 stands for none that a program may see (Fetch, "filtered response"). */
const LEAST_STATUS = 200;

/**
 * Sends a request and reads its answer to the end, within the attempt's and the call's time. The answer or the
 * failure comes at once when its time has come: a fetch that takes no notice of its signal is left behind.
 *
 * Rejects with the signal's own reason, and nothing else.
 */
export function attempt(core: Core, scope: Scope, request: HttpRequest): Promise<WholeAnswer | Failure> {
  const signal = scope.finishSent ? undefined : scope.signal;
  const limitMs = scope.finishSent ? scope.timeoutMs : Math.min(scope.timeoutMs, timeLeft(core, scope));
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    const release = () => {
      cancelTimer();
      forgetSignal();
    };
    const settle = (result: WholeAnswer | Failure) => {
      release();
      resolve(result);
    };
    const forgetSignal = onAbort(signal, () => {
      release();
      reject(signal?.reason);
      controller.abort(signal?.reason);
    });
    const cancelTimer = core.clock.after(limitMs, () => {
      settle(timedOut(request, scope, limitMs));
      controller.abort();
    });
    readWhole(core, request, controller.signal, limitMs)
      .catch((cause) => lost(core, request, cause))
      .then(settle, reject);
  });
}

async function readWhole(
  core: Core,
  request: HttpRequest,
  signal: AbortSignal,
  limitMs: number,
): Promise<WholeAnswer | Failure> {
  const fetch = core.settings.fetch ?? globalThis.fetch;
  if (typeof fetch !== "function") return withoutFetch(request);
  const response = await fetch(request.url, fetchInit(core, request, signal, limitMs));
  const { status, statusText, headers, ok } = response;
  if (status < LEAST_STATUS) return withoutStatus(request, response.type);
  const { maxResponseBytes } = core.settings;
  const mostBytes = ok ? maxResponseBytes : Math.min(maxResponseBytes, LARGEST_ERROR_BODY);
  const { text, isCut } = await readBody(response, mostBytes, !ok);
  return ok
    ? { status, statusText, headers, text, isCut }
    : { status, statusText, headers, text: boundErrorBody(text, isCut) };
}
