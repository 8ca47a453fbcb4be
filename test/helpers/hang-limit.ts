import { aroundEach } from "vitest";

const TICK_MS = 100;
const TICKS = 60;

/**
 * For mutants: a test that has not ended after six seconds fails. Its time is counted in ticks, so that a process that
 * is stopped for a while, or has no core to itself, has no less of it. The timers are those before a test replaces them.
 */
const { setInterval, clearInterval } = globalThis;

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
