import { seededRandom } from "../helpers/seeded-random.ts";
import { wireUser } from "../helpers/server.ts";
import type { ModelAnswer, ModelRequest } from "./model-http.ts";
import { ModelAccount } from "./model-server.ts";

/** What befalls a request. */
type Fate = "none" | "dropped" | "failed" | "stalled" | "gateway" | "foreign" | "page" | "rejected";

/** Fates that prove to whoever gets the response that this request did nothing. */
const PROOFS: readonly Fate[] = ["page", "rejected"];

/** In per cent, by fate, before and after the effect. The rest goes well. */
const CHANCES: readonly (readonly [fate: Fate, before: number, after: number])[] = [
  ["dropped", 9, 9],
  ["failed", 9, 9],
  ["stalled", 5, 5],
  ["gateway", 3, 3],
  ["foreign", 2, 2],
  // Whoever refuses in the API's place has not passed the request on.
  ["page", 4, 0],
  ["rejected", 5, 0],
];

/** What the client gets in place of the API's own response. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What becomes of one request. */
export interface Draw {
  readonly fate: Fate;
  /** Whether it takes effect. */
  readonly carriedOut: boolean;
  /** Whether it takes effect when the client has long given up. */
  readonly carriedOutLate: boolean;
  readonly reply?: Reply | undefined;
}

/** Of a request, what a fate depends on, and the call that it belongs to. */
type Drawn = Pick<ModelRequest, "method" | "call"> & { url: string };

const HTML = { "content-type": "text/html" };
const page = (status: number, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { ...HTML, ...headers },
  text: "<!doctype html><title>Somebody else</title>",
});

/** The API's own refusal, as its problem document. */
const problem = (status: number): Reply => ({
  status,
  headers: { "content-type": "application/problem+json", "retry-after": "0" },
  text: JSON.stringify({ title: "Rejected", status }),
});

const REPLIES: Readonly<Partial<Record<Fate, readonly Reply[]>>> = {
  failed: [500, 502, 503, 504].map((status) => ({ status, headers: {}, text: "" })),
  // A cache that waited in vain for a first byte, and gateways.
  gateway: [page(503, { "retry-after": "0" }), page(408), page(425)],
  page: [page(404), page(403)],
  rejected: [403, 408, 425, 429, 503].map(problem),
};

/** A login page, or where a user is asked for, somebody else. */
function foreign({ method, url }: Drawn, number: number): Reply {
  if (number % 2 === 0 || !/\/v2\/users\b/.test(url)) return page(200);
  const stranger = wireUser({ id: "somebody-else", email: "somebody.else@example.com" });
  const body = { ...stranger, invite_mode: "temporary_password", temporary_password: "somebody else's" };
  const headers = { "content-type": "application/json" };
  return { status: method === "POST" ? 201 : 200, headers, text: JSON.stringify(body) };
}

/** An account whose requests are lost, fail, stall and meet strangers by a seed. */
export class TruthModel {
  readonly account = new ModelAccount();
  /** How many requests met each fate. */
  readonly met: Record<Fate, number> = {
    none: 0,
    dropped: 0,
    failed: 0,
    stalled: 0,
    gateway: 0,
    foreign: 0,
    page: 0,
    rejected: 0,
  };
  /** Calls of which a request may have been carried out for all that the client has seen. */
  readonly doubtful = new Set<string>();
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  draw(request: Drawn): Draw {
    const { fate, carriedOut } = this.#drawFate();
    this.met[fate] += 1;
    if (fate !== "none" && !PROOFS.includes(fate)) this.doubtful.add(request.call);
    // One of two that stall before their effect has it when the client has long given up.
    const carriedOutLate = fate === "stalled" && !carriedOut && this.random() < 0.5;
    return { fate, carriedOut, carriedOutLate, reply: this.#replyOf(fate, request) };
  }

  #drawFate(): Pick<Draw, "fate" | "carriedOut"> {
    let rest = this.random() * 100;
    for (const [fate, before, after] of CHANCES) {
      if (rest < before + after) return { fate, carriedOut: rest >= before };
      rest -= before + after;
    }
    return { fate: "none", carriedOut: true };
  }

  #replyOf(fate: Fate, request: Drawn): Reply | undefined {
    const number = this.met[fate];
    if (fate === "foreign") return foreign(request, number);
    const replies = REPLIES[fate] ?? [];
    return replies[number % replies.length];
  }

  /** One of forty requests finds nobody who listens. */
  isUnreachable(): boolean {
    return this.random() < 1 / 40;
  }

  carryOut(request: Omit<ModelRequest, "path" | "query"> & { url: string }): ModelAnswer {
    const { pathname: path, searchParams: query } = new URL(request.url, "http://host");
    return this.account.handle({ ...request, path, query });
  }
}
