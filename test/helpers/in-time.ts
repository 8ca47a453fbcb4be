/**
 * Whether a promise settles before a plain timer that is set at the same moment. Where the machine is busy, the timer
 * is as late as everything else, so this holds there, too, of what no other process is waited for.
 */
export async function endsWithin(ms: number, promise: PromiseLike<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = () => true;
  const isInTime = await Promise.race([promise.then(ended, ended), late]);
  clearTimeout(timer);
  return isInTime;
}
