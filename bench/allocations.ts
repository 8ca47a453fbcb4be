import { GCProfiler } from "node:v8";

/**
 * How many bytes of heap are allocated meanwhile: what is used grows from one garbage collection to the next, and the
 * sum of that is what was allocated.
 */
export async function allocatedBy(work: () => Promise<unknown>): Promise<number> {
  const profiler = new GCProfiler();
  profiler.start();
  let used = process.memoryUsage().heapUsed;
  let allocated = 0;
  await work();
  const end = process.memoryUsage().heapUsed;
  for (const { beforeGC, afterGC } of profiler.stop().statistics) {
    allocated += beforeGC.heapStatistics.usedHeapSize - used;
    used = afterGC.heapStatistics.usedHeapSize;
  }
  return allocated + end - used;
}
