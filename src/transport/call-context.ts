import type { ResponseInfo } from "../config/client-events.ts";
import type { CallSettings } from "../config/request-options.ts";
import type { Outcome } from "../errors/types.ts";
import type { AdaptiveLimiter } from "../throttle/adaptive-limiter.ts";
import { onAbort } from "../util/on-abort.ts";
import type { TransportContext } from "./transport-context.ts";

/** What holds for one call of a public method and all requests it is made of. */
export interface CallContext<Client extends TransportContext = TransportContext> {
  readonly client: Client;
  /** Counts the calls of the process. */
  readonly number: number;
  /** The method's name, as errors name it. */
  readonly method: string;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** On the scale of the clock's `now()`; Infinity where there is none. */
  readonly deadlineAt: number;
  readonly deadlineMs: number;
  readonly maxRetries: number;
  readonly maxRetryAfterMs: number;
  /** By lower-case name: those of the client and of the call. */
  readonly headers: Readonly<Record<string, string>>;
  readonly onResponse?: (response: ResponseInfo) => void;
  /** Lets a request that is sent come to its end, whatever the signal and the deadline say; waits still end. */
  readonly ignoreAbortOnceSent?: boolean;
  /** The outcome of another form of the same request, which was sent before; counts for this one, too. */
  readonly earlierOutcome?: Outcome;
  /** What the requests of a bulk call share. */
  readonly limiter?: AdaptiveLimiter;
}

let calls = 0;

/** A number that no other call of the process has. */
export const nextCallNumber = (): number => ++calls;

/** `number`: of the call that this is a part of, if any. */
export function createCallContext<Client extends TransportContext>(
  client: Client,
  method: string,
  given?: CallSettings,
  number: number = nextCallNumber(),
): CallContext<Client> {
  const { headers, settings } = client;
  const { timeoutMs, deadlineMs, maxRetries, maxRetryAfterMs } = settings;
  const limits = { timeoutMs, deadlineMs, maxRetries, signal: undefined, ...given };
  return {
    client,
    number,
    method,
    ...limits,
    deadlineAt: client.clock.now() + limits.deadlineMs,
    maxRetryAfterMs,
    headers: given ? { ...headers, ...given.headers } : headers,
  };
}

/** The same scope with a signal of its own, which `end` aborts, and the caller's signal, too, until `end` was called. */
export function withOwnAbort<Call extends CallContext>(call: Call): { call: Call; end: () => void } {
  const controller = new AbortController();
  const { signal } = call;
  const abort = () => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  const release = onAbort(signal, abort);
  const end = () => {
    release();
    controller.abort();
  };
  return { call: { ...call, signal: controller.signal }, end };
}

/** What is left of the call's time, in milliseconds; 0 where it is up. */
export const timeLeft = ({ client, deadlineAt }: CallContext): number =>
  Math.max(0, deadlineAt - client.clock.now());
