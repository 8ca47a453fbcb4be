/** How much of the processor's time something takes in this process, in milliseconds, whatever runs beside it. */
export async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What may be taken for ten times as much work: less than a second, or, where the machine is slow, hardly more than ten times. */
export const tenfold = (controlMs: number): number => Math.max(1000, 25 * controlMs);
