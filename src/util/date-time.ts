const HOUR = String.raw`(?:[01]\d|2[0-3])`;
const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`${HOUR}:[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?`;
const DATE_TIME = new RegExp(String.raw`^${DATE}T${TIME}(?:Z|[+-]${HOUR}:[0-5]\d)$`, "i");

/** The calendar repeats after 400 years. */
const CYCLE_MS = 146_097 * 86_400_000;

/** The start of a month (1 to 12), in milliseconds since 1970. `Date.UTC` reads years before 100 as years of the 20th century. */
const monthStart = (year: number, month: number): number => Date.UTC(400 + year, month - 1) - CYCLE_MS;

/**
 * Parses an RFC 3339 date-time; undefined if the text is not one. Fractions are cut to the milliseconds of a `Date`.
 * A leap second is the first second of the next day, as in POSIX.
 */
export function parseDateTime(text: string): Date | undefined {
  if (!DATE_TIME.test(text)) return undefined;
  const digits = (at: number) => 10 * text.charCodeAt(at) + text.charCodeAt(at + 1) - 528;
  const [year, month, day] = [100 * digits(0) + digits(2), digits(5), digits(8)];
  const [hour, minute, second] = [digits(11), digits(14), digits(17)];
  const zone = text.length - 6;
  const isUtc = text.endsWith("Z") || text.endsWith("z");
  const offset = isUtc ? 0 : (text[zone] === "-" ? -1 : 1) * (60 * digits(zone + 1) + digits(zone + 4));
  const start = monthStart(year, month);
  if (day > 28 && start + (day - 1) * 86_400_000 >= monthStart(year, month + 1)) return undefined;
  const minutes = 1440 * (day - 1) + 60 * hour + minute - offset;
  // A leap second is in the last minute of a day (UTC).
  if (second > ((minutes + 1) % 1440 === 0 ? 60 : 59)) return undefined;
  const ms = text[19] === "." ? Math.round(1000 * Number.parseFloat(text.slice(19, 23))) : 0;
  return new Date(start + 60_000 * minutes + 1000 * second + ms);
}
