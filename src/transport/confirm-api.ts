/** Determines whether an error response is from the API, or from another program at its address. */
import { paths } from "../../generated/operations.gen.ts";
import { type CompleteResponse, isProblem } from "../errors/response/problem.ts";
import { unlessThrows } from "../util/call-safely.ts";
import { isRecord, ownMember } from "../util/members.ts";
import { Notifier } from "../util/notifier.ts";
import { backoffMs } from "./backoff.ts";
import { type RequestContext, timeLeft } from "./call-context.ts";
import { emitOf, tenths } from "./emit.ts";
import { type CallStats, type Failure, isFailure } from "./failure/failure.ts";
import { retryAfterMs } from "./failure/retry-after.ts";
import { attempt } from "./http/attempt.ts";
import { closeGate } from "./permit.ts";
import type { Confirmation } from "./transport-context.ts";

const NOT_API = "This response is not from the API";

/** For statuses with a special meaning in the API: the advice if the response is not from the API. */
const DOUBTS: Readonly<Record<number, string>> = {
  400: `${NOT_API}.`,
  401: `${NOT_API}, so it says nothing about the key: check baseUrl and any proxy in between.`,
  403: `${NOT_API}, so it says nothing about the key's permissions: check baseUrl and any proxy in between.`,
  404: `${NOT_API}: check baseUrl.`,
  409: `${NOT_API}.`,
  422: `${NOT_API}.`,
};

/**
 * Returns a sentence that says why an error response is not considered the API's; undefined if it is.
 *
 * Until the server has proved to be the API, a 404 that would count as "no such user" must first be confirmed. In a bulk call
 * every 404 must, since with a wrong `baseUrl` all other targets would fail in the same way.
 *
 * @throws the signal's own reason.
 */
export async function reasonForDoubt(
  context: RequestContext,
  response: CompleteResponse,
): Promise<string | undefined> {
  const { call, request } = context;
  const { limiter, ignoreAbortOnceSent } = call;
  const { status } = response;
  // The API responds to a list with 200, even if it is empty.
  const isList = request.method === "GET" && !request.template.includes("{");
  const counts = isProblem(response) && !(status === 404 && isList);
  if (status === 404 && (counts || limiter)) {
    const received = await whyNotConfirmed(context).catch((reason: unknown) => {
      // A bulk call returns a result for the request that got the 404, even after an abort.
      if (ignoreAbortOnceSent) return "the call was aborted";
      throw reason;
    });
    if (received !== undefined) {
      limiter?.endWith();
      return `It is not trusted, since GET /v2/users did not confirm it (${received}): check baseUrl.`;
    }
  }
  return counts ? undefined : DOUBTS[status];
}

/**
 * Checks whether the server is the API, unless that is known. Returns what was received instead, if it is not.
 *
 * @throws the signal's own reason.
 */
async function whyNotConfirmed(context: RequestContext): Promise<string | undefined> {
  const { call } = context;
  const { clock, gate, server } = call.client;
  const waitUntil = clock.now() + Math.min(call.timeoutMs, timeLeft(call));
  while (!server.isAPI) {
    if (gate.isOpen()) {
      const received = await confirm(context, waitUntil);
      if (received) return received;
    } else if (!(await gate.waitForPause(call))) return "not sent, as the server asked for a pause";
  }
  return undefined;
}

/**
 * Sends one confirming request, or waits until `waitUntil` for that of another call. Returns undefined if the server is the API,
 * or if the other call's request got no response.
 */
async function confirm(context: RequestContext, waitUntil: number): Promise<string | undefined> {
  const { call } = context;
  const { clock, server, settings } = call.client;
  if (call.signal?.aborted) throw call.signal.reason;
  if (timeLeft(call) === 0) return "the deadline has passed";
  const shared = server.confirming;
  if (shared) {
    await shared.done.wait(clock, call.signal, waitUntil - clock.now());
    return server.confirming === shared ? "no response in time" : shared.received;
  }
  const confirmation: Confirmation = { done: new Notifier() };
  server.confirming = confirmation;
  try {
    const template = paths.users_list;
    const url = `${settings.baseUrl}${template}?limit=1`;
    const request = { method: "GET", template, url, body: undefined };
    // Unlike the request that got the 404, this one is a lookup, which ends with the call.
    const own = { ...call, ignoreAbortOnceSent: false };
    const response = await sendConfirming({ ...context, call: own, operation: "users_list", request });
    if (isFailure(response)) return "no response";
    if (isOfAPI(response)) server.isAPI = true;
    else confirmation.received = `HTTP ${response.status}`;
    return confirmation.received;
  } finally {
    server.confirming = undefined;
    confirmation.done.notify();
  }
}

async function sendConfirming(context: RequestContext): Promise<CompleteResponse | Failure> {
  const { clock, random } = context.call.client;
  const startedAt = clock.now();
  const stats: CallStats = { attempts: 1, outcome: "not_applied", failures: 0 };
  const emitEnd = (end: { type: "aborted" } | { type: "failed"; error: string; status: undefined }) => {
    const { attempts, outcome } = stats;
    emitOf(context, attempts, () => ({ ...end, outcome, durationMs: tenths(clock.now() - startedAt) }));
  };
  try {
    let response = await attempt(context, 1);
    // One lost connection would end a bulk call.
    if (isFailure(response) && response.reason !== "TimeoutError") {
      const { reason } = response;
      emitOf(context, 1, () => ({ type: "retry", status: undefined, reason, waitMs: 0 }));
      stats.attempts = 2;
      response = await attempt(context, 2);
    }
    if (isFailure(response)) {
      const { name: error } = response.toError(stats);
      emitEnd({ type: "failed", error, status: undefined });
    } else if (response.status === 429) {
      const askedMs = retryAfterMs(response.headers, clock.wallTime());
      closeGate(context, stats.attempts, askedMs ?? backoffMs(random, stats.attempts));
    }
    return response;
  } catch (reason) {
    emitEnd({ type: "aborted" });
    throw reason;
  }
}

/** Whether the response to `GET /v2/users` can only be the API's: a page of users, or its problem document (except a 404). */
function isOfAPI(response: CompleteResponse): boolean {
  const { status, text } = response;
  if (status !== 200) return status >= 400 && status !== 404 && isProblem(response);
  const body: unknown = unlessThrows(() => JSON.parse(text));
  return isRecord(body) && Array.isArray(ownMember(body, "users")) && isRecord(ownMember(body, "pagination"));
}
