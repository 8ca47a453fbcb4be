/** Before each test file, where its tests are run against mutants. */
import { performance } from "node:perf_hooks";
import { afterEach, aroundEach, inject } from "vitest";

const TICK_MS = 100;
const MOST_TICKS = 100;
/** As how many a tick counts in which there was hardly anything to do. */
const IDLE_TICK = 4;

interface Worker {
  /** Stryker's own. */
  __stryker__?: { activeMutant?: string | undefined };
  mutant?: string | undefined;
  mutantIsKilled?: boolean;
}
const worker: typeof globalThis & Worker = globalThis;
const mutant = inject("activeMutant");

if (worker.mutant !== mutant) {
  worker.mutant = mutant;
  worker.mutantIsKilled = false;
}
// The mutant before is active until the tests begin, and would be while their file loads.
if (worker.__stryker__ !== undefined && inject("mutantActivation") !== "static")
  worker.__stryker__.activeMutant = undefined;

// Vitest would only skip the tests of the other files, and load them.
if (worker.mutantIsKilled) throw new Error("a test of another file has noticed the mutant");

afterEach(({ task }) => {
  if (task.result?.state === "fail") worker.mutantIsKilled = true;
});

// What they are before a test replaces them.
const { setInterval, clearInterval } = globalThis;

/**
 * A test that waits for nothing for two and a half seconds fails, and one that has not ended after ten. They are counted in ticks,
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
