import { ArizeError, BadRequestError, ConflictError, UnprocessableEntityError } from "../errors/errors.ts";
import { timeLeft } from "../transport/call-context.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import type { ApiCall } from "./client-context.ts";
import type { EnumCase, ServerFacts } from "./enum-case-detector.ts";
import type { RequestForms } from "./request.ts";

export const otherCase = (spelling: EnumCase): EnumCase => (spelling === "lower" ? "upper" : "lower");

/**
 * Sends a request that may contain enum values, in the server's enum case. If that is not known yet, the request is sent as the
 * spec spells it and, if it is rejected as malformed, once in the other case; other calls wait for the result.
 */
export async function withServerCase<T>(
  call: ApiCall,
  forms: RequestForms<T>,
  send: Send<T>,
): Promise<CallResult> {
  const { enumCase: server } = call.client;
  if (forms.lower === forms.upper) return send(forms.lower, call);
  const sendForm = (call: ApiCall, spelling: EnumCase) =>
    sendAndLearn(call, forms[spelling], send, { enumCase: spelling });
  if (server.isFixed) return sendForm(call, server.known ?? "lower");
  return sendAsKnown(call, ["enumCase"], {
    first: (call, { enumCase = "lower" }) => sendForm(call, enumCase),
    second: (call, { enumCase = "lower" }) => sendForm(call, otherCase(enumCase)),
  });
}

/** Sends one form of a request. If the server accepts it, the client learns `facts` about the server. */
export async function sendAndLearn<T>(
  call: ApiCall,
  form: T,
  send: Send<T>,
  facts: Partial<ServerFacts>,
): Promise<CallResult> {
  const { enumCase } = call.client;
  try {
    const result = await send(form, call);
    enumCase.learn(facts);
    return result;
  } catch (error) {
    // An earlier form was rejected as malformed. A conflict shows that this one is not.
    if (call.earlierOutcome && error instanceof ConflictError) enumCase.learn(facts);
    throw error;
  }
}

/** Sends one form of a request; the call context holds the outcome of an earlier form. */
export type Send<T> = (form: T, call: ApiCall) => Promise<CallResult>;

/** `first` sends the form that suits what is known; `second` is called with the same facts if that is rejected as malformed. */
interface Forms {
  first(call: ApiCall, facts: ServerFacts): Promise<CallResult>;
  second(call: ApiCall, facts: ServerFacts, rejection: Rejection): Promise<CallResult | undefined>;
}

/**
 * Sends a request whose form depends on facts about the server. Until all of them are known, one call probes the server and the
 * others wait for it, but no longer than their own `timeoutMs`.
 */
export async function sendAsKnown(
  call: ApiCall,
  names: readonly (keyof ServerFacts)[],
  { first, second }: Forms,
): Promise<CallResult> {
  const { clock, enumCase } = call.client;
  let facts = enumCase.facts;
  const sendFirst = (call: ApiCall) => {
    facts = enumCase.facts;
    return first(call, facts);
  };
  const sendSecond = (call: ApiCall, rejection: Rejection) => second(call, facts, rejection);
  const known = () => {
    const values = names.map((name) => enumCase.facts[name]);
    return values.includes(undefined) ? undefined : values.join();
  };
  const endOfWait = () => clock.now() + Math.min(call.timeoutMs, timeLeft(call));
  let until = endOfWait();
  while (known() === undefined && enumCase.isTrying && (await enumCase.wait(call, until)));
  // No `await` between this check and `try`, so that no other call can start to probe.
  const before = known();
  if (before === undefined) return enumCase.try(() => orElse(call, sendFirst, sendSecond));
  return orElse(call, sendFirst, async (again, rejection) => {
    // Another rejected call may be probing already, or may have learned the answer by now.
    until = endOfWait();
    while (known() === before && enumCase.isTrying && (await enumCase.wait(call, until)));
    if (known() !== before) return sendFirst(again);
    return enumCase.startAnew() ? enumCase.try(() => sendSecond(again, rejection)) : undefined;
  });
}

/**
 * Runs `second` if `first` is rejected as malformed. The first rejection is the error if `second` is rejected as malformed too,
 * sends nothing, or has no time left. `second` receives the outcome of `first`, which counts towards its own.
 */
export async function orElse(
  call: ApiCall,
  first: (call: ApiCall) => Promise<CallResult>,
  second: (call: ApiCall, rejection: Rejection) => Promise<CallResult | undefined>,
): Promise<CallResult> {
  try {
    return await first(call);
  } catch (rejection) {
    if (!isMalformed(rejection, call)) throw rejection;
    const settled = await second({ ...call, earlierOutcome: rejection.outcome }, rejection).catch(
      (error: unknown) => {
        if (isMalformed(error, call)) throw Object.assign(rejection, { outcome: error.outcome });
        throw wasUnsent(error, call) ? rejection : error;
      },
    );
    if (!settled) throw rejection;
    return settled;
  }
}

/**
 * Whether nothing was sent: there was no time, no key or too long a pause, or in a bulk call (which returns a result for what it
 * has sent) it was aborted.
 */
const wasUnsent = (error: unknown, { signal, ignoreAbortOnceSent }: ApiCall): boolean =>
  Object.is(error, signal?.reason)
    ? !!ignoreAbortOnceSent
    : error instanceof ArizeError && "attempts" in error && error.attempts === 0;

/** The server rejected a request as malformed. */
export type Rejection = BadRequestError | UnprocessableEntityError;

/** The reason of an abort may be the error of another call. */
const isMalformed = (error: unknown, { signal }: ApiCall): error is Rejection =>
  error !== signal?.reason && (error instanceof BadRequestError || error instanceof UnprocessableEntityError);
