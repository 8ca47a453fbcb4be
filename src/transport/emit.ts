import type { ClientEvent } from "../config/client-events.ts";
import { callSafely } from "../util/call-safely.ts";
import { type Channel, diagnosticsChannel } from "../util/runtime.ts";
import type { RequestContext } from "./request-context.ts";

let channel: Channel | undefined;

/** Tells of an event, which is made only if anybody listens. */
export function emit(onEvent: ((event: ClientEvent) => void) | undefined, make: () => ClientEvent): void {
  channel ??= diagnosticsChannel("ax-users:request");
  if (!onEvent && !channel?.hasSubscribers) return;
  const event = make();
  if (onEvent) callSafely(() => onEvent(event));
  channel?.publish(event);
}

type Details<Event> = Event extends unknown
  ? Omit<Event, "operation" | "method" | "path" | "attempt">
  : never;

/** Tells of an event of a request. `attempt`: its number within the call. */
export const emitOf = (
  { call, operation, request: { method, template } }: RequestContext,
  attempt: number,
  details: () => Details<ClientEvent>,
): void =>
  emit(call.client.settings.onEvent, () => ({ operation, method, path: template, attempt, ...details() }));
