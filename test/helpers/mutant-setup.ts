/** Before each test file, where its tests are run against mutants. */
import { performance } from "node:perf_hooks";
import { afterEach, aroundEach } from "vitest";

const TICK_MS = 100;
const MOST_TICKS = 160;
/** As how many a tick counts in which there was hardly anything to do. */
const IDLE_TICK = 4;

const worker = globalThis as typeof globalThis & { mutantIsKilled?: boolean };

// Vitest would only skip the tests of the other files, and load them.
if (worker.mutantIsKilled) throw new Error("a test of another file has noticed the mutant");

afterEach(({ task }) => {
  if (task.result?.state === "fail") worker.mutantIsKilled = true;
});

// What they are before a test replaces them.
const { setInterval, clearInterval } = globalThis;

/**
 * A test that waits for nothing for four seconds fails, and one that has not ended after sixteen. They are counted in ticks,
 * so that a process that is stopped for a while, or has no core to itself, has no less time.
 */
aroundEach(async (runTest) => {
  let ticks = 0;
  let last = performance.eventLoopUtilization();
  let timer: ReturnType<typeof setInterval> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const { utilization } = performance.eventLoopUtilization(last);
      last = performance.eventLoopUtilization();
      ticks += utilization < 0.5 ? IDLE_TICK : 1;
      if (ticks >= MOST_TICKS) reject(new Error("the test hangs"));
    }, TICK_MS);
  });
  try {
    await Promise.race([runTest(), limit]);
  } finally {
    clearInterval(timer);
  }
});
