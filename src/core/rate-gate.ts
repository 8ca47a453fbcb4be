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

/** A pause that grows by less is noticed soon enough by those who wait, when the time that they know of has come. */
const NOTABLE_MS = 1_000;

/**
 * What all requests of a client pass. A 429 closes it until the time that the server named, or for as long as any call
 * may wait. Then it opens gently: one request at first, and with each response that is no 429 twice as many, so that a
 * server that has just recovered is not overrun by everybody who waited.
 */
export class RateGate {
  #closedUntil = -Infinity;
  /** What the server asked for, which may be later than it is closed for. */
  #askedUntil = -Infinity;
  #width = Infinity;
  #inside = 0;
  #pauses = 0;
  /** What everybody who waits knows of `#closedUntil`. */
  #toldUntil = -Infinity;
  readonly #news = new Bell();

  /**
   * Waits until a request may be sent, and gives what leave() wants back. Behind others it waits no longer than its own
   * `timeoutMs`: theirs may hang.
   *
   * @throws {RateLimitError} at once where the server asked for more than `maxRetryAfterMs` or the call's deadline allow.
   * @throws the signal's own reason.
   */
  async enter(core: Core, scope: Scope, request: HttpRequest, told: Told): Promise<number> {
    try {
      await this.#waitForTurn(core, scope, request, told);
    } catch (error) {
      // It may have been woken for a place that it does not take.
      this.#wake(core);
      throw error;
    }
    return this.#pauses;
  }

  async #waitForTurn(core: Core, scope: Scope, request: HttpRequest, told: Told): Promise<void> {
    for (let pauses: number | undefined, queuedUntil = Infinity; ; ) {
      if (scope.signal?.aborted) throw scope.signal.reason;
      if (!this.isOpen(core)) {
        await this.#passPause(core, scope, request, told);
        continue;
      }
      if (pauses !== this.#pauses) queuedUntil = core.clock.now() + scope.timeoutMs;
      pauses = this.#pauses;
      const leftMs = Math.min(timeLeft(core, scope), queuedUntil - core.clock.now());
      // Where the time is up, the caller ends the call; a bulk call is gentle by itself, as it keeps to a pace.
      if (this.#inside < this.#width || scope.flow || leftMs <= 0) {
        // At once, since others look before whoever awaits this goes on.
        this.#inside += 1;
        return;
      }
      // It is the leaving of others that wakes.
      await this.#news.wait(core, scope, leftMs);
    }
  }

  /** As many as there are places for. While it is closed, all who wait have a timer for its end. */
  #wake(core: Core): void {
    if (this.isOpen(core)) this.#news.ring(this.#width - this.#inside);
  }

  async #passPause(core: Core, scope: Scope, request: HttpRequest, told: Told): Promise<void> {
    if (await this.waitForPause(core, scope)) return;
    throw tooLong(request, this.#askedUntil - core.clock.now(), told);
  }

  /**
   * Waits for the end of a pause, or until it changes; false at once where the server asked for more than the call may
   * wait.
   *
   * @throws the signal's own reason.
   */
  async waitForPause(core: Core, scope: Scope): Promise<boolean> {
    const now = core.clock.now();
    const askedMs = this.#askedUntil - now;
    if (askedMs > scope.maxRetryAfterMs || askedMs > timeLeft(core, scope)) return false;
    await this.#news.wait(core, scope, this.#closedUntil - now);
    return true;
  }

  /** Whether whoever has just come in may go on: there is a moment between that and sending. */
  isOpen(core: Core): boolean {
    return this.#closedUntil <= core.clock.now();
  }

  /** Must follow each enter(). `welcome`: the server gave a response, and none that asks for a pause. */
  leave(core: Core, entered: number, welcome: boolean): void {
    this.#inside -= 1;
    // What was let in before the last pause says nothing of how the server is after it.
    if (welcome && entered === this.#pauses) {
      this.#width *= 2;
      if (this.#width >= WIDE_OPEN) this.#width = Infinity;
    }
    this.#wake(core);
  }

  /** A request that was to find out how the server is after a pause got no response: nobody has to wait for more of them. */
  giveUp(entered: number): void {
    if (entered === this.#pauses) this.#width = Infinity;
  }

  /** Nobody enters for so long, or longer where it was closed for longer already, but never for more than `mostMs`. */
  close(core: Core, forMs: number, mostMs: number): void {
    const now = core.clock.now();
    const wasOpen = this.isOpen(core);
    // A pause that was cut short is over, and the server may have changed its mind since.
    this.#askedUntil = Math.max(wasOpen ? now : this.#askedUntil, now + forMs);
    this.#closedUntil = Math.max(this.#closedUntil, now + Math.min(forMs, mostMs));
    this.#width = 1;
    this.#pauses += 1;
    // Whoever waits has to look again how long that is now; not for each of many 429s that come at once.
    if (!wasOpen && this.#closedUntil < this.#toldUntil + NOTABLE_MS) return;
    this.#toldUntil = this.#closedUntil;
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
