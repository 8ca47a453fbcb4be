import type { OperationId } from "../../generated/operations.gen.ts";
import type { ResponseInfo } from "../config/client-events.ts";
import type { CallSettings } from "../config/request-options.ts";
import type { UnexpectedResponseError } from "../errors/errors.ts";
import { redactHeaders } from "../errors/redaction/redact.ts";
import type { CompleteResponse } from "../errors/response/problem.ts";
import type { Outcome } from "../errors/types.ts";
import type { AdaptiveLimiter } from "../throttle/adaptive-limiter.ts";
import { onAbort } from "../util/on-abort.ts";
import type { HttpRequest } from "./http/http-request.ts";
import type { RetrySafety } from "./retry-safety.ts";
import type { TransportContext } from "./transport-context.ts";

/** The context of one call of a public method, shared by all its requests. */
export interface CallContext<Client extends TransportContext = TransportContext> {
  readonly client: Client;
  /** The number of the call within the process. */
  readonly number: number;
  /** The method's name, for error messages. */
  readonly method: string;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** On the scale of the clock's `now()`; Infinity without a deadline. */
  readonly deadlineAt: number;
  readonly deadlineMs: number;
  readonly maxRetries: number;
  readonly maxRetryAfterMs: number;
  /** The headers of the client and of the call, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly onResponse: ((response: ResponseInfo) => void) | undefined;
  /** A request that was sent is completed in spite of an abort or the deadline. Waits still end. */
  readonly ignoreAbortOnceSent?: boolean;
  /** Called for each success that is not what the API specifies, with the error, and the response as far as it was read. */
  readonly onUnexpected?: (error: UnexpectedResponseError, response: CompleteResponse) => void;
  /** Called after each attempt whose outcome is unknown, with the time when it was sent. */
  readonly onUnknown?: (sentAt: number) => void;
  /** The outcome of another form of the same request that was sent before. It counts for the whole call. */
  readonly earlierOutcome?: Outcome;
  /** Shared by the requests of a bulk call or of `findByEmails`. */
  readonly limiter?: AdaptiveLimiter;
}

/** One API request with its context: client, call, operation and retry safety. */
export interface RequestContext {
  readonly operation: OperationId;
  readonly call: CallContext;
  readonly request: HttpRequest;
  /** The key of this attempt, if it comes from a token provider. */
  readonly token: string | undefined;
  readonly safety: RetrySafety;
}

let calls = 0;

/** Returns the number of the next call, which is unique within the process. */
export const nextCallNumber = (): number => ++calls;

/** Creates the context of a call. `number` is given if it is part of another call. */
export function createCallContext<Client extends TransportContext>(
  client: Client,
  method: string,
  given?: CallSettings,
  number: number = nextCallNumber(),
): CallContext<Client> {
  const { headers, settings, clock } = client;
  const { timeoutMs, deadlineMs, maxRetries } = given ? { ...settings, ...given } : settings;
  const redact = given ? redactHeaders(client.redact, given.headers) : client.redact;
  return {
    client: redact === client.redact ? client : { ...client, redact },
    number,
    method,
    signal: given?.signal,
    timeoutMs,
    deadlineMs,
    deadlineAt: deadlineMs === Infinity ? Infinity : clock.now() + deadlineMs,
    maxRetries,
    maxRetryAfterMs: settings.maxRetryAfterMs,
    headers: given ? { ...headers, ...given.headers } : headers,
    onResponse: given?.onResponse,
  };
}

/** Copies a call context with a new signal. `end` aborts it; until then, the caller's signal does, too. */
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

/** Returns the time left until the call's deadline, in milliseconds; 0 if it has passed. */
export const timeLeft = ({ client, deadlineAt }: CallContext): number =>
  deadlineAt === Infinity ? Infinity : Math.max(0, deadlineAt - client.clock.now());
