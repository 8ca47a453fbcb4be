import { getEventListeners } from "node:events";
import { expect, onTestFinished, test, vi } from "vitest";
import { forEachLimited } from "../../src/core/for-each.ts";
import { seededRandom } from "../helpers/seeded-random.ts";
import { type Clock, clientWith, systemClock } from "../helpers/virtual-client.ts";
import { auditedCalls, type Told, toldOf } from "./audited-server.ts";
import { startTruthServer } from "./truth-server.ts";

const CALLS = 1000;
const CALLS_OF_A_CLIENT = 50;

const kinds = Object.values(auditedCalls);

const count = (resource: string) => process.getActiveResourcesInfo().filter((one) => one === resource).length;

/** The system's clock, with those of its timers that have neither fired nor been cancelled. */
function watchedClock(): Clock & { running: Set<symbol> } {
  const running = new Set<symbol>();
  const after = (ms: number, action: () => void) => {
    const timer = Symbol();
    running.add(timer);
    const cancel = systemClock.after(ms, () => {
      running.delete(timer);
      action();
    });
    return () => {
      running.delete(timer);
      cancel();
    };
  };
  return { ...systemClock, after, running };
}

/** Collects what nobody handled, up to the end of the test. */
function watchRejections(): unknown[] {
  const unhandled: unknown[] = [];
  const onRejection = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", onRejection);
  onTestFinished(() => {
    process.off("unhandledRejection", onRejection);
  });
  return unhandled;
}

/** A thousand calls of all kinds through faults, each given the signal. */
async function callAThousandTimes(
  clock: Clock,
  signal: AbortSignal,
  deadlineMs: number | undefined,
  onTold: (told: Told, done: number) => void,
): Promise<() => Promise<void>> {
  const server = await startTruthServer(1);
  const random = seededRandom(2);
  const options = {
    baseUrl: server.baseUrl,
    timeoutMs: 30,
    onEvent: () => Promise.reject(new Error("a listener's own")),
  };
  const newClient = () => clientWith(options, { clock, random: () => random() / 50 });
  let client = newClient();
  let done = 0;
  await forEachLimited(Array(CALLS).keys(), 16, async (index) => {
    if (index % CALLS_OF_A_CLIENT === 0) client = newClient();
    const kind = kinds[index % kinds.length];
    const call = kind?.(server.account, String(index), index).call(client, { signal, deadlineMs });
    if (!call) throw new Error("no call");
    const told = await toldOf(call);
    done += 1;
    onTold(told, done);
  });
  return server.close;
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 50));

test.each([
  ["to their end", undefined, undefined],
  ["of which many run into their deadline", 25, undefined],
  ["whose signal is aborted in the middle", undefined, CALLS / 2],
])("a thousand calls through faults, %s, leave nothing behind", async (_, deadlineMs, abortAfter) => {
  const unhandled = watchRejections();
  const controller = new AbortController();
  const clock = watchedClock();
  // The test runner has timers of its own when a test begins.
  await soon();
  const timers = count("Timeout");
  let errors = 0;
  let aborted = 0;
  const close = await callAThousandTimes(clock, controller.signal, deadlineMs, (told, done) => {
    if ("error" in told) errors += 1;
    if ("error" in told && told.error === "enough") aborted += 1;
    if (done === abortAfter) controller.abort("enough");
  });
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  expect(clock.running.size).toBe(0);
  expect(count("Timeout")).toBeLessThanOrEqual(timers);
  await close();
  await soon();
  // The server is gone, and as soon as the agent has noticed, its connections are, so that nothing may be left.
  const sockets = () => process.getActiveResourcesInfo().filter((one) => /^TCP/.test(one));
  await vi.waitFor(() => expect(sockets()).toEqual([]), { timeout: 5_000 });
  expect(unhandled).toEqual([]);
  expect(errors).toBeGreaterThan(CALLS / 50);
  expect(aborted > 0).toBe(abortAfter !== undefined);
});
