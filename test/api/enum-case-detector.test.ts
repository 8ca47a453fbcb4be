import { expect, test } from "vitest";
import { EnumCaseDetector } from "../../src/api/enum-case-detector.ts";
import { knownValue, upperCase } from "../../src/api/enum-values.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";

const detector = () => new EnumCaseDetector(new VirtualClock(), "auto");

test.each([
  ["active", "lower"],
  ["Active", "upper"],
  ["READ_ONLY", "upper"],
  ["read-only", "lower"],
  ["42", undefined],
  ["", undefined],
])("%j shows that enum values are in %s case", (value, expected) => {
  const enumCase = detector();
  enumCase.learnFrom(value);
  expect(enumCase.known).toBe(expected);
});

test("the latest evidence counts, and a value without letters is none", () => {
  const enumCase = detector();
  for (const value of ["active", "ACTIVE", "42"]) enumCase.learnFrom(value);
  expect(enumCase.known).toBe("upper");
  enumCase.learnFrom("active");
  expect(enumCase.known).toBe("lower");
});

test("a value is known in any spelling, one that was asked for a second time included", () => {
  for (const _ of [1, 2]) {
    expect(knownValue("READ_ONLY", ["admin", "read-only"])).toBe("read-only");
    expect(knownValue("read_only", ["admin", "read-only"])).toBe("read-only");
    expect(knownValue("ADMIN", ["admin", "read-only"])).toBe("admin");
    expect(knownValue("ADMIN", ["member"])).toBeUndefined();
    expect(knownValue("readonly", ["admin", "read-only"])).toBeUndefined();
    expect(knownValue(7, ["admin"])).toBeUndefined();
  }
});

test("only ASCII letters are folded", () => {
  expect(knownValue("\u212aey", ["key"])).toBeUndefined();
});

test("it remembers only values of the spec, and not more than some", () => {
  const values = Array.from({ length: 300 }, (_, index) => `value-${index}`);
  for (const value of values) expect(knownValue(value.toUpperCase(), values)).toBe(value);
  for (const value of values) expect(knownValue(value.toUpperCase(), values)).toBe(value);
});

test("the current dialect is in upper case and has underscores", () => {
  expect(upperCase("read-only-too")).toBe("READ_ONLY_TOO");
});
