import type { ClientContext } from "../../api/client-context.ts";

/** How far the clocks of the servers behind one address may be apart; `Date` has whole seconds besides. */
const SERVER_SLACK_MS = 5_000;

/** The same for this machine's clock, by which it goes where a response has no `Date`. */
const LOCAL_SLACK_MS = 60_000;

const HTTP_DATE = /\bGMT$/;

/**
 * When a user was created at the earliest whom a call created that began at `startedAt`, in milliseconds since 1970 by
 * the server's clock. `date` is that of a response which has just come.
 */
export function earliestCreation(context: ClientContext, startedAt: number, date: string | null): number {
  const elapsedMs = context.clock.now() - startedAt;
  const serversNow = date && HTTP_DATE.test(date) ? Date.parse(date) : Number.NaN;
  return Number.isNaN(serversNow)
    ? context.clock.wallTime() - elapsedMs - LOCAL_SLACK_MS
    : serversNow - elapsedMs - SERVER_SLACK_MS;
}
