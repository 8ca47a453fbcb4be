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

/** What is known of a server's spelling: what its answers, and what it takes, have shown last. */
export class WireCase {
  readonly #fixed: boolean;
  #known: Spelling | undefined;
  /** Whether a request is under way that finds it out. */
  trying = false;
  readonly #news = new Bell();

  constructor(setting: Spelling | "auto") {
    this.#fixed = setting !== "auto";
    this.#known = setting === "auto" ? undefined : setting;
  }

  get known(): Spelling | undefined {
    return this.#known;
  }

  learn(spelling: Spelling): void {
    if (this.#fixed || this.#known === spelling) return;
    this.#known = spelling;
    this.#news.ring();
  }

  /** Learns from an enum value of an answer. */
  learnFrom(value: string): void {
    const lower = value.toLowerCase();
    if (value !== lower) this.learn("upper");
    else if (value !== value.toUpperCase()) this.learn("lower");
  }

  /** Waits until it is known, or nobody is finding it out any more; ends with the call's signal and time, too. */
  async wait(core: Core, scope: Scope): Promise<void> {
    await this.#news.wait(core, scope, timeLeft(core, scope));
  }

  /** Runs the request that finds it out, while others wait. */
  async try(request: () => Promise<Settled>): Promise<Settled> {
    this.trying = true;
    try {
      return await request();
    } finally {
      this.trying = false;
      this.#news.ring();
    }
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

/** Sends one of two forms of a request, by the server's spelling, or where that is not known, the second after the first. */
export async function inEither<T>(
  core: Core,
  scope: Scope,
  forms: Readonly<Record<Spelling, T>>,
  send: Send<T>,
): Promise<Settled> {
  const { wireCase } = core;
  while (!wireCase.known && wireCase.trying && timeLeft(core, scope) > 0) await wireCase.wait(core, scope);
  if (wireCase.known) return send(forms[wireCase.known], scope);
  return wireCase.try(() =>
    orElse(
      scope,
      () => send(forms.lower, scope),
      (before) => send(forms.upper, { ...scope, before }),
    ),
  );
}

/** Sends a form of a request, in a scope that knows what became of another one before it. */
export type Send<T> = (form: T, scope: Scope) => Promise<Settled>;

/**
 * The second, where the first is refused as malformed; if that is as well, or there is no time for it any more, the
 * first refusal is the error. The second is told the outcome of the first, and counts it in.
 */
async function orElse(
  scope: Scope,
  first: () => Promise<Settled>,
  second: (before: Outcome) => Promise<Settled>,
): Promise<Settled> {
  try {
    return await first();
  } catch (refusal) {
    if (!isMalformed(refusal)) throw refusal;
    return second(refusal.outcome).catch((error: unknown) => {
      if (isMalformed(error)) throw Object.assign(refusal, { outcome: error.outcome });
      throw wasUnsent(error, scope) ? refusal : error;
    });
  }
}

/** There was no time for it, or in a bulk call, which accounts for all that it has sent, an abort came first. */
const wasUnsent = (error: unknown, { signal, finishSent }: Scope): boolean =>
  (error instanceof TimeoutError && error.attempts === 0) || (!!finishSent && error === signal?.reason);

const isMalformed = (error: unknown): error is BadRequestError | UnprocessableEntityError =>
  error instanceof BadRequestError || error instanceof UnprocessableEntityError;
