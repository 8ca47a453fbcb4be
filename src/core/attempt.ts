import type { Core } from "./core.ts";
import { boundErrorBody } from "./error-body.ts";
import { type Failure, lost, timedOut } from "./failure.ts";
import type { HttpRequest } from "./http-request.ts";
import { onAbort } from "./on-abort.ts";
import type { WholeAnswer } from "./problem.ts";
import { LARGEST_ERROR_BODY, readBody } from "./read-body.ts";
import { type Scope, timeLeft } from "./scope.ts";

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
    readWhole(core, request, controller.signal)
      .catch((cause) => lost(core, request, cause))
      .then(settle, reject);
  });
}

async function readWhole(core: Core, request: HttpRequest, signal: AbortSignal): Promise<WholeAnswer> {
  const fetch = core.settings.fetch ?? globalThis.fetch;
  const { method, headers, body = null } = request;
  const response = await fetch(request.url, { method, headers, body, signal, redirect: "manual" });
  const { status, statusText, ok } = response;
  const { maxResponseBytes } = core.settings;
  const mostBytes = ok ? maxResponseBytes : Math.min(maxResponseBytes, LARGEST_ERROR_BODY);
  const { text, isCut } = await readBody(response, mostBytes, !ok);
  const { headers: received } = response;
  if (!ok) return { status, statusText, headers: received, text: boundErrorBody(text, isCut) };
  return { status, statusText, headers: received, text, isCut };
}
