import fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfterMs } from "../../src/transport/failure/retry-after.ts";

const headersOf = (header: string | null, others: Record<string, string> = {}) =>
  new Headers({ ...others, ...(header !== null && { "retry-after": header }) });

const NOW = Date.parse("2026-11-21T12:00:00Z");

test.each([
  ["nothing", null, undefined],
  ["seconds", "42", 42_000],
  ["more digits than a number has", "9".repeat(400), Number.MAX_SAFE_INTEGER],
  ["seconds with blanks", " 42 ", 42_000],
  ["an hour", "3600", 3_600_000],
  ["a date to come", "Sat, 21 Nov 2026 12:00:30 GMT", 30_000],
  ["a past date", "Sat, 21 Nov 2026 11:00:00 GMT", 0],
  ["an obsolete date of RFC 850", "Saturday, 21-Nov-26 12:00:30 GMT", 30_000],
  ["an obsolete date of asctime, which is in GMT, too", "Sat Nov 21 12:00:30 2026", 30_000],
  ["a fraction, which is rounded up", "1.5", 2000],
  ["a fraction, after two digits", "12.5", 13_000],
  ["a fraction of the first second", ".2", 1000],
  ["a fraction of two digits", ".25", 1000],
  ["a whole number with a point", "3.0", 3000],
  ["nothing but a point", ".", undefined],
  ["two points", "1.2.3", undefined],
  ["a negative number", "-1", undefined],
  ["words", "soon", undefined],
  ["an empty value", "", undefined],
  ["an ISO date", "2026-11-21T12:00:30Z", undefined],
  ["words before a date", "after Sat, 21 Nov 2026 12:00:30 GMT", undefined],
  ["a day and no date", "Saturday", undefined],
])("Retry-After with %s", (_, header, expected) => {
  expect(retryAfterMs(headersOf(header), NOW)).toBe(expected);
});

test.each(["42 ", "42\t", "\t42", "Sat, 21 Nov 2026 12:00:42 GMT "])(
  "whitespace around a value is no part of it: %j",
  (value) => {
    // Node's fetch returns it, although Headers removes it.
    const headers = { get: (name: string) => (name === "retry-after" ? value : null) } as Headers;
    expect(retryAfterMs(headers, NOW)).toBe(42_000);
  },
);

test.each([
  ["an hour ahead", "Sat, 21 Nov 2026 13:00:00 GMT", "Sat, 21 Nov 2026 13:00:30 GMT", 30_000],
  ["an hour behind", "Sat, 21 Nov 2026 11:00:00 GMT", "Sat, 21 Nov 2026 11:00:30 GMT", 30_000],
  ["years behind", "Mon, 01 Jan 2018 00:00:00 GMT", "Mon, 01 Jan 2018 00:01:00 GMT", 60_000],
  ["with a date that is past for it", "Sat, 21 Nov 2026 13:00:00 GMT", "Sat, 21 Nov 2026 12:30:00 GMT", 0],
  ["without a valid Date", "yesterday", "Sat, 21 Nov 2026 12:00:30 GMT", 30_000],
])("a date is read by the server's own clock: one that is %s", (_, date, header, expected) => {
  expect(retryAfterMs(headersOf(header, { date }), NOW)).toBe(expected);
});

test("seconds need no clock", () => {
  expect(retryAfterMs(headersOf("5", { date: "Mon, 01 Jan 2018 00:00:00 GMT" }), NOW)).toBe(5000);
});

test("it is a duration or nothing, whatever a server sends", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), (header) => {
      const ms = retryAfterMs(headersOf(header), NOW);
      expect(ms === undefined || ms >= 0).toBe(true);
    }),
  );
});
