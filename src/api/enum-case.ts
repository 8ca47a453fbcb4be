import { BadRequestError, TimeoutError, UnprocessableEntityError } from "../errors/errors.ts";
import type { Outcome } from "../errors/types.ts";
import { type CallContext, timeLeft } from "../transport/call-context.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import { Notifier } from "../util/notifier.ts";
import type { ClientContext } from "./client-context.ts";
import type { WireSchema } from "./schema.ts";
import { toWire } from "./wire.ts";

/** How a server spells enum values: `read-only` (alpha) or `READ_ONLY` (since 2026-07-17). */
export type EnumCase = "lower" | "upper";

/** How often a known spelling that is rejected is held against the other one, at most. */
const TRY_AGAIN_MS = 60_000;

const other = (spelling: EnumCase): EnumCase => (spelling === "lower" ? "upper" : "lower");

/** What is known of a server's spelling: what its responses, and what it takes, have shown last. */
export class EnumCaseDetector {
  readonly #fixed: boolean;
  #known: EnumCase | undefined;
  /** How many requests are under way that find it out, and how many have ended. */
  #trying = 0;
  #tried = 0;
  #triedAnewAt = -Infinity;
  readonly #news = new Notifier();

  constructor(setting: EnumCase | "auto") {
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
  async wait(context: ClientContext, callContext: CallContext, known: EnumCase | undefined): Promise<void> {
    const tried = this.#tried;
    const until = context.clock.now() + Math.min(callContext.timeoutMs, timeLeft(context, callContext));
    while (this.#known === known && this.isTrying && this.#tried === tried && context.clock.now() < until) {
      await this.#news.wait(context, callContext, until - context.clock.now());
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
  startAnew(context: ClientContext): boolean {
    const now = context.clock.now();
    if (this.#fixed || now - this.#triedAnewAt < TRY_AGAIN_MS) return false;
    this.#triedAnewAt = now;
    return true;
  }
}

/**
 * Sends what may hold enum values in the server's spelling. Where that is not known yet, it is sent as the spec
 * spells it and, if that is refused as malformed, once in the other; others wait for what comes of it.
 */
export async function withServerCase<T>(
  context: ClientContext,
  callContext: CallContext,
  schema: WireSchema,
  given: T,
  send: Send<T>,
): Promise<CallResult> {
  let holdsEnum = false;
  const spell = (value: string) => {
    holdsEnum = true;
    return value.toUpperCase().replaceAll("-", "_");
  };
  // It has the shape of what was given.
  const upper = toWire(schema, given, (key) => key, spell) as T;
  if (!holdsEnum) return send(given, callContext);
  return tryBothForms(context, callContext, { lower: given, upper }, async (spelled, callContext) => {
    const settled = await send(spelled, callContext);
    context.enumCase.learn(spelled === upper ? "upper" : "lower");
    return settled;
  });
}

/** Sends one of two forms of a request, by the server's spelling; where that is not known or is rejected, the second after the first. */
export async function tryBothForms<T>(
  context: ClientContext,
  callContext: CallContext,
  forms: Readonly<Record<EnumCase, T>>,
  send: Send<T>,
): Promise<CallResult> {
  const { enumCase } = context;
  // Without a moment in between, in which another call might begin to try as well.
  if (!enumCase.known && enumCase.isTrying) await enumCase.wait(context, callContext, undefined);
  const { known } = enumCase;
  const first = () => send(forms[known ?? "lower"], callContext);
  const second = (earlierOutcome: Outcome) =>
    send(forms[other(known ?? "lower")], { ...callContext, earlierOutcome });
  if (!known) return enumCase.try(() => orElse(callContext, first, second));
  return orElse(callContext, first, async (before) => {
    // Others whose request was rejected may be trying it already, or have learned it by now.
    if (enumCase.isTrying) await enumCase.wait(context, callContext, known);
    if (enumCase.known !== known) return second(before);
    return enumCase.startAnew(context) ? enumCase.try(() => second(before)) : undefined;
  });
}

/** Sends a form of a request, in a scope that knows what became of another one before it. */
export type Send<T> = (form: T, callContext: CallContext) => Promise<CallResult>;

/**
 * The second, where the first is rejected as malformed; if that is as well, or there is none or no time for it any more, the
 * first rejection is the error. The second is told the outcome of the first, and counts it in.
 */
async function orElse(
  callContext: CallContext,
  first: () => Promise<CallResult>,
  second: (before: Outcome) => Promise<CallResult | undefined>,
): Promise<CallResult> {
  try {
    return await first();
  } catch (rejection) {
    if (!isMalformed(rejection)) throw rejection;
    const settled = await second(rejection.outcome).catch((error: unknown) => {
      if (isMalformed(error)) throw Object.assign(rejection, { outcome: error.outcome });
      throw wasUnsent(error, callContext) ? rejection : error;
    });
    if (!settled) throw rejection;
    return settled;
  }
}

/** There was no time for it, or in a bulk call, which accounts for all that it has sent, an abort came first. */
const wasUnsent = (error: unknown, { signal, ignoreAbortOnceSent }: CallContext): boolean =>
  (error instanceof TimeoutError && error.attempts === 0) ||
  (!!ignoreAbortOnceSent && error === signal?.reason);

const isMalformed = (error: unknown): error is BadRequestError | UnprocessableEntityError =>
  error instanceof BadRequestError || error instanceof UnprocessableEntityError;
