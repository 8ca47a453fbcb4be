import { getEventListeners } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { eventually, HANGS_AFTER_MS } from "../helpers/eventually.ts";
import { seededRandom } from "../helpers/seeded-random.ts";
import type { Clock } from "../helpers/virtual-client.ts";
import { turn } from "../helpers/virtual-clock.ts";
import { auditedCalls, toldOf } from "./audited-server.ts";
import { startTruthWorld } from "./truth-world.ts";

const CALLS = 1000;

const kinds = Object.values(auditedCalls);

const resources = (kind: RegExp) => process.getActiveResourcesInfo().filter((one) => kind.test(one));

/** Keeps book of the timers of a clock that have neither fired nor been cancelled. */
function watchTimers() {
  const running = new Set<symbol>();
  const watch = (clock: Clock): Clock => ({
    now: () => clock.now(),
    wallTime: () => clock.wallTime(),
    after: (ms, action) => {
      const timer = Symbol();
      running.add(timer);
      const cancel = clock.after(ms, () => {
        running.delete(timer);
        action();
      });
      return () => {
        running.delete(timer);
        cancel();
      };
    },
  });
  return { running, watch };
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

test.each([
  ["to their end", undefined, undefined],
  ["of which many run into their deadline", 25, undefined],
  ["whose signal is aborted in the middle", undefined, CALLS / 2],
])(
  "a thousand calls through faults, %s, leave nothing behind",
  { timeout: HANGS_AFTER_MS },
  async (_, deadlineMs, abortAfter) => {
    const unhandled = watchRejections();
    const controller = new AbortController();
    const { signal } = controller;
    const { running, watch } = watchTimers();
    const timers = resources(/^Timeout$/).length;
    const random = seededRandom(2);
    const onEvent = () => Promise.reject(new Error("a listener's own"));
    const { model, callAll, close } = await startTruthWorld(1, () => random() / 50, { onEvent }, watch);
    let done = 0;
    let errors = 0;
    let aborted = 0;
    await callAll(CALLS, async (client, index) => {
      const call = kinds[index % kinds.length]?.(model.account, String(index), index);
      if (!call) throw new Error("no call");
      const told = await toldOf(call.call(client, { signal, deadlineMs }));
      done += 1;
      if ("error" in told) errors += 1;
      if ("error" in told && told.error === "enough") aborted += 1;
      if (done === abortAfter) controller.abort("enough");
    });
    expect(done).toBe(CALLS);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(running.size).toBe(0);
    await close();
    // The server is gone, and as soon as the agent has noticed, its connections are, so that nothing may be left. Nor
    // may a timer of the system's be; those of the test runner come and go.
    await eventually(() => expect(resources(/^TCP/)).toEqual([]));
    while (resources(/^Timeout$/).length > timers) await turn();
    expect(unhandled).toEqual([]);
    expect(errors).toBeGreaterThan(CALLS / 50);
    expect(aborted > 0).toBe(abortAfter !== undefined);
  },
);
