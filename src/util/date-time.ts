const HOUR = String.raw`(?:[01]\d|2[0-3])`;
const DATE = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`${HOUR}:[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?`;
const DATE_TIME = new RegExp(String.raw`^${DATE}T${TIME}(?:Z|[+-]${HOUR}:[0-5]\d)$`, "i");

const DAYS_FROM_MARCH_OF_YEAR_0_TO_1970 = 719_468;

/**
 * The first day of a month, in days since 1970. Counts years from March, so that a leap day is the last of its year. Faster than
 * `Date.UTC`, which reads years before 100 as years of the 20th century.
 */
function monthStart(year: number, month: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const daysSinceMarch = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  return 365 * marchYear + leapDays + daysSinceMarch - DAYS_FROM_MARCH_OF_YEAR_0_TO_1970;
}

/**
 * Parses an RFC 3339 date-time; undefined if the text is not one. Fractions are cut to the milliseconds of a `Date`.
 * A leap second is the first second of the next day, as in POSIX.
 */
export function parseDateTime(text: string): Date | undefined {
  if (!DATE_TIME.test(text)) return undefined;
  const digits = (at: number) => 10 * text.charCodeAt(at) + text.charCodeAt(at + 1) - 528;
  const year = 100 * digits(0) + digits(2);
  const month = digits(5);
  const day = digits(8);
  const second = digits(17);
  const zone = text.length - 6;
  const isUtc = text.endsWith("Z") || text.endsWith("z");
  const offset = isUtc ? 0 : (text[zone] === "-" ? -1 : 1) * (60 * digits(zone + 1) + digits(zone + 4));
  const start = monthStart(year, month);
  if (day > 28 && month !== 12 && start + day > monthStart(year, month + 1)) return undefined;
  const minutes = 1440 * (start + day - 1) + 60 * digits(11) + digits(14) - offset;
  // A leap second is in the last minute of a day (UTC).
  if (second > ((minutes + 1) % 1440 === 0 ? 60 : 59)) return undefined;
  return new Date(60_000 * minutes + 1000 * second + milliseconds(text));
}

/** Reads at most three digits of the fraction. Faster than `Number.parseFloat`. */
function milliseconds(text: string): number {
  if (text[19] !== ".") return 0;
  let ms = 0;
  for (let at = 20, unit = 100; unit >= 1; at += 1, unit /= 10) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    ms += unit * digit;
  }
  return ms;
}

/** Parses an HTTP date (RFC 9110, 5.6.7), in milliseconds since 1970; undefined if the text is not one. */
export function parseHttpDate(text: string): number | undefined {
  // Date.parse also takes bare numbers and ISO dates; an HTTP date begins with the day of the week.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return undefined;
  // The obsolete asctime() form does not name its zone, which is GMT.
  const date = Date.parse(/GMT$/.test(text) ? text : `${text} GMT`);
  return Number.isNaN(date) ? undefined : date;
}
