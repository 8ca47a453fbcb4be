import { getEventListeners } from "node:events";
import type { ArizeClient, ArizeClientOptions, ClientEvent } from "ax-users";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../helpers/full.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { turn, VirtualClock } from "../helpers/virtual-clock.ts";
import { type AuditedCall, auditedCalls, toldOf } from "./audited-server.ts";
import { type Fate, type Given, given, meet } from "./fates.ts";
import { ModelAccount } from "./model-server.ts";

/** Finds out whether the server is the API (src/transport/confirm-api.ts); it is none of the requests of a call. */
const CONFIRMING = "GET /v2/users?limit=1";

const kind = fc.constantFrom(...Object.keys(auditedCalls));
const singleKind = kind.filter((name) => name !== "bulkDelete");

/** A request, a 429 with its pause, or what the client tells. */
type Entry =
  | { type: "sent"; at: number; call: string; line: string }
  | { type: "told"; at: number; event: ClientEvent };

interface World {
  account: ModelAccount;
  clock: VirtualClock;
  client: ArizeClient;
  log: Entry[];
  sent: (call: string) => string[];
  prepare: (name: string) => AuditedCall;
}

/** A client on a virtual clock and a model server between which fate has its way; then all is fine. */
function world({ fates, jitters, settings }: Given): World {
  const clock = new VirtualClock();
  const account = new ModelAccount();
  const log: Entry[] = [];
  let requests = 0;
  let draws = 0;
  const fetch: typeof globalThis.fetch = (input, init = {}) => {
    const { method = "", headers, body, signal } = init;
    const { pathname: path, searchParams: query } = new URL(String(input));
    const call = new Headers(headers).get("x-call") ?? "";
    log.push({ type: "sent", at: clock.now(), call, line: `${method} ${path}?${query}` });
    const fate = fates[requests] ?? { kind: "fine", afterMs: 0 };
    requests += 1;
    const request = { method, path, query, body: String(body ?? ""), call };
    return meet(fate, () => account.handle(request), clock, signal ?? new AbortController().signal);
  };
  const options: ArizeClientOptions = {
    ...settings,
    enumCase: "lower",
    fetch,
    onEvent: (event) => log.push({ type: "told", at: clock.now(), event }),
  };
  const random = () => {
    draws += 1;
    return (jitters[draws % jitters.length] ?? 0) / 1024;
  };
  const sent = (call: string) =>
    log.flatMap((entry) => (entry.type === "sent" && entry.call === call ? [entry.line] : []));
  let calls = 0;
  const prepare = (name: string): AuditedCall => {
    calls += 1;
    const make = auditedCalls[name];
    if (!make) throw new Error(`no call is named ${name}`);
    return make(account, `c${calls}`, calls - 1);
  };
  return { account, clock, client: clientWith(options, { clock, random }), log, sent, prepare };
}

/** Whether a bulk call waits for the server to want it again, which does not use up its retries. */
const isWaitedOut = (fate: Fate): boolean =>
  (fate.kind === "refused" && (fate.status === 429 || fate.retryAfter !== undefined)) ||
  (fate.kind === "status" && fate.status === 503 && fate.retryAfter !== undefined);

test("no request is sent more often than maxRetries allows", async () => {
  await fc.assert(
    fc.asyncProperty(given, kind, async (given, name) => {
      const { clock, client, sent, prepare } = world(given);
      const { call } = prepare(name);
      const told = await clock.run(toldOf(call(client)));
      const often = new Map<string, number>();
      const own = sent("c1").filter((line) => line !== CONFIRMING);
      for (const line of own) often.set(line, (often.get(line) ?? 0) + 1);
      const waitedOut = name === "bulkDelete" ? given.fates.filter(isWaitedOut).length : 0;
      expect(Math.max(0, ...often.values())).toBeLessThanOrEqual(given.settings.maxRetries + 1 + waitedOut);
      if ("error" in told && name !== "bulkDelete" && !name.startsWith("create"))
        expect(Object(told.error).attempts ?? own.length).toBe(own.length);
      expect(clock.pending).toEqual([]);
    }),
    { numRuns: runs(400) },
  );
});

