import type { ClientEvent, EventBase } from "../config/client-events.ts";
import { type CompleteResponse, fitToShow, requestIdOf } from "../errors/response/problem.ts";
import { callSafely } from "../util/call-safely.ts";
import { type Channel, diagnosticsChannel } from "../util/runtime.ts";
import type { RequestContext } from "./call-context.ts";

let channel: Channel | undefined;

/** Emits an event to `onEvent` and the diagnostics channel. Makes the event only if there is a listener. */
export function emit(onEvent: ((event: ClientEvent) => void) | undefined, make: () => ClientEvent): void {
  channel ??= diagnosticsChannel("ax-users:request");
  if (!onEvent && !channel?.hasSubscribers) return;
  const event = make();
  if (onEvent) callSafely(() => onEvent(event));
  channel?.publish(event);
}

type Details<Event> = Event extends unknown ? Omit<Event, keyof EventBase> : never;

/** Distinguishes the processes in a shared log. Created on first use: Workers permit no random numbers before a request. */
let processName: string | undefined;

/** Rounds a duration to tenths of a millisecond. */
export const tenths = (ms: number): number => Math.round(ms * 10) / 10;

/** Emits an event about a request. `attempt` is its number, from 1. */
export const emitOf = (
  { call, operation, request: { method, template } }: RequestContext,
  attempt: number,
  details: () => Details<ClientEvent>,
): void =>
  emit(call.client.onEvent, () => {
    processName ??= Math.random().toString(36).slice(2, 10);
    const callId = `${processName}-${call.number}`;
    const timestamp = call.client.clock.wallTime();
    return { callId, timestamp, operation, method, path: template, attempt, ...details() };
  });

/** Calls `onResponse` with a successful response. */
export function reportResponse(
  { call, operation }: RequestContext,
  { status, headers }: Pick<CompleteResponse, "status" | "headers">,
  attempts: number,
  durationMs: number,
): void {
  const { onResponse } = call;
  const shown = fitToShow(headers, call.client.redact);
  const info = { operation, status, headers: shown, requestId: requestIdOf(shown), attempts };
  callSafely(() => onResponse?.({ ...info, durationMs: tenths(durationMs) }));
}
