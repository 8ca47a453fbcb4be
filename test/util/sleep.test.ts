import { getEventListeners } from "node:events";
import { expect, test, vi } from "vitest";
import { sleep } from "../../src/util/sleep.ts";
import { systemClock } from "../helpers/virtual-client.ts";
import { turn, VirtualClock } from "../helpers/virtual-clock.ts";

function setUp() {
  const clock = new VirtualClock();
  const controller = new AbortController();
  const { signal } = controller;
  const clean = () => {
    expect(clock.pending).toEqual([]);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  };
  return { clock, controller, signal, clean };
}

test("it takes its time, no more and no less", async () => {
  const { clock, signal, clean } = setUp();
  const woke = vi.fn();
  const asleep = sleep(clock, signal, 100).then(woke);
  await clock.advance(99);
  expect(woke).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(woke).toHaveBeenCalled();
  await asleep;
  clean();
});

test.each([
  ["an Error", new Error("enough")],
  ["undefined, for which there is a reason of its own", undefined],
  ["a falsy reason", 0],
])("an abort ends it with the signal's reason: %s", async (_, reason) => {
  const { clock, controller, signal, clean } = setUp();
  const asleep = sleep(clock, signal, 100).catch((error: unknown) => error);
  await clock.advance(50);
  controller.abort(reason);
  expect(await asleep).toBe(controller.signal.reason);
  clean();
});

test("a signal that is aborted already lets it not begin", async () => {
  const { clock, controller, signal, clean } = setUp();
  controller.abort("before");
  await expect(sleep(clock, signal, 100)).rejects.toBe("before");
  clean();
});

test("who is given its end can wake it, and a second time does nothing", async () => {
  const { clock, controller, signal, clean } = setUp();
  const ends: (() => void)[] = [];
  const asleep = sleep(clock, signal, 100, (end) => ends.push(end));
  await turn();
  for (const end of [...ends, ...ends]) end();
  await asleep;
  controller.abort("too late");
  clean();
});

test("an endless one is ended by an abort or by who wakes it", async () => {
  const { clock, controller, signal, clean } = setUp();
  const asleep = sleep(clock, signal, Number.POSITIVE_INFINITY).catch((error: unknown) => error);
  controller.abort("enough");
  expect(await asleep).toBe("enough");
  clean();
});

test("without a signal it waits all the same", async () => {
  const { clock } = setUp();
  await clock.run(sleep(clock, undefined, 70));
  expect(clock.now()).toBe(70);
});

test("the system's clock measures in milliseconds, and its timers can be cancelled", async () => {
  const action = vi.fn();
  const before = systemClock.now();
  const cancel = systemClock.after(5, action);
  systemClock.after(Number.POSITIVE_INFINITY, action)();
  cancel();
  await new Promise<void>((resolve) => systemClock.after(15, resolve));
  expect(systemClock.now() - before).toBeGreaterThan(13);
  const earliest = Date.now();
  const wallTime = systemClock.wallTime();
  expect(wallTime).toBeGreaterThanOrEqual(earliest);
  expect(wallTime).toBeLessThanOrEqual(Date.now());
  expect(action).not.toHaveBeenCalled();
});
