/** Whether an error response is the API's own, or that of some other program at its address. */
import { paths } from "../../generated/operations.gen.ts";
import { type CompleteResponse, isProblem } from "../errors/response/problem.ts";
import { isRecord, ownMember } from "../util/members.ts";
import { sleep } from "../util/sleep.ts";
import { type CallContext, timeLeft } from "./call-context.ts";
import type { Failure } from "./failure/failure.ts";
import type { HttpRequest } from "./http/http-request.ts";
import type { Confirmation } from "./transport-context.ts";

const LONGEST_WAIT_MS = 1_000;

/** Sends a request once. */
type Send = (request: HttpRequest) => Promise<CompleteResponse | Failure>;

/** What the API's error responses of these statuses mean is not what anybody else's mean. */
const DOUBTS: Readonly<Record<number, string>> = {
  400: "This response is not from the API.",
  401: "This response is not from the API, so it says nothing about the key: check baseUrl and any proxy in between.",
  403: "This response is not from the API, so it says nothing about the key's permissions: check baseUrl and any proxy in between.",
  404: "This response is not from the API: check baseUrl.",
  409: "This response is not from the API.",
  422: "This response is not from the API.",
};

/**
 * Why an error response is not taken for the API's, as a sentence; undefined where it is.
 *
 * As long as nothing has shown that the server is the API, a 404 that would count as "no such user" is confirmed first.
 * In a bulk call any 404 is, since a wrong `baseUrl` would fail all the rest in the same way.
 *
 * @throws the signal's own reason.
 */
export async function reasonForDoubt(
  call: CallContext,
  request: HttpRequest,
  response: CompleteResponse,
  send: Send,
): Promise<string | undefined> {
  const { status } = response;
  // A list that is empty is a 200.
  const counts = isProblem(response) && !(status === 404 && isList(request));
  if (status === 404 && (counts || call.limiter)) {
    const { isAPI, received } = await confirm(call, request, send);
    if (!isAPI) {
      if (call.limiter) call.limiter.exhausted = true;
      return `It is not believed, since GET /v2/users did not confirm it (${received}): check baseUrl.`;
    }
  }
  return counts ? undefined : DOUBTS[status];
}

const isList = ({ method, template }: HttpRequest): boolean => method === "GET" && !template.includes("{");

/** Finds out whether the server is the API, unless that is known; concurrent calls share the request for it. */
async function confirm(call: CallContext, request: HttpRequest, send: Send): Promise<Confirmation> {
  const { server } = call.client;
  try {
    while (!server.isAPI) {
      const shown = await nextConfirmation(call, request, send);
      if (shown) return shown;
    }
    return { isAPI: true, received: "" };
  } catch (reason) {
    // A bulk call accounts for the request that got the 404, whatever aborts it.
    if (call.ignoreAbortOnceSent) return { isAPI: false, received: "the call was aborted" };
    throw reason;
  }
}

/** The result of the confirming request under way, or of a new one; undefined where it has to be looked at anew. */
async function nextConfirmation(
  call: CallContext,
  request: HttpRequest,
  send: Send,
): Promise<Confirmation | undefined> {
  const { gate, server } = call.client;
  if (!gate.isOpen()) {
    const isOver = await gate.waitForPause(call);
    return isOver ? undefined : { isAPI: false, received: "not sent, as the server asked for a pause" };
  }
  return server.confirming ? withinOwnTime(call, server.confirming) : startConfirming(call, request, send);
}

async function startConfirming(call: CallContext, request: HttpRequest, send: Send): Promise<Confirmation> {
  const { server } = call.client;
  const asked = ask(call, request, send);
  server.confirming = asked.catch(() => undefined);
  try {
    const shown = await asked;
    if (shown.isAPI) server.isAPI = true;
    return shown;
  } finally {
    server.confirming = undefined;
  }
}

async function ask(call: CallContext, request: HttpRequest, send: Send): Promise<Confirmation> {
  if (call.signal?.aborted) throw call.signal.reason;
  if (timeLeft(call) === 0) return { isAPI: false, received: "the deadline has passed" };
  const response = await send({
    method: "GET",
    template: paths.users_list,
    url: `${call.client.settings.baseUrl}${paths.users_list}?limit=1`,
    headers: request.headers,
    body: undefined,
  });
  if ("kind" in response) return { isAPI: false, received: "no response" };
  const { status } = response;
  return {
    isAPI: status === 200 ? isUserPage(response) : status >= 400 && status !== 404 && isProblem(response),
    received: `HTTP ${status}`,
  };
}

function isUserPage({ text }: CompleteResponse): boolean {
  try {
    const body: unknown = JSON.parse(text);
    return (
      isRecord(body) && Array.isArray(ownMember(body, "users")) && isRecord(ownMember(body, "pagination"))
    );
  } catch {
    return false;
  }
}

/**
 * What another call's request shows, or undefined where it ended without; waits for it as long as this call would for
 * its own.
 */
async function withinOwnTime(
  call: CallContext,
  confirming: Promise<Confirmation | undefined>,
): Promise<Confirmation | undefined> {
  const { server, clock } = call.client;
  let shown: Confirmation | undefined;
  let wake = () => {};
  confirming.then((result) => {
    shown = result;
    wake();
  });
  const waitUntil = clock.now() + Math.min(call.timeoutMs, timeLeft(call));
  while (server.confirming === confirming && clock.now() < waitUntil) {
    // In Cloudflare's Workers a promise of another request may never wake this one.
    await sleep(call.client.clock, call.signal, Math.min(LONGEST_WAIT_MS, waitUntil - clock.now()), (end) => {
      wake = end;
    });
  }
  return server.confirming === confirming ? { isAPI: false, received: "no response in time" } : shown;
}
