/**
 * What a `Retry-After` header asks for, in milliseconds from now: seconds, of which a fraction counts as a whole one, or an
 * HTTP date (RFC 9110, 10.2.3), of which a past one means now. Anything else says nothing.
 *
 * A date is read by the clock that made it, the response's own `Date`; without one, by `wallTime`, this system's.
 */
export function retryAfterMs(headers: Headers, wallTime: number): number | undefined {
  const text = headers.get("retry-after")?.trim() ?? "";
  // Capped, since enough digits make an Infinity, which JSON has not.
  if (/^(\d+\.?\d*|\.\d+)$/.test(text))
    return Math.min(Math.ceil(Number(text)) * 1000, Number.MAX_SAFE_INTEGER);
  const until = httpDate(text);
  if (until === undefined) return undefined;
  return Math.max(0, until - (httpDate(headers.get("date")?.trim() ?? "") ?? wallTime));
}

function httpDate(text: string): number | undefined {
  // Date.parse also takes bare numbers and ISO dates; an HTTP date begins with the day of the week.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  // The obsolete form of C's asctime() does not say so, but is in GMT, too.
  const date = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : date;
}
