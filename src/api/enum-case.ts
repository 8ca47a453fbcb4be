import { BadRequestError, ConflictError, TimeoutError, UnprocessableEntityError } from "../errors/errors.ts";
import { timeLeft } from "../transport/call-context.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import type { ApiCall } from "./client-context.ts";
import type { EnumCase } from "./enum-case-detector.ts";
import type { RequestForms } from "./request.ts";

export const otherCase = (spelling: EnumCase): EnumCase => (spelling === "lower" ? "upper" : "lower");

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
  return tryBothForms(call, forms, (form, call) =>
    sendAndLearn(call, form, send, () =>
      call.client.enumCase.learn(form === forms.upper ? "upper" : "lower"),
    ),
  );
}

/** Sends a form, and learns from it where the server takes it. */
export async function sendAndLearn<T>(
  call: ApiCall,
  form: T,
  send: Send<T>,
  learn: () => void,
): Promise<CallResult> {
  try {
    const result = await send(form, call);
    learn();
    return result;
  } catch (error) {
    // Of a form that follows one that was rejected as malformed, a conflict shows that it is not.
    if (call.earlierOutcome && error instanceof ConflictError) learn();
    throw error;
  }
}

/** Sends one of two forms of a request, by the server's spelling; where that is not known or is rejected, the second after the first. */
export async function tryBothForms<T>(
  call: ApiCall,
  forms: Readonly<Record<EnumCase, T>>,
  send: Send<T>,
): Promise<CallResult> {
  const { enumCase } = call.client;
  let sent: EnumCase = "lower";
  return sendAsKnown(call, () => enumCase.known, {
    first: (call) => {
      sent = enumCase.known ?? "lower";
      return send(forms[sent], call);
    },
    second: (call) => send(forms[otherCase(sent)], call),
  });
}

/** Sends one form of a request; the call context holds the outcome of an earlier form. */
export type Send<T> = (form: T, call: ApiCall) => Promise<CallResult>;

/** A request in the form that what is known asks for, and what to send where that is rejected as malformed. */
interface Forms {
  first(call: ApiCall): Promise<CallResult>;
  second(call: ApiCall, rejection: Rejection): Promise<CallResult | undefined>;
}

/**
 * Sends a request whose form depends on what is `known` of the server. As long as it is undefined, one call finds it out and
 * the others wait for it, no longer than their own `timeoutMs`.
 */
export async function sendAsKnown(
  call: ApiCall,
  known: () => string | undefined,
  { first, second }: Forms,
): Promise<CallResult> {
  const { clock, enumCase } = call.client;
  const endOfWait = () => clock.now() + Math.min(call.timeoutMs, timeLeft(call));
  let until = endOfWait();
  while (known() === undefined && enumCase.isTrying && (await enumCase.wait(call, until)));
  // Without a moment in between, in which another call might begin to try as well.
  const before = known();
  if (before === undefined) return enumCase.try(() => orElse(call, first, second));
  return orElse(call, first, async (again, rejection) => {
    // Others whose request was rejected may be trying it already, or have learned it by now.
    until = endOfWait();
    while (known() === before && enumCase.isTrying && (await enumCase.wait(call, until)));
    if (known() !== before) return first(again);
    return enumCase.startAnew() ? enumCase.try(() => second(again, rejection)) : undefined;
  });
}

/**
 * The second, where the first is rejected as malformed; if that is as well, or there is none or no time for it any more, the
 * first rejection is the error. The second is told the outcome of the first, and counts it in.
 */
export async function orElse(
  call: ApiCall,
  first: Forms["first"],
  second: Forms["second"],
): Promise<CallResult> {
  try {
    return await first(call);
  } catch (rejection) {
    if (!isMalformed(rejection)) throw rejection;
    const settled = await second({ ...call, earlierOutcome: rejection.outcome }, rejection).catch(
      (error: unknown) => {
        if (isMalformed(error)) throw Object.assign(rejection, { outcome: error.outcome });
        throw wasUnsent(error, call) ? rejection : error;
      },
    );
    if (!settled) throw rejection;
    return settled;
  }
}

/** There was no time for it, or in a bulk call, which accounts for all that it has sent, an abort came first. */
const wasUnsent = (error: unknown, { signal, ignoreAbortOnceSent }: ApiCall): boolean =>
  (error instanceof TimeoutError && error.attempts === 0) ||
  (!!ignoreAbortOnceSent && error === signal?.reason);

/** A server's refusal of a request as malformed. */
export type Rejection = BadRequestError | UnprocessableEntityError;

const isMalformed = (error: unknown): error is Rejection =>
  error instanceof BadRequestError || error instanceof UnprocessableEntityError;