/** Calls that begin at several moments. */
const crowd = fc.array(fc.tuple(kind, fc.constantFrom(0, 0, 0, 300, 1000, 2500)), {
  minLength: 1,
  maxLength: 10,
});

test("after a 429 its client sends nothing before Retry-After has passed", async () => {
  await fc.assert(
    fc.asyncProperty(given, crowd, async (given, calls) => {
      const { clock, client, log, prepare } = world(given);
      const starts = calls.map(([name, at]) => {
        const { call } = prepare(name);
        const begun = new Promise<void>((resolve) => clock.after(at, resolve));
        return begun.then(() => toldOf(call(client)));
      });
      await clock.run(Promise.all(starts));
      // However long the server asks for, it is asked again after that.
      const { maxRetryAfterMs } = given.settings;
      let closedUntil = 0;
      // Of waitMs, which is rounded.
      const mostRoundedMs = 0.05;
      for (const entry of log) {
        if (entry.type === "sent") expect(entry.at).toBeGreaterThanOrEqual(closedUntil - mostRoundedMs);
        else if (entry.event.type === "rate_limited")
          closedUntil = Math.max(closedUntil, entry.at + Math.min(entry.event.waitMs, maxRetryAfterMs));
      }
      const limits = log.filter((entry) => entry.type === "told" && entry.event.type === "rate_limited");
      const refusals = log.filter(
        (entry) => entry.type === "told" && entry.event.type === "response" && entry.event.status === 429,
      );
      expect(limits).toHaveLength(refusals.length);
      expect(clock.pending).toEqual([]);
    }),
    { numRuns: runs(400) },
  );
});

test("the pause after a 429 is what its Retry-After says", async () => {
  const seconds = fc.constantFrom(0, 1, 2, 3, 30, 60, 3600);
  const soon = fc.constantFrom(0, 1, 9);
  await fc.assert(
    fc.asyncProperty(given, singleKind, seconds, soon, async (given, name, seconds, afterMs) => {
      const refused = { kind: "refused", status: 429, retryAfter: String(seconds), afterMs } as const;
      const { clock, client, log, prepare } = world({ ...given, fates: [refused, ...given.fates] });
      await clock.run(toldOf(prepare(name).call(client)));
      const [, ...later] = log.filter(({ type }) => type === "sent");
      const pauseMs = Math.min(seconds * 1000, given.settings.maxRetryAfterMs);
      for (const { at } of later) expect(at).toBeGreaterThanOrEqual(afterMs + pauseMs);
      const limited = log.find((entry) => entry.type === "told" && entry.event.type === "rate_limited");
      expect(limited).toMatchObject({ event: { waitMs: seconds * 1000 } });
    }),
  );
});

test("a call takes no longer than deadlineMs, beside a bulk call's deletes in flight", async () => {
  const deadline = fc.constantFrom(2, 30, 400, 1000, 4000);
  await fc.assert(
    fc.asyncProperty(given, crowd, deadline, async (given, calls, deadlineMs) => {
      const { clock, client, prepare } = world(given);
      const ends = calls.map(async ([name, at]) => {
        const { call } = prepare(name);
        await new Promise<void>((resolve) => clock.after(at, resolve));
        const startedAt = clock.now();
        await toldOf(call(client, { deadlineMs }));
        const allowed = name === "bulkDelete" ? deadlineMs + given.settings.timeoutMs : deadlineMs;
        expect(clock.now() - startedAt).toBeLessThanOrEqual(allowed);
      });
      await clock.run(Promise.all(ends));
      expect(clock.pending).toEqual([]);
    }),
    { numRuns: runs(400) },
  );
});

/** When an abort comes: between two movements of a call, in the middle of one, or just as something is told. */
type Instant = { ms: number } | { steps: number } | { entry: number };

