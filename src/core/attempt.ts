import type { Outcome } from "../error-types.ts";
import { ConnectionError, TimeoutError } from "../errors.ts";
import type { Core } from "./core.ts";
import type { HttpRequest } from "./http-request.ts";
import { onAbort } from "./on-abort.ts";
import { outcomeOfFailure, reasonOf } from "./outcome.ts";
import type { WholeAnswer } from "./problem.ts";
import { type Scope, timeLeft } from "./scope.ts";

/**
 * Sends a request and reads its answer to the end, within the attempt's and the call's time.
 *
 * Rejects with the signal's own reason, a TimeoutError or a ConnectionError, at once: a fetch that takes no
 * notice of its signal is left behind.
 */
export function attempt(core: Core, scope: Scope, request: HttpRequest): Promise<WholeAnswer> {
  const { signal } = scope;
  const deadlineLeft = timeLeft(core, scope);
  const limit = Math.min(scope.timeoutMs, deadlineLeft);
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    if (deadlineLeft === 0) return reject(timeout(request, scope, deadlineLeft, "not_applied", 0));
    const controller = new AbortController();
    const stop = (reason: unknown) => {
      release();
      reject(reason);
      controller.abort(reason);
    };
    const cancelTimer = core.clock.after(limit, () => {
      stop(timeout(request, scope, deadlineLeft, outcomeOfFailure(request.method, undefined), 1));
    });
    const release = () => {
      cancelTimer();
      forgetSignal();
    };
    const forgetSignal = onAbort(signal, () => stop(signal?.reason));
    readWhole(core, request, controller.signal)
      .finally(release)
      .then(resolve, (error) => reject(connectionError(core, request, error)));
  });
}

async function readWhole(core: Core, request: HttpRequest, signal: AbortSignal): Promise<WholeAnswer> {
  const fetch = core.settings.fetch ?? globalThis.fetch;
  const { method, headers, body = null } = request;
  const response = await fetch(request.url, { method, headers, body, signal, redirect: "manual" });
  const { status, statusText } = response;
  return { status, statusText, headers: response.headers, text: await response.text() };
}

/** A request as messages name it: no host, and no query, which may hold an address. */
export const describe = ({ method, path }: HttpRequest): string => `${method} ${path}`;

const afterUnknown = (outcome: Outcome): string =>
  outcome === "unknown" ? " It may have been carried out all the same: look before you repeat it." : "";

function timeout(
  request: HttpRequest,
  scope: Scope,
  left: number,
  outcome: Outcome,
  attempts: number,
): TimeoutError {
  const limit = left < scope.timeoutMs ? `deadlineMs: ${scope.deadlineMs}` : `timeoutMs: ${scope.timeoutMs}`;
  const message = `${describe(request)}: no whole answer in time (${limit}).${afterUnknown(outcome)}`;
  return new TimeoutError(message, { outcome, attempts });
}

function connectionError(core: Core, request: HttpRequest, cause: unknown): ConnectionError {
  const outcome = outcomeOfFailure(request.method, cause);
  const message = `${describe(request)}: no whole answer (${core.redact(reasonOf(cause))}).${afterUnknown(outcome)}`;
  return new ConnectionError(message, { outcome, attempts: 1, cause });
}
