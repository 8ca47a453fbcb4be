import type { ClientEvent } from "../config/client-events.ts";
import { callSafely } from "../util/call-safely.ts";
import { type Channel, diagnosticsChannel } from "../util/runtime.ts";

let channel: Channel | undefined;

/** Tells of an event, which is made only if anybody listens. */
export function emit(onEvent: ((event: ClientEvent) => void) | undefined, make: () => ClientEvent): void {
  channel ??= diagnosticsChannel("ax-users:request");
  if (!onEvent && !channel?.hasSubscribers) return;
  const event = make();
  if (onEvent) callSafely(() => onEvent(event));
  channel?.publish(event);
}