const quiet = fc.record({ ms: fc.integer({ min: 0, max: 6000 }) });
const moving = fc.record({ steps: fc.integer({ min: 0, max: 60 }) });
const telling = fc.record({ entry: fc.integer({ min: 1, max: 20 }) });
const instant: fc.Arbitrary<Instant> = fc.oneof(quiet, moving, telling);

/** Lets a call come to an instant, and aborts it then. */
async function comeTo(instant: Instant, { clock, log }: World, call: Promise<unknown>, abort: () => void) {
  if ("entry" in instant) {
    const push = log.push.bind(log);
    log.push = (...entries) => {
      const length = push(...entries);
      if (length === instant.entry) abort();
      return length;
    };
    await clock.run(call);
    return;
  }
  if ("ms" in instant) await clock.advance(instant.ms);
  else for (let step = 0; step < instant.steps; step += 1) await null;
  abort();
}

const countSent = (log: readonly Entry[]) => log.filter(({ type }) => type === "sent").length;

/** Once a whole answer was read, it may be what the caller gets. */
const isAnswered = (entry: Entry | undefined): boolean =>
  entry?.type === "told" && ["response", "rate_limited", "failed"].includes(entry.event.type);

test("an abort at any instant settles at once with the signal's reason, and leaves nothing behind", async () => {
  await fc.assert(
    fc.asyncProperty(given, singleKind, instant, async (given, name, instant) => {
      const all = world(given);
      const { clock, client, log, prepare } = all;
      const controller = new AbortController();
      const { signal } = controller;
      const reason = { why: "enough" };
      let told: Awaited<ReturnType<typeof toldOf>> | undefined;
      const ended = toldOf(prepare(name).call(client, { signal })).then((what) => {
        told = what;
      });
      let mayHaveAnswer = false;
      let requests = 0;
      let settled: Promise<unknown> = Promise.resolve();
      await comeTo(instant, all, ended, () => {
        mayHaveAnswer = told !== undefined || "steps" in instant || isAnswered(log.at(-1));
        requests = countSent(log);
        controller.abort(reason);
        settled = turn().then(() => expect(told).toBeDefined());
      });
      await settled;
      expect(clock.pending).toEqual([]);
      expect(getEventListeners(signal, "abort")).toEqual([]);
      if (signal.aborted) {
        if (!mayHaveAnswer) expect(told).toEqual({ error: reason });
        await clock.advance(100_000);
        expect(countSent(log)).toBe(requests);
      }
    }),
    { numRuns: runs(1000) },
  );
});

test("an aborted bulk delete waits for what is in flight, and tells the truth of every target", async () => {
  await fc.assert(
    fc.asyncProperty(given, quiet, async (given, { ms }) => {
      const { clock, client, log, prepare } = world(given);
      const controller = new AbortController();
      const { call, audit } = prepare("bulkDelete");
      const ended = toldOf(call(client, { signal: controller.signal }));
      await clock.advance(ms);
      controller.abort("enough");
      const requests = countSent(log);
      const abortedAt = clock.now();
      const told = await clock.run(ended);
      expect("value" in told).toBe(true);
      expect(audit(told)).toEqual([]);
      expect(clock.now() - abortedAt).toBeLessThanOrEqual(given.settings.timeoutMs);
      expect(countSent(log)).toBe(requests);
      expect(clock.pending).toEqual([]);
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    }),
    { numRuns: runs(400) },
  );
});

const deadlineOrNone = fc.option(fc.constantFrom(30, 1000, 4000), { nil: undefined });

test("what callers are told agrees with what the server did, whatever happens in between", async () => {
  await fc.assert(
    fc.asyncProperty(given, crowd, deadlineOrNone, async (given, calls, deadlineMs) => {
      const { clock, client, prepare } = world(given);
      const audits = calls.map(async ([name, at]) => {
        const { call, audit } = prepare(name);
        await new Promise<void>((resolve) => clock.after(at, resolve));
        const told = await toldOf(call(client, { deadlineMs }));
        return () => audit(told);
      });
      const ended = await clock.run(Promise.all(audits));
      expect(ended.flatMap((audit) => audit())).toEqual([]);
    }),
    { numRuns: runs(1000) },
  );
});
