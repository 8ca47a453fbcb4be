/** Parses an HTTP date (RFC 9110, 5.6.7), in milliseconds since 1970; undefined if the text is not one. */
export function parseHttpDate(text: string): number | undefined {
  // Date.parse also takes bare numbers and ISO dates; an HTTP date begins with the day of the week.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  // The obsolete asctime() form does not name its zone, which is GMT.
  const date = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : date;
}
