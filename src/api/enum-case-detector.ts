import type { CallContext } from "../transport/call-context.ts";
import type { Clock } from "../util/clock.ts";
import { Notifier } from "../util/notifier.ts";

/** How a server spells enum values: `read-only` (alpha) or `READ_ONLY` (since 2026-07-17). */
export type EnumCase = "lower" | "upper";

/** After a rejection, the known enum case is checked against the other one at most once within this time. */
const TRY_AGAIN_MS = 60_000;

/** Learns a server's dialect from its responses and from the requests that it accepts. The latest evidence counts. */
export class EnumCaseDetector {
  /** Whether an option sets the enum case, so that the other one is never tried. */
  readonly isFixed: boolean;
  readonly #clock: Clock;
  #known: EnumCase | undefined;
  #takesIsDeveloper: boolean | undefined;
  #clearsWithNull: boolean | undefined;
  /** The number of probing requests in flight, and of those that ended without a result. */
  #trying = 0;
  #fruitless = 0;
  /** How many times something was learned. */
  #learned = 0;
  #triedAnewAt = -Infinity;
  readonly #news = new Notifier();

  constructor(clock: Clock, setting: EnumCase | "auto") {
    this.#clock = clock;
    this.isFixed = setting !== "auto";
    this.#known = setting === "auto" ? undefined : setting;
  }

  get known(): EnumCase | undefined {
    return this.#known;
  }

  /** Whether a request to create a user may have `is_developer`. */
  get takesIsDeveloper(): boolean | undefined {
    return this.#takesIsDeveloper;
  }

  /** Whether null clears the description of an organization; otherwise an empty string does. */
  get clearsWithNull(): boolean | undefined {
    return this.#clearsWithNull;
  }

  get isTrying(): boolean {
    return this.#trying > 0;
  }

  learn(spelling: EnumCase): void {
    if (this.isFixed || this.#known === spelling) return;
    this.#known = spelling;
    this.#notify();
  }

  learnIsDeveloper(takes: boolean): void {
    if (this.#takesIsDeveloper === takes) return;
    this.#takesIsDeveloper = takes;
    this.#notify();
  }

  learnClearing(withNull: boolean): void {
    if (this.#clearsWithNull === withNull) return;
    this.#clearsWithNull = withNull;
    this.#notify();
  }

  #notify(): void {
    this.#learned += 1;
    this.#news.notify();
  }

  /** Learns from an enum value of a response. */
  learnFrom(value: string): void {
    const lower = value.toLowerCase();
    if (value !== lower) this.learn("upper");
    else if (value !== value.toUpperCase()) this.learn("lower");
  }

  /**
   * Waits while a probing request is in flight: until something is learned, that request has ended, or `until`, since it may hang.
   * Rejects when the call's signal is aborted. Returns true if no probing request has ended without a result and there is time
   * left: the caller may then wait for the next one.
   */
  async wait({ signal }: CallContext, until: number): Promise<boolean> {
    const [learned, fruitless] = [this.#learned, this.#fruitless];
    const goesOn = () => this.#fruitless === fruitless && this.#clock.now() < until;
    while (goesOn() && this.#learned === learned && this.isTrying) {
      await this.#news.wait(this.#clock, signal, until - this.#clock.now());
    }
    return goesOn();
  }

  /** Runs a probing request, while others wait for its result. */
  async try<Result>(request: () => Promise<Result>): Promise<Result> {
    const learned = this.#learned;
    this.#trying += 1;
    try {
      return await request();
    } finally {
      this.#trying -= 1;
      if (this.#learned === learned) this.#fruitless += 1;
      this.#news.notify();
    }
  }

  /** Returns whether another form may be tried now, after the known one was rejected; the caller must then try it. */
  startAnew(): boolean {
    const now = this.#clock.now();
    if (now - this.#triedAnewAt < TRY_AGAIN_MS) return false;
    this.#triedAnewAt = now;
    return true;
  }
}
