import { expect, test } from "vitest";
import { asciiLower } from "../../src/util/ascii.ts";
import { parseHttpDate } from "../../src/util/date-time.ts";
import { show } from "../../src/util/show.ts";

test.each([
  ["ABC xyz", "abc xyz"],
  ["AbCdE", "abcde"],
  ["\u0130STANBUL \u212aELVIN", "\u0130stanbul \u212aelvin"],
  ["stra\u00dfe", "stra\u00dfe"],
])("of %j, only ASCII letters change their case", (text, expected) => {
  expect(asciiLower(text)).toBe(expected);
});

test.each([
  ["Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777_000],
  ["Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777_000],
  ["Sun Nov  6 08:49:37 1994", 784_111_777_000],
  ["06 Nov 1994 08:49:37 GMT", undefined],
  ["on Sun, 06 Nov 1994 08:49:37 GMT", undefined],
  ["1994-11-06T08:49:37Z", undefined],
  ["784111777", undefined],
  ["Sunday", undefined],
])("%j as an HTTP date", (text, expected) => {
  expect(parseHttpDate(text)).toBe(expected);
});

test.each([
  ["a", '"a"'],
  ["\u200b\u{e0001}", '"\\u200b\\u{e0001}"'],
  ["x".repeat(60), `"${"x".repeat(60)}"`],
  ["x".repeat(61), `"${"x".repeat(60)}…"`],
  [`${"x".repeat(59)}\u{1f600}y`, `"${"x".repeat(59)}…"`],
  [`${"\u{1f600}x".repeat(20)}y`, `"${"\u{1f600}x".repeat(20)}…"`],
  [[], "an empty array"],
  [[0], "an array"],
  [null, "null"],
  [{}, "an object"],
  [() => {}, "a function"],
  [7n, "7n"],
  [-0, "-0"],
  [0, "0"],
  [undefined, "undefined"],
  [Symbol("s"), "Symbol(s)"],
])("%o is shown as %s", (value, expected) => {
  expect(show(value)).toBe(expected);
});
