import { BadRequestError, TimeoutError, UnprocessableEntityError } from "../errors/errors.ts";
import type { Outcome } from "../errors/types.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import type { ApiCall } from "./client-context.ts";
import type { EnumCase } from "./enum-case-detector.ts";
import type { RequestForms } from "./request.ts";

const other = (spelling: EnumCase): EnumCase => (spelling === "lower" ? "upper" : "lower");

/**
 * Sends a request that may hold enum values in the server's spelling. Where that is not known yet, it is sent as the spec
 * spells it and, if that is rejected as malformed, once in the other spelling; other calls wait for the result.
 */
export async function withServerCase<T>(
  call: ApiCall,
  forms: RequestForms<T>,
  send: Send<T>,
): Promise<CallResult> {
  if (forms.lower === forms.upper) return send(forms.lower, call);
  return tryBothForms(call, forms, async (form, call) => {
    const result = await send(form, call);
    call.client.enumCase.learn(form === forms.upper ? "upper" : "lower");
    return result;
  });
}

/** Sends one of two forms of a request, by the server's spelling; where that is not known or is rejected, the second after the first. */
export async function tryBothForms<T>(
  call: ApiCall,
  forms: Readonly<Record<EnumCase, T>>,
  send: Send<T>,
): Promise<CallResult> {
  const { enumCase } = call.client;
  // Without a moment in between, in which another call might begin to try as well.
  if (!enumCase.known && enumCase.isTrying) await enumCase.wait(call, undefined);
  const { known } = enumCase;
  const first = () => send(forms[known ?? "lower"], call);
  const second = (earlierOutcome: Outcome) =>
    send(forms[other(known ?? "lower")], { ...call, earlierOutcome });
  if (!known) return enumCase.try(() => orElse(call, first, second));
  return orElse(call, first, async (before) => {
    // Others whose request was rejected may be trying it already, or have learned it by now.
    if (enumCase.isTrying) await enumCase.wait(call, known);
    if (enumCase.known !== known) return second(before);
    return enumCase.startAnew() ? enumCase.try(() => second(before)) : undefined;
  });
}

/** Sends one form of a request; the call context holds the outcome of an earlier form. */
export type Send<T> = (form: T, call: ApiCall) => Promise<CallResult>;

/**
 * The second, where the first is rejected as malformed; if that is as well, or there is none or no time for it any more, the
 * first rejection is the error. The second is told the outcome of the first, and counts it in.
 */
async function orElse(
  call: ApiCall,
  first: () => Promise<CallResult>,
  second: (before: Outcome) => Promise<CallResult | undefined>,
): Promise<CallResult> {
  try {
    return await first();
  } catch (rejection) {
    if (!isMalformed(rejection)) throw rejection;
    const settled = await second(rejection.outcome).catch((error: unknown) => {
      if (isMalformed(error)) throw Object.assign(rejection, { outcome: error.outcome });
      throw wasUnsent(error, call) ? rejection : error;
    });
    if (!settled) throw rejection;
    return settled;
  }
}

/** There was no time for it, or in a bulk call, which accounts for all that it has sent, an abort came first. */
const wasUnsent = (error: unknown, { signal, ignoreAbortOnceSent }: ApiCall): boolean =>
  (error instanceof TimeoutError && error.attempts === 0) ||
  (!!ignoreAbortOnceSent && error === signal?.reason);

const isMalformed = (error: unknown): error is BadRequestError | UnprocessableEntityError =>
  error instanceof BadRequestError || error instanceof UnprocessableEntityError;
