import { expect, test } from "vitest";
import { compare, isFailure, stableFigures } from "../../bench/compare.ts";
import type { Result } from "../../bench/results.ts";

const verdict = (before: number, now: number) => {
  const [comparison] = compare({ figure: before }, { figure: now }, 0.05);
  return { verdict: comparison?.verdict, fails: comparison && isFailure(comparison) };
};

test.each([
  ["a figure over the tolerance", 100, 105.1, "worse", true],
  ["a figure at the tolerance", 100, 105, "same", false],
  ["the same figure", 100, 100, "same", false],
  ["a figure below the tolerance", 100, 94.9, "better", false],
  ["anything after nothing", 0, 1, "worse", true],
  ["nothing after nothing", 0, 0, "same", false],
])("%s", (_, before, now, expected, fails) => {
  expect(verdict(before, now)).toEqual({ verdict: expected, fails });
});

test("figures that only one side has fail, so that none is lost or unwatched", () => {
  const comparisons = compare({ gone: 1, kept: 1 }, { kept: 1, added: 1 }, 0.05);
  expect(comparisons.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["gone", "missing"],
    ["kept", "same"],
    ["added", "new"],
  ]);
  expect(comparisons.filter(isFailure).map(({ name }) => name)).toEqual(["gone", "added"]);
});

const result = (more: Partial<Result>): Result => ({
  subject: "get",
  name: "allocated",
  unit: "bytes",
  values: { fetch: [100, 200, 50], ours: [150, 280, 80] },
  ...more,
});

test("of results, only those to be guarded are figures: ours, or as times of bare fetch", () => {
  const results = [
    result({}),
    result({ name: "time", guard: "ours" }),
    result({ name: "heap", guard: "times fetch" }),
  ];
  expect(stableFigures(results)).toEqual({ "get: time": 150, "get: heap, times bare fetch": 1.5 });
});

test("a figure that is to be guarded and was not measured is an error", () => {
  expect(() => stableFigures([result({ guard: "ours", values: {} })])).toThrow(
    "get: allocated was not measured",
  );
  expect(() => stableFigures([result({ guard: "times fetch", values: { ours: [1] } })])).toThrow(
    "not measured",
  );
});
