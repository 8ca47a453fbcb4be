import type { OperationId } from "../../generated/operations.gen.ts";
import type { Outcome } from "../error-types.ts";
import type { Core } from "./core.ts";
import { type Channel, diagnosticsChannel } from "./node.ts";
import { quietly } from "./quietly.ts";

interface EventBase {
  /** The spec's name of the operation: `users_list`. */
  operation: OperationId;
  method: string;
  /** The path as the spec has it, without IDs: `/v2/users/{user_id}`. */
  path: string;
  /** Which request of the call this is about, from 1. */
  attempt: number;
}

/** A request is about to be sent. */
export interface RequestEvent extends EventBase {
  type: "request";
}

/** An answer was read to its end, of whatever status. */
export interface ResponseEvent extends EventBase {
  type: "response";
  status: number;
  requestId?: string | undefined;
  /** From the request to the end of its answer, in milliseconds. */
  durationMs: number;
}

/** A request failed, and the next one follows after a wait. */
export interface RetryEvent extends EventBase {
  type: "retry";
  /** Missing where no whole answer came. */
  status?: number | undefined;
  waitMs: number;
}

/** The server answered 429: no call of this client sends anything for so long. */
export interface RateLimitedEvent extends EventBase {
  type: "rate_limited";
  waitMs: number;
}

/** An operation ends with an error, one that its method goes on to settle included; an abort is none. */
export interface FailedEvent extends EventBase {
  type: "failed";
  /** The error's name: `ServerError`. */
  error: string;
  status?: number | undefined;
  outcome: Outcome;
  /** From the beginning of the first request on, waits included, in milliseconds. */
  durationMs: number;
}

/**
 * What happens to a client's requests, for `onEvent` and, on Node, subscribers of the diagnostics channel
 * `ax-users:request`. Never carries a secret, an address or a body.
 */
export type ClientEvent = RequestEvent | ResponseEvent | RetryEvent | RateLimitedEvent | FailedEvent;

let channel: Channel | undefined;

/** Tells of an event, which is made only if anybody listens. */
export function emit(core: Core, make: () => ClientEvent): void {
  const { onEvent } = core.settings;
  channel ??= diagnosticsChannel("ax-users:request");
  if (!onEvent && !channel?.hasSubscribers) return;
  const event = make();
  if (onEvent) quietly(() => onEvent(event));
  channel?.publish(event);
}
