import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ModelAnswer } from "./model-http.ts";
import { Traffic } from "./traffic.ts";
import type { TruthModel } from "./truth-model.ts";

/** Tells the server which request of the client's it has before it. */
const ID_HEADER = "x-request-number";

/** Nobody listens on this port, which no system gives away and no `fetch` blocks. */
const NOBODY = "http://127.0.0.1:4";

export interface TruthServer {
  readonly baseUrl: string;
  readonly traffic: Traffic;
  readonly fetch: typeof globalThis.fetch;
  /** Resolves when no request is being carried out any more. */
  close(): Promise<void>;
}

/** A server of sockets in front of a model, which does to requests what the model says. */
export async function startTruthServer(model: TruthModel): Promise<TruthServer> {
  const traffic = new Traffic();
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    if (body === undefined) return;
    const { method = "", url = "", headers } = request;
    const call = String(headers["x-call"]);
    const { fate, carriedOut, carriedOutLate, reply } = model.draw({ method, url, call });
    const effect = () => model.carryOut({ method, url, body, call });
    const answer = carriedOut ? effect() : undefined;
    if (fate === "dropped") request.socket.resetAndDestroy();
    else if (reply) response.writeHead(reply.status, reply.headers).end(reply.text);
    else if (fate === "stalled") hold(traffic, request, () => carriedOutLate && effect());
    else if (answer) send(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, traffic, fetch: fetchWatchedBy(traffic, model), close };
}

/** The runtime's own fetch, with the whole response read, so that the traffic knows when it has come. */
function fetchWatchedBy(traffic: Traffic, model: TruthModel): typeof globalThis.fetch {
  let requests = 0;
  return async (input, init = {}) => {
    requests += 1;
    const id = String(requests);
    const headers = new Headers(init.headers);
    headers.set(ID_HEADER, id);
    const { pathname, search } = new URL(String(input));
    const address = model.isUnreachable() ? `${NOBODY}${pathname}${search}` : input;
    traffic.sent(id);
    try {
      const response = await globalThis.fetch(address, { ...init, headers });
      const text = await response.text();
      return new Response(response.status === 204 ? null : text, response);
    } finally {
      traffic.settled(id);
    }
  };
}

/** Keeps a request without an answer, until its client has given up. */
function hold(traffic: Traffic, request: IncomingMessage, onGivenUp: () => void): void {
  const id = String(request.headers[ID_HEADER]);
  const release = () => {
    onGivenUp();
    traffic.released(id);
  };
  traffic.held(id);
  if (request.socket.destroyed) release();
  else request.socket.once("close", release);
}

/** Undefined where the request does not come whole. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  try {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    return body;
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body }: ModelAnswer): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
