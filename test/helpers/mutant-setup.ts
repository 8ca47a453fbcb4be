/** Before each test file, where its tests are run against mutants. */
import { afterEach, aroundEach } from "vitest";

const TICK_MS = 100;
const TICKS = 60;

const worker = globalThis as typeof globalThis & { mutantIsKilled?: boolean };

// Vitest would only skip the tests of the other files, and load them.
if (worker.mutantIsKilled) throw new Error("a test of another file has noticed the mutant");

afterEach(({ task }) => {
  if (task.result?.state === "fail") worker.mutantIsKilled = true;
});

// What they are before a test replaces them.
const { setInterval, clearInterval } = globalThis;

/**
 * A test that has not ended after six seconds fails. They are counted in ticks, so that a process that is stopped for a
 * while, or has no core to itself, has no less time.
 */
aroundEach(async (runTest) => {
  let ticks = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      ticks += 1;
      if (ticks === TICKS) reject(new Error("the test hangs"));
    }, TICK_MS);
  });
  try {
    await Promise.race([runTest(), limit]);
  } finally {
    clearInterval(timer);
  }
});
