import fc from "fast-check";
import { expect, test } from "vitest";
import { retryAfterMs } from "../../src/core/retry-after.ts";

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
  ["a fraction", "1.5", undefined],
  ["a negative number", "-1", undefined],
  ["words", "soon", undefined],
  ["an empty value", "", undefined],
  ["an ISO date", "2026-11-21T12:00:30Z", undefined],
  ["a day and no date", "Saturday", undefined],
])("Retry-After with %s", (_, header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});

test("it is a duration or nothing, whatever a server sends", () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const ms = retryAfterMs(header, NOW);
      expect(ms === undefined || ms >= 0).toBe(true);
    }),
  );
});
