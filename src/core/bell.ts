import type { Core } from "./core.ts";
import type { Scope } from "./scope.ts";
import { sleep } from "./sleep.ts";

/** Wakes everybody who waits for it. */
export class Bell {
  readonly #waiting = new Set<() => void>();

  /**
   * Waits until it rings, or `ms` milliseconds have passed.
   *
   * @throws the signal's own reason.
   */
  async wait(core: Core, scope: Scope, ms: number): Promise<void> {
    let wake = () => {};
    await sleep(core, scope, ms, (end) => {
      wake = end;
      this.#waiting.add(end);
    }).finally(() => this.#waiting.delete(wake));
  }

  ring(): void {
    // Whoever wakes may wait for the next time at once.
    for (const end of [...this.#waiting]) end();
  }
}
