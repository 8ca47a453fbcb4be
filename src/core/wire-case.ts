import type { Outcome } from "../error-types.ts";
import { BadRequestError, TimeoutError, UnprocessableEntityError } from "../errors.ts";
import { Bell } from "./bell.ts";
import type { Core } from "./core.ts";
import type { Settled } from "./repeat.ts";
import type { WireSchema } from "./schema.ts";
import { type Scope, timeLeft } from "./scope.ts";
import { toWire } from "./wire.ts";

/** How a server spells enum values: `read-only` (alpha) or `READ_ONLY` (since 2026-07-17). */
export type Spelling = "lower" | "upper";

/** How often a known spelling that is rejected is held against the other one, at most. */
const TRY_AGAIN_MS = 60_000;

const other = (spelling: Spelling): Spelling => (spelling === "lower" ? "upper" : "lower");

/** What is known of a server's spelling: what its responses, and what it takes, have shown last. */
export class WireCase {
  readonly #fixed: boolean;
  #known: Spelling | undefined;
  /** How many requests are under way that find it out, and how many have ended. */
  #trying = 0;
  #tried = 0;
  #triedAnewAt = -Infinity;
  readonly #news = new Bell();

  constructor(setting: Spelling | "auto") {
    this.#fixed = setting !== "auto";
    this.#known = setting === "auto" ? undefined : setting;
  }

  get known(): Spelling | undefined {
    return this.#known;
  }

  get isTrying(): boolean {
    return this.#trying > 0;
  }

  learn(spelling: Spelling): void {
    if (this.#fixed || this.#known === spelling) return;
    this.#known = spelling;
    this.#news.ring();
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
  async wait(core: Core, scope: Scope, known: Spelling | undefined): Promise<void> {
    const tried = this.#tried;
    const until = core.clock.now() + Math.min(scope.timeoutMs, timeLeft(core, scope));
    while (this.#known === known && this.isTrying && this.#tried === tried && core.clock.now() < until) {
      await this.#news.wait(core, scope, until - core.clock.now());
    }
  }

  /** Runs a request that finds it out, while others wait. */
  async try(request: () => Promise<Settled>): Promise<Settled> {
    this.#trying += 1;
    try {
      return await request();
    } finally {
      this.#trying -= 1;
      this.#tried += 1;
      this.#news.ring();
    }
  }

  /** Whether a known spelling that was rejected may be held against the other one now, which is then done. */
  startAnew(core: Core): boolean {
    const now = core.clock.now();
    if (this.#fixed || now - this.#triedAnewAt < TRY_AGAIN_MS) return false;
    this.#triedAnewAt = now;
    return true;
  }
}

/**
 * Sends what may hold enum values in the server's spelling. Where that is not known yet, it is sent as the spec
 * spells it and, if that is refused as malformed, once in the other; others wait for what comes of it.
 */
export async function inServersCase<T>(
  core: Core,
  scope: Scope,
  schema: WireSchema,
  given: T,
  send: Send<T>,
): Promise<Settled> {
  let holdsEnum = false;
  const spell = (value: string) => {
    holdsEnum = true;
    return value.toUpperCase().replaceAll("-", "_");
  };
  // It has the shape of what was given.
  const upper = toWire(schema, given, (key) => key, spell) as T;
  if (!holdsEnum) return send(given, scope);
  return inEither(core, scope, { lower: given, upper }, async (spelled, scope) => {
    const settled = await send(spelled, scope);
    core.wireCase.learn(spelled === upper ? "upper" : "lower");
    return settled;
  });
}

/** Sends one of two forms of a request, by the server's spelling; where that is not known or is rejected, the second after the first. */
export async function inEither<T>(
  core: Core,
  scope: Scope,
  forms: Readonly<Record<Spelling, T>>,
  send: Send<T>,
): Promise<Settled> {
  const { wireCase } = core;
  // Without a moment in between, in which another call might begin to try as well.
  if (!wireCase.known && wireCase.isTrying) await wireCase.wait(core, scope, undefined);
  const { known } = wireCase;
  const first = () => send(forms[known ?? "lower"], scope);
  const second = (before: Outcome) => send(forms[other(known ?? "lower")], { ...scope, before });
  if (!known) return wireCase.try(() => orElse(scope, first, second));
  return orElse(scope, first, async (before) => {
    // Others whose request was rejected may be trying it already, or have learned it by now.
    if (wireCase.isTrying) await wireCase.wait(core, scope, known);
    if (wireCase.known !== known) return second(before);
    return wireCase.startAnew(core) ? wireCase.try(() => second(before)) : undefined;
  });
}

/** Sends a form of a request, in a scope that knows what became of another one before it. */
export type Send<T> = (form: T, scope: Scope) => Promise<Settled>;

/**
 * The second, where the first is rejected as malformed; if that is as well, or there is none or no time for it any more, the
 * first rejection is the error. The second is told the outcome of the first, and counts it in.
 */
async function orElse(
  scope: Scope,
  first: () => Promise<Settled>,
  second: (before: Outcome) => Promise<Settled | undefined>,
): Promise<Settled> {
  try {
    return await first();
  } catch (rejection) {
    if (!isMalformed(rejection)) throw rejection;
    const settled = await second(rejection.outcome).catch((error: unknown) => {
      if (isMalformed(error)) throw Object.assign(rejection, { outcome: error.outcome });
      throw wasUnsent(error, scope) ? rejection : error;
    });
    if (!settled) throw rejection;
    return settled;
  }
}

/** There was no time for it, or in a bulk call, which accounts for all that it has sent, an abort came first. */
const wasUnsent = (error: unknown, { signal, finishSent }: Scope): boolean =>
  (error instanceof TimeoutError && error.attempts === 0) || (!!finishSent && error === signal?.reason);

const isMalformed = (error: unknown): error is BadRequestError | UnprocessableEntityError =>
  error instanceof BadRequestError || error instanceof UnprocessableEntityError;
