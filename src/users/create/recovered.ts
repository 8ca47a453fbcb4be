import type { ClientContext } from "../../api/client-context.ts";
import { parseHttpDate } from "../../util/date-time.ts";

/** The tolerance for clock differences among the servers behind one address, and for `Date`, which has whole seconds. */
const SERVER_SLACK_MS = 5_000;

/** The tolerance for this machine's clock, which is used if a response has no `Date`. */
const LOCAL_SLACK_MS = 60_000;

/** A `Date` that is older than this machine's clock by more than this is not believed. */
const OLDEST_DATE_MS = 7 * 86_400_000;

/**
 * Returns the earliest `createdAt`, by the server's clock, of a user whom an attempt that was sent at `sentAt` created: in
 * milliseconds since 1970. `date` is the `Date` header of a response that has just arrived.
 */
export function earliestCreation(context: ClientContext, sentAt: number, date: string | null): number {
  const { clock } = context;
  const elapsedMs = clock.now() - sentAt;
  const serversNow = parseHttpDate(date ?? "");
  return serversNow === undefined || serversNow < clock.wallTime() - OLDEST_DATE_MS
    ? clock.wallTime() - elapsedMs - LOCAL_SLACK_MS
    : serversNow - elapsedMs - SERVER_SLACK_MS;
}
