import { parseHttpDate } from "../../util/date-time.ts";

/**
 * Returns the wait that a `Retry-After` header asks for, in milliseconds: seconds (a fraction is rounded up), or an HTTP date
 * (RFC 9110, 10.2.3; 0 if it is past). Undefined for any other value.
 *
 * A date is compared with the response's own `Date`; without one, with `wallTime`, this system's clock.
 */
export function retryAfterMs(headers: Headers, wallTime: number): number | undefined {
  // Node's fetch does not remove the whitespace around a value (RFC 9110, 5.5).
  const text = headers.get("retry-after")?.trim() ?? "";
  // Capped, since enough digits would result in Infinity, which JSON cannot represent.
  if (/^(\d+\.?\d*|\.\d+)$/.test(text))
    return Math.min(Math.ceil(Number(text)) * 1000, Number.MAX_SAFE_INTEGER);
  const until = parseHttpDate(text);
  if (until === undefined) return undefined;
  return Math.max(0, until - (parseHttpDate(headers.get("date") ?? "") ?? wallTime));
}
