/** The groups: year, month, day; hour, minute, second, fraction; sign, hour and minute of the offset. */
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/i;

/**
 * Parses an RFC 3339 date-time; undefined if the text is not one. Fractions are cut to the milliseconds of a `Date`.
 * A leap second is the first second of the next day, as in POSIX.
 */
export function parseDateTime(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHour = 0, offsetMinute = 0] =
    DATE_TIME.exec(text) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDate = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const isOffset = Number(offsetHour) < 24 && Number(offsetMinute) < 60;
  if (!isDate || !isOffset || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute));
  date.setUTCHours(Number(hour), Number(minute) - offset);
  // A leap second is in the last minute of a day (UTC).
  const isLastMinute = date.getUTCHours() === 23 && date.getUTCMinutes() === 59;
  if (Number(second) > (isLastMinute ? 60 : 59)) return undefined;
  const ms = Number(fraction.slice(0, 3).padEnd(3, "0"));
  return new Date(date.getTime() + Number(second) * 1000 + ms);
}
