import type { CallContext } from "../transport/call-context.ts";
import type { Clock } from "../util/clock.ts";
import { Notifier } from "../util/notifier.ts";

/** How a server spells enum values: `read-only` (alpha) or `READ_ONLY` (since 2026-07-17). */
export type EnumCase = "lower" | "upper";

/** What is known of a server. */
export interface ServerFacts {
  enumCase: EnumCase | undefined;
  /** Whether a request to create a user may have `is_developer`. */
  takesIsDeveloper: boolean | undefined;
  /** Whether null clears the description of an organization; otherwise an empty string does. */
  clearsWithNull: boolean | undefined;
}

/** After a rejection, the known enum case is checked against the other one at most once within this time. */
const TRY_AGAIN_MS = 60_000;

/** Learns a server's dialect from its responses and from the requests that it accepts. The latest evidence counts. */
export class EnumCaseDetector {
  /** Whether an option sets the enum case, so that the other one is never tried. */
  readonly isFixed: boolean;
  readonly #clock: Clock;
  /** Replaced, never changed, when something is learned. */
  #facts: Readonly<ServerFacts>;
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
    const enumCase = setting === "auto" ? undefined : setting;
    this.#facts = { enumCase, takesIsDeveloper: undefined, clearsWithNull: undefined };
  }

  get facts(): Readonly<ServerFacts> {
    return this.#facts;
  }

  get known(): EnumCase | undefined {
    return this.#facts.enumCase;
  }

  get isTrying(): boolean {
    return this.#trying > 0;
  }

  learn(news: Partial<ServerFacts>): void {
    const facts = { ...this.#facts, ...news };
    if (this.isFixed) facts.enumCase = this.known;
    const names = Object.keys(facts) as (keyof ServerFacts)[];
    if (names.every((name) => facts[name] === this.#facts[name])) return;
    this.#facts = facts;
    this.#learned += 1;
    this.#news.notify();
  }

  /** Learns from an enum value of a response. */
  learnFrom(value: string): void {
    const lower = value.toLowerCase();
    if (value !== lower) this.learn({ enumCase: "upper" });
    else if (value !== value.toUpperCase()) this.learn({ enumCase: "lower" });
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
