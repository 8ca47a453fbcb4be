import { RateLimitError } from "../errors.ts";
import { adviceOn } from "./advice.ts";
import { Bell } from "./bell.ts";
import type { Core } from "./core.ts";
import type { Told } from "./failure.ts";
import { describe, type HttpRequest } from "./http-request.ts";
import { withoutAnswer } from "./problem.ts";
import { type Scope, timeLeft } from "./scope.ts";

/** So many at once are as good as no limit: more than any bulk call of a client has in flight. */
const WIDE_OPEN = 64;

/**
 * What all requests of a client pass. A 429 closes it until the time that the server named; then it opens
 * gently: one request at first, and with each answer that is no 429 twice as many, so that a server that is just
 * getting its breath back is not run into by everybody who waited.
 */
export class RateGate {
  #closedUntil = -Infinity;
  #width = Infinity;
  #inside = 0;
  #pauses = 0;
  readonly #news = new Bell();

  /**
   * Waits for its turn, and gives what leave() wants back.
   *
   * @throws {RateLimitError} at once where that would take longer than `maxRetryAfterMs` or the call's deadline.
   * @throws the signal's own reason.
   */
  async enter(core: Core, scope: Scope, request: HttpRequest, told: Told): Promise<number> {
    for (;;) {
      if (scope.signal?.aborted) throw scope.signal.reason;
      const waitMs = this.#closedUntil - core.clock.now();
      const leftMs = timeLeft(core, scope);
      // Where the time is up, the caller ends the call; a bulk call is gentle by itself, as it keeps to a pace.
      if (waitMs <= 0 && (this.#inside < this.#width || scope.flow || leftMs === 0)) break;
      if (waitMs > scope.maxRetryAfterMs || waitMs > leftMs) throw tooLong(request, waitMs, told);
      // Behind others, and not the clock, it is their leaving that wakes.
      await this.#news.wait(core, scope, waitMs > 0 ? waitMs : leftMs);
    }
    this.#inside += 1;
    return this.#pauses;
  }

  /** Whether whoever has just come in may go on: there is a moment between that and sending. */
  isOpen(core: Core): boolean {
    return this.#closedUntil <= core.clock.now();
  }

  /** Must follow each enter(). `welcome`: the server gave an answer, and none that asks for a pause. */
  leave(entered: number, welcome: boolean): void {
    this.#inside -= 1;
    // What was let in before the last pause says nothing of how the server is after it.
    if (welcome && entered === this.#pauses) {
      this.#width *= 2;
      if (this.#width >= WIDE_OPEN) this.#width = Infinity;
    }
    this.#news.ring();
  }

  /** Nobody enters for so long, or longer where it was closed for longer already. */
  close(core: Core, forMs: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, core.clock.now() + forMs);
    this.#width = 1;
    this.#pauses += 1;
    // Whoever waits has to look again how long that is now.
    this.#news.ring();
  }
}

function tooLong(request: HttpRequest, waitMs: number, { attempts, outcome }: Told): RateLimitError {
  const retryAfterMs = Math.ceil(waitMs);
  return new RateLimitError(
    `${describe(request)}: not sent, as the server asked for a pause of another ${retryAfterMs} ms, more than ` +
      `maxRetryAfterMs or the deadline allow.${adviceOn(outcome)}`,
    { ...withoutAnswer("Rate limit exceeded"), status: 429, retryAfterMs, attempts, outcome },
  );
}
