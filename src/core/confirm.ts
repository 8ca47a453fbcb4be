/** Whether an error response is the API's own, or that of some other program at its address. */
import type { Confirmation, Core } from "./core.ts";
import type { Failure } from "./failure.ts";
import { type HttpRequest, toHttpRequest } from "./http-request.ts";
import { ownMember } from "./members.ts";
import { isProblem, type WholeAnswer } from "./problem.ts";
import { type Scope, timeLeft } from "./scope.ts";
import { sleep } from "./sleep.ts";
import { isRecord } from "./wire.ts";

const LONGEST_WAIT_MS = 1_000;

/** Sends a request once. */
type Send = (request: HttpRequest) => Promise<WholeAnswer | Failure>;

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
export async function doubtOf(
  core: Core,
  scope: Scope,
  request: HttpRequest,
  answer: WholeAnswer,
  send: Send,
): Promise<string | undefined> {
  const { status } = answer;
  // A list that is empty is a 200.
  const counts = isProblem(answer) && !(status === 404 && isList(request));
  if (status === 404 && (counts || scope.flow)) {
    const { isAPI, received } = await confirm(core, scope, request, send);
    if (!isAPI) {
      if (scope.flow) scope.flow.exhausted = true;
      return `It is not believed, since GET /v2/users did not confirm it (${received}): check baseUrl.`;
    }
  }
  return counts ? undefined : DOUBTS[status];
}

const isList = ({ method, template }: HttpRequest): boolean => method === "GET" && !template.includes("{");

/** Finds out whether the server is the API, unless that is known; concurrent calls share the request for it. */
async function confirm(core: Core, scope: Scope, request: HttpRequest, send: Send): Promise<Confirmation> {
  const { server } = core;
  try {
    while (!server.isAPI) {
      const { confirming } = server;
      const shown = confirming
        ? await withinOwnTime(core, scope, confirming)
        : await startConfirming(core, scope, request, send);
      if (shown) return shown;
    }
    return { isAPI: true, received: "" };
  } catch (reason) {
    // A bulk call accounts for the request that got the 404, whatever aborts it.
    if (scope.finishSent) return { isAPI: false, received: "the call was aborted" };
    throw reason;
  }
}

async function startConfirming(
  core: Core,
  scope: Scope,
  request: HttpRequest,
  send: Send,
): Promise<Confirmation> {
  const { server } = core;
  const asked = ask(core, scope, request, send);
  server.confirming = asked.catch(() => undefined);
  try {
    const shown = await asked;
    if (shown.isAPI) server.isAPI = true;
    return shown;
  } finally {
    server.confirming = undefined;
  }
}

async function ask(core: Core, scope: Scope, request: HttpRequest, send: Send): Promise<Confirmation> {
  if (scope.signal?.aborted) throw scope.signal.reason;
  if (timeLeft(core, scope) === 0) return { isAPI: false, received: "the deadline has passed" };
  const answer = await send(
    toHttpRequest(core.settings, "GET", {
      url: "/v2/users",
      query: { limit: 1 },
      headers: request.headers,
    }),
  );
  if ("verdict" in answer) return { isAPI: false, received: "no response" };
  const { status } = answer;
  return {
    isAPI: status === 200 ? isUserPage(answer) : status >= 400 && status !== 404 && isProblem(answer),
    received: `HTTP ${status}`,
  };
}

function isUserPage({ text }: WholeAnswer): boolean {
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
  core: Core,
  scope: Scope,
  confirming: Promise<Confirmation | undefined>,
): Promise<Confirmation | undefined> {
  const { server, clock } = core;
  let shown: Confirmation | undefined;
  let wake = () => {};
  confirming.then((result) => {
    shown = result;
    wake();
  });
  const waitUntil = clock.now() + Math.min(scope.timeoutMs, timeLeft(core, scope));
  while (server.confirming === confirming && clock.now() < waitUntil) {
    // In Cloudflare's Workers a promise of another request may never wake this one.
    await sleep(core, scope, Math.min(LONGEST_WAIT_MS, waitUntil - clock.now()), (end) => {
      wake = end;
    });
  }
  return server.confirming === confirming ? { isAPI: false, received: "no response in time" } : shown;
}
