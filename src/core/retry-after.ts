/**
 * What a `Retry-After` header asks for, in milliseconds from now: whole seconds, or an HTTP date (RFC 9110,
 * 10.2.3), of which a past one means now. Anything else says nothing.
 */
export function retryAfterMs(header: string | null, wallTime: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  // Capped, since enough digits make an Infinity, which JSON has not.
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER);
  // Date.parse also takes bare numbers and ISO dates; an HTTP date begins with the day of the week.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  // The obsolete form of C's asctime() does not say so, but is in GMT, too.
  const date = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallTime);
}
