import type { ArizeClient } from "ax-users";
import fc from "fast-check";
import type { RateLimit } from "../../src/testing/http/rate-limit.ts";
import { TokenBucket } from "../../src/testing/http/rate-limit.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";
import { type Fate, fate, type Given, given, meet } from "./fates.ts";
import { ModelAccount } from "./model-server.ts";

/** What chance decides of a bulk call, its client and its server. */
export interface BulkGiven extends Given {
  /** Whether the fates come again and again; else all is fine after the last. */
  forEver: boolean;
  limit: RateLimit | undefined;
  concurrency: number | undefined;
  deadlineMs: number | undefined;
  abortAfterMs: number | undefined;
  enumCase: "auto" | "lower";
}

/** Half of the time, none. */
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 2 });

export const bulkGiven: fc.Arbitrary<BulkGiven> = given.chain(({ jitters, settings }) =>
  fc.record({
    fates: fc.array(fate, { maxLength: 40 }),
    jitters: fc.constant(jitters),
    settings: fc.constant(settings),
    forEver: fc.boolean(),
    limit: maybe(fc.record({ perSecond: fc.constantFrom(1, 5, 50), burst: fc.constantFrom(1, 3, 10) })),
    concurrency: maybe(fc.constantFrom(1, 2, 5, 64)),
    deadlineMs: maybe(fc.constantFrom(30, 1000, 4000)),
    abortAfterMs: maybe(fc.integer({ min: 0, max: 5000 })),
    enumCase: fc.constantFrom("auto" as const, "lower" as const),
  }),
);

/** What the request is of that finds out whether the server is the API. */
export const CONFIRMING = "(confirming)";

/** A request as the server saw it. */
export interface BulkRequest {
  readonly method: string;
  /** The user's ID or, of a create and of a filtered list, the address; of an organization's own requests, its ID. */
  readonly of: string;
  readonly kind: Fate["kind"];
  /** Whether the client was given a whole answer that nothing is wrong with. */
  answered: boolean;
}

export interface BulkWorld {
  readonly account: ModelAccount;
  readonly clock: VirtualClock;
  readonly client: ArizeClient;
  readonly requests: BulkRequest[];
  /** Most requests that were pending at once. */
  readonly peak: () => number;
}

const FINE = { kind: "fine", afterMs: 20 } as const;

/** A client on a virtual clock, and a model server that is limited and between which and it fate has its way. */
export function bulkWorld({ fates, forEver, limit, jitters, settings, enumCase }: BulkGiven): BulkWorld {
  const clock = new VirtualClock();
  const account = new ModelAccount();
  const bucket = limit && new TokenBucket(limit, () => clock.now());
  const requests: BulkRequest[] = [];
  let pending = 0;
  let peak = 0;
  let draws = 0;
  const nextFate = (): Fate => {
    const wait = bucket?.take();
    if (wait !== undefined) return { kind: "refused", status: 429, retryAfter: String(wait), afterMs: 20 };
    return fates[forEver ? requests.length % fates.length : requests.length] ?? FINE;
  };
  const fetch: typeof globalThis.fetch = async (input, { method = "", body, headers, signal } = {}) => {
    const { pathname: path, searchParams: query } = new URL(String(input));
    const text = String(body ?? "");
    const isConfirming = query.get("limit") === "1";
    const { email = query.get("email"), user_id } = text ? JSON.parse(text) : {};
    const [, , , id = "", , memberId = id] = path.split("/").map(decodeURIComponent);
    const of = isConfirming ? CONFIRMING : (email ?? user_id ?? memberId);
    const fate = nextFate();
    const request: BulkRequest = { method, of, kind: fate.kind, answered: false };
    requests.push(request);
    pending += 1;
    peak = Math.max(peak, pending);
    let isOpen = true;
    const close = () => {
      if (isOpen) pending -= 1;
      isOpen = false;
    };
    // A fetch that is given up is over at once, whatever its promise takes to find out.
    signal?.addEventListener("abort", close);
    const call = new Headers(headers).get("x-call") ?? "";
    const carryOut = () => account.handle({ method, path, query, body: text, call });
    try {
      const response = await meet(fate, carryOut, clock, signal ?? new AbortController().signal);
      request.answered = fate.kind === "fine" && !signal?.aborted;
      return response;
    } finally {
      close();
    }
  };
  const random = () => {
    draws += 1;
    return (jitters[draws % jitters.length] ?? 0) / 1024;
  };
  const client = clientWith({ ...settings, enumCase, fetch }, { clock, random });
  return { account, clock, client, requests, peak: () => peak };
}

/** Requests for one user or address that follow one which was answered well. */
export function needless(requests: readonly BulkRequest[], method: string): string[] {
  const answered = new Set<string>();
  return requests.flatMap((request) => {
    if (request.method !== method) return [];
    const isNeedless = answered.has(request.of);
    if (request.answered) answered.add(request.of);
    return isNeedless ? [request.of] : [];
  });
}

/** Runs a bulk call to its end, aborted on its way where chance wants it, and says how many were sent by then. */
export async function runBulk<T>(
  { clock, requests }: BulkWorld,
  { deadlineMs, abortAfterMs }: BulkGiven,
  call: (options: { signal: AbortSignal; deadlineMs: number | undefined }) => Promise<T>,
): Promise<{ results: T; signal: AbortSignal; sentByAbort: number | undefined }> {
  const controller = new AbortController();
  const { signal } = controller;
  let sentByAbort: number | undefined;
  const abort = () => {
    sentByAbort = requests.length;
    controller.abort("enough");
  };
  const cancel = abortAfterMs === undefined ? () => {} : clock.after(abortAfterMs, abort);
  const results = await clock.run(call({ signal, deadlineMs }));
  cancel();
  return { results, signal, sentByAbort };
}
