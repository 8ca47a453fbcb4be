import { expect, test, vi } from "vitest";
import { systemClock } from "../../src/util/clock.ts";

test("no timer fires before its time, whatever its fraction", async () => {
  const early = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const due = systemClock.now() + 1 + index / 37;
      await new Promise<void>((resolve) => systemClock.after(due - systemClock.now(), resolve));
      return systemClock.now() < due - 0.001;
    }),
  );
  expect(early.filter(Boolean)).toEqual([]);
});

test("a timer that is cancelled does not fire, and one without end never begins", () => {
  vi.useFakeTimers();
  const action = vi.fn();
  systemClock.after(10, action)();
  systemClock.after(Number.POSITIVE_INFINITY, action)();
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  expect(action).not.toHaveBeenCalled();
});

test("a month is longer than setTimeout can count, and is waited for all the same", () => {
  vi.useFakeTimers();
  const action = vi.fn();
  const month = 30 * 24 * 3_600_000;
  systemClock.after(month, action);
  vi.advanceTimersByTime(month - 1_000);
  expect(action).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  vi.useRealTimers();
  expect(action).toHaveBeenCalledOnce();
});
