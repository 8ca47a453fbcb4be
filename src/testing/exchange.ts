import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Account } from "./account.ts";
import { deliver } from "./deliver.ts";
import type { Faults } from "./faults.ts";
import { type Answer, problem, Refusal } from "./problems.ts";
import type { TokenBucket } from "./rate-limit.ts";
import type { ArmedFault } from "./read-fault.ts";
import { route } from "./routes.ts";
import type { SandboxRequest } from "./types.ts";

/** What the answers depend on. */
export interface Backend {
  account: Account;
  faults: Faults;
  bucket: TokenBucket | undefined;
  apiKey: string;
  latencyMs: number;
  requests: Received[];
}

/** A request whose body and status are still to come. */
export interface Received extends SandboxRequest {
  body?: unknown;
  status?: number;
}

/** Takes requests in, lets them take effect once they are whole, and answers them. */
export function exchangeWith(backend: Backend): RequestListener {
  return async (request, response) => {
    const received = receive(request);
    backend.requests.push(received);
    response.setHeader("x-request-id", `req_${backend.requests.length}`);
    const fault = backend.faults.strike(received.method, received.path);
    if (!(await readBody(request, received))) return;
    const answer = fault && !fault.takesEffect ? undefined : carryOut(backend, received);
    afterLatency(backend.latencyMs, response, () => finish(response, received, answer, fault));
  };
}

function receive({ method = "", url = "", headers }: IncomingMessage): Received {
  const queryAt = url.includes("?") ? url.indexOf("?") : url.length;
  const entries = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]);
  return {
    method,
    path: url.slice(0, queryAt),
    query: new URLSearchParams(url.slice(queryAt)),
    headers: Object.fromEntries(entries),
    receivedAtMs: performance.timeOrigin + performance.now(),
  };
}

/** Whether the request came whole; one that did not has nobody waiting for an answer. */
async function readBody(request: IncomingMessage, received: Received): Promise<boolean> {
  try {
    const body = await text(request);
    if (body !== "") received.body = parse(body);
    return true;
  } catch {
    return false;
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function carryOut({ account, bucket, apiKey }: Backend, request: SandboxRequest): Answer {
  try {
    if (request.headers["authorization"] !== `Bearer ${apiKey}`) {
      throw new Refusal(401, "You must be authenticated to access this resource.");
    }
    const wait = bucket?.take();
    if (wait !== undefined) {
      const detail = "You have exceeded the allowed number of requests. Please try again later.";
      throw new Refusal(429, detail, { "retry-after": String(wait) });
    }
    return route(account, request);
  } catch (error) {
    if (error instanceof Refusal) return problem(error, request.path);
    throw error;
  }
}

function afterLatency(latencyMs: number, response: ServerResponse, answer: () => void): void {
  if (latencyMs === 0) {
    // Even a timer of 0 ms waits for 1.
    answer();
    return;
  }
  const timer = setTimeout(answer, latencyMs);
  response.once("close", () => clearTimeout(timer));
}

function finish(
  response: ServerResponse,
  received: Received,
  real: Answer | undefined,
  fault: ArmedFault | undefined,
): void {
  if (response.destroyed) return;
  const status = deliver(response, fault?.answer ?? real, fault?.socket);
  if (status !== undefined) received.status = status;
}
