import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Faults } from "../faults/faults.ts";
import type { ArmedFault } from "../faults/read-fault.ts";
import { deliver } from "./deliver.ts";
import type { Account } from "./endpoint.ts";
import { problem, Rejection, type SandboxResponse } from "./problems.ts";
import type { TokenBucket } from "./rate-limit.ts";
import type { LoggedRequest, RequestLog } from "./request-log.ts";
import { route } from "./routes.ts";

/** Everything that responses depend on. */
export interface Backend {
  account: Account;
  faults: Faults;
  bucket: TokenBucket | undefined;
  apiKey: string;
  latencyMs: number;
  log: RequestLog;
}

/** Receives requests, executes complete ones, and responds. */
export function exchangeWith(backend: Backend): RequestListener {
  return async (request, response) => {
    const received = backend.log.add(request);
    if (!isLoopback(request.headers.host)) {
      received.status = rejectForeign(response);
      return;
    }
    response.setHeader("x-request-id", `req_${backend.log.requests.length}`);
    const fault = backend.faults.strike(received.method, received.path);
    if (!(await readBody(request, received))) return;
    const answer =
      fault && !fault.takesEffect ? undefined : carryOut(backend, received, request.headers.authorization);
    afterLatency(backend.latencyMs, response, () => finish(response, received, answer, fault));
  };
}

/** In a DNS rebinding attack, a web page's host name resolves to this machine. Its requests have that name as their Host. */
const LOOPBACK = /^(?:(?:[\w-]+\.)*localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

const isLoopback = (host = ""): boolean => LOOPBACK.test(host);

function rejectForeign(response: ServerResponse): number {
  response.writeHead(421, { "content-type": "text/plain", connection: "close" });
  response.end("The sandbox accepts only requests whose Host is loopback, such as 127.0.0.1 or localhost.");
  return 421;
}

/** Returns whether the body was received completely. If not, the client has disconnected. */
async function readBody(request: IncomingMessage, received: LoggedRequest): Promise<boolean> {
  try {
    received.addBody(await text(request));
    return true;
  } catch {
    return false;
  }
}

function carryOut(
  { account, bucket, apiKey }: Backend,
  request: LoggedRequest,
  authorization: string | undefined,
): SandboxResponse {
  try {
    if (authorization !== `Bearer ${apiKey}`) {
      throw new Rejection(401, "You must be authenticated to access this resource.");
    }
    const wait = bucket?.take();
    if (wait !== undefined) {
      const detail = "You have exceeded the allowed number of requests. Please try again later.";
      throw new Rejection(429, detail, { "retry-after": String(wait) });
    }
    return route(account, request);
  } catch (error) {
    if (error instanceof Rejection) return problem(error, request.path);
    throw error;
  }
}

function afterLatency(latencyMs: number, response: ServerResponse, answer: () => void): void {
  if (latencyMs === 0) {
    // Even a timer of 0 ms waits for 1 ms.
    answer();
    return;
  }
  const timer = setTimeout(answer, latencyMs);
  response.once("close", () => clearTimeout(timer));
}

function finish(
  response: ServerResponse,
  received: LoggedRequest,
  real: SandboxResponse | undefined,
  fault: ArmedFault | undefined,
): void {
  if (response.destroyed) return;
  const status = deliver(response, fault?.answer ?? real, fault?.socket);
  if (status !== undefined) received.status = status;
}
