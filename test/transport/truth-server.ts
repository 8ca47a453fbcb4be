import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { seededRandom } from "../helpers/seeded-random.ts";
import { ModelAccount, type ModelAnswer } from "./model-server.ts";

/** What befalls a request, and whether it is carried out all the same. */
type Fate = "none" | "dropped" | "failed" | "stalled";

/** The chance of each fate. */
const CHANCE = 0.1;

/** Ten per cent each: dropped before and after the effect, a 5xx before and after it, and stalled. */
function drawFate(random: () => number): { fate: Fate; carriedOut: boolean } {
  const draw = Math.floor(random() / CHANCE);
  const fates = [
    { fate: "dropped", carriedOut: false },
    { fate: "dropped", carriedOut: true },
    { fate: "failed", carriedOut: false },
    { fate: "failed", carriedOut: true },
    { fate: "stalled", carriedOut: random() < 0.5 },
  ] as const;
  return fates[draw] ?? { fate: "none", carriedOut: true };
}

export interface TruthServer {
  readonly baseUrl: string;
  readonly account: ModelAccount;
  /** How many requests met each fate. */
  readonly met: Record<Fate, number>;
  /** Resolves when no request is being carried out any more. */
  close(): Promise<void>;
}

/** A server of sockets, with an account behind, that drops, fails and stalls by a seed. */
export async function startTruthServer(seed: number): Promise<TruthServer> {
  const random = seededRandom(seed);
  const account = new ModelAccount();
  const met: Record<Fate, number> = { none: 0, dropped: 0, failed: 0, stalled: 0 };
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    if (body === undefined) return;
    const { fate, carriedOut } = drawFate(random);
    met[fate] += 1;
    const effect = () => carryOut(account, request, body);
    const answer = carriedOut ? effect() : undefined;
    if (fate === "dropped") request.socket.resetAndDestroy();
    else if (fate === "failed") send(response, { status: [500, 502, 503, 504][met.failed % 4] ?? 500 });
    // One of two that stall are carried out when the client has long given up.
    else if (fate === "stalled")
      request.socket.once("close", () => !carriedOut && random() < 0.5 && effect());
    else if (answer) send(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, account, met, close };
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

function carryOut(account: ModelAccount, request: IncomingMessage, body: string): ModelAnswer {
  const { pathname, searchParams } = new URL(`http://host${request.url}`);
  return account.handle({
    method: request.method ?? "",
    path: pathname,
    query: searchParams,
    body,
    call: String(request.headers["x-call"]),
  });
}

function send(response: ServerResponse, { status, body }: ModelAnswer): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
