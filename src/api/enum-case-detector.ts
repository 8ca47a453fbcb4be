import type { CallContext } from "../transport/call-context.ts";
import type { Clock } from "../util/clock.ts";
import { Notifier } from "../util/notifier.ts";

/** How a server spells enum values: `read-only` (alpha) or `READ_ONLY` (since 2026-07-17). */
export type EnumCase = "lower" | "upper";

/** How often a known spelling that is rejected is held against the other one, at most. */
const TRY_AGAIN_MS = 60_000;

/** What is known of a server's dialect: what its responses, and what it takes, have shown last. */
export class EnumCaseDetector {
  readonly #clock: Clock;
  readonly #fixed: boolean;
  #known: EnumCase | undefined;
  #takesIsDeveloper: boolean | undefined;
  /** How many requests are under way that find something out, and how many have ended without. */
  #trying = 0;
  #fruitless = 0;
  /** How often something was learned. */
  #learned = 0;
  #triedAnewAt = -Infinity;
  readonly #news = new Notifier();

  constructor(clock: Clock, setting: EnumCase | "auto") {
    this.#clock = clock;
    this.#fixed = setting !== "auto";
    this.#known = setting === "auto" ? undefined : setting;
  }

  get known(): EnumCase | undefined {
    return this.#known;
  }

  /** Whether a request to create a user may have `is_developer`. */
  get takesIsDeveloper(): boolean | undefined {
    return this.#takesIsDeveloper;
  }

  get isTrying(): boolean {
    return this.#trying > 0;
  }

  learn(spelling: EnumCase): void {
    if (this.#fixed || this.#known === spelling) return;
    this.#known = spelling;
    this.#learned += 1;
    this.#news.notify();
  }

  learnIsDeveloper(takes: boolean): void {
    if (this.#takesIsDeveloper === takes) return;
    this.#takesIsDeveloper = takes;
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
   * Waits while a request is under way that finds something out, until something was learned or that request has ended, and
   * no longer than `until`: it may hang. Ends with the call's signal, too. Returns whether to wait for the next one: none
   * ended without having found something out, and there is time.
   */
  async wait({ signal }: CallContext, until: number): Promise<boolean> {
    const [learned, fruitless] = [this.#learned, this.#fruitless];
    const goesOn = () => this.#fruitless === fruitless && this.#clock.now() < until;
    while (goesOn() && this.#learned === learned && this.isTrying) {
      await this.#news.wait(this.#clock, signal, until - this.#clock.now());
    }
    return goesOn();
  }

  /** Runs a request that finds something out, while others wait. */
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

  /** Whether a known spelling that was rejected may be held against the other one now, which is then done. */
  startAnew(): boolean {
    const now = this.#clock.now();
    if (this.#fixed || now - this.#triedAnewAt < TRY_AGAIN_MS) return false;
    this.#triedAnewAt = now;
    return true;
  }
}
