import type { Core } from "./core.ts";
import type { Scope } from "./scope.ts";
import { sleep } from "./sleep.ts";

/** Cloudflare's Workers take a request that waits for nothing but another one, without a timer of its own, for hung. */
const LONGEST_WAIT_MS = 1_000;

/** Wakes everybody who waits for it. */
export class Bell {
  readonly #waiting = new Set<() => void>();

  /**
   * Waits until it rings, or `ms` milliseconds have passed; or less, so that whoever waits has to look again.
   *
   * @throws the signal's own reason.
   */
  async wait(core: Core, scope: Scope, ms: number): Promise<void> {
    let wake = () => {};
    await sleep(core, scope, Math.min(ms, LONGEST_WAIT_MS), (end) => {
      wake = end;
      this.#waiting.add(end);
    }).finally(() => this.#waiting.delete(wake));
  }

  ring(): void {
    // Whoever wakes may wait for the next time at once.
    for (const end of [...this.#waiting]) end();
  }
}
