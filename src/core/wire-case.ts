import type { Outcome } from "../error-types.ts";
import { BadRequestError, TimeoutError, UnprocessableEntityError } from "../errors.ts";
import type { Core } from "./core.ts";
import type { Settled } from "./repeat.ts";
import type { WireSchema } from "./schema.ts";
import { type Scope, timeLeft } from "./scope.ts";
import { sleep } from "./sleep.ts";
import { toWire } from "./wire.ts";

/** How a server spells enum values: `read-only` (alpha) or `READ_ONLY` (since 2026-07-17). */
export type Spelling = "lower" | "upper";

/** What is known of a server's spelling: what its answers, and what it takes, have shown last. */
export class WireCase {
  readonly #fixed: boolean;
  #known: Spelling | undefined;
  /** The first request with an enum value, as long as it is not known whether its spelling was right. */
  trial: Promise<unknown> | undefined;

  constructor(setting: Spelling | "auto") {
    this.#fixed = setting !== "auto";
    this.#known = setting === "auto" ? undefined : setting;
  }

  get known(): Spelling | undefined {
    return this.#known;
  }

  learn(spelling: Spelling): void {
    if (!this.#fixed) this.#known = spelling;
  }

  /** Learns from an enum value of an answer. */
  learnFrom(value: string): void {
    const lower = value.toLowerCase();
    if (lower !== value.toUpperCase()) this.learn(value === lower ? "lower" : "upper");
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
  send: (spelled: T, before?: Outcome) => Promise<Settled>,
): Promise<Settled> {
  const { wireCase } = core;
  let holdsEnum = false;
  const spell = (value: string) => {
    holdsEnum = true;
    return value.toUpperCase().replaceAll("-", "_");
  };
  // It has the shape of what was given.
  const upper = toWire(schema, given, (key) => key, spell) as T;
  if (!holdsEnum) return send(given);
  while (!wireCase.known && wireCase.trial && timeLeft(core, scope) > 0) {
    await sleep(core, scope, timeLeft(core, scope), (end) => wireCase.trial?.then(end, end));
  }
  if (wireCase.known) return send(wireCase.known === "upper" ? upper : given);
  const sendAs = async (spelled: T, spelling: Spelling, before?: Outcome) => {
    const settled = await send(spelled, before);
    wireCase.learn(spelling);
    return settled;
  };
  const trial = orElse(
    scope,
    () => sendAs(given, "lower"),
    (before) => sendAs(upper, "upper", before),
  );
  wireCase.trial = trial.finally(() => {
    wireCase.trial = undefined;
  });
  wireCase.trial.catch(() => {});
  return trial;
}

/**
 * The second, where the first is refused as malformed; if that is as well, or there is no time for it any more, the
 * first refusal is the error. The second is told the outcome of the first, and counts it in.
 */
export async function orElse(
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
