import type { CallContext } from "../transport/call-context.ts";
import { timeLeft } from "../transport/call-context.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import type { Clock } from "../util/clock.ts";
import { Notifier } from "../util/notifier.ts";

/** How a server spells enum values: `read-only` (alpha) or `READ_ONLY` (since 2026-07-17). */
export type EnumCase = "lower" | "upper";

/** How often a known spelling that is rejected is held against the other one, at most. */
const TRY_AGAIN_MS = 60_000;

/** What is known of a server's spelling: what its responses, and what it takes, have shown last. */
export class EnumCaseDetector {
  readonly #clock: Clock;
  readonly #fixed: boolean;
  #known: EnumCase | undefined;
  /** How many requests are under way that find it out, and how many have ended. */
  #trying = 0;
  #tried = 0;
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

  get isTrying(): boolean {
    return this.#trying > 0;
  }

  learn(spelling: EnumCase): void {
    if (this.#fixed || this.#known === spelling) return;
    this.#known = spelling;
    this.#news.notify();
  }

  /** Learns from an enum value of a response. */
  learnFrom(value: string): void {
    const lower = value.toLowerCase();
    if (value !== lower) this.learn("upper");
    else if (value !== value.toUpperCase()) this.learn("lower");
  }

  /**
   * Waits while a request is under way that finds out more than `known`, until one has ended, whatever came of it, and no
   * longer than the call's own `timeoutMs`: it may hang. Ends with the call's signal and deadline, too.
   */
  async wait(call: CallContext, known: EnumCase | undefined): Promise<void> {
    const tried = this.#tried;
    const until = this.#clock.now() + Math.min(call.timeoutMs, timeLeft(call));
    while (this.#known === known && this.isTrying && this.#tried === tried && this.#clock.now() < until) {
      await this.#news.wait(this.#clock, call.signal, until - this.#clock.now());
    }
  }

  /** Runs a request that finds it out, while others wait. */
  async try(request: () => Promise<CallResult>): Promise<CallResult> {
    this.#trying += 1;
    try {
      return await request();
    } finally {
      this.#trying -= 1;
      this.#tried += 1;
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
