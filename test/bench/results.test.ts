import { expect, test } from "vitest";
import { check } from "../../bench/report/format.ts";
import { limited, type Result, spreadOf, timesOf } from "../../bench/results.ts";

const result = (values: Result["values"]): Result => ({ subject: "get", name: "time", unit: "ms", values });

test.each([
  [[3], { median: 3, lower: 3, upper: 3 }],
  [[10, 9, 1], { median: 9, lower: 5, upper: 9.5 }],
  [[4, 100, 1, 2], { median: 3, lower: 1.75, upper: 28 }],
  [[5, 1, 4, 2, 3], { median: 3, lower: 2, upper: 4 }],
])("the spread of %j", (values, spread) => {
  expect(spreadOf(values)).toEqual(spread);
});

test("the spread of nothing is no figure", () => {
  expect(spreadOf([]).median).toBeNaN();
});

test("rounds are compared one by one: a slow round of both changes nothing", () => {
  const values = { fetch: [100, 1000, 100], ours: [120, 1200, 120] };
  expect(timesOf(result(values), "ours", "fetch")).toBeCloseTo(1.2);
});

test("with other numbers of rounds, medians are compared", () => {
  expect(timesOf(result({ fetch: [100], ours: [10, 20, 90] }), "ours", "fetch")).toBeCloseTo(0.2);
});

test("who was not measured is no times of anybody", () => {
  expect(timesOf(result({ ours: [1] }), "ours", "fetch")).toBeUndefined();
  expect(limited(result({ fetch: [1] }), { atMost: 2 })).toBeUndefined();
});

test.each([
  [{ atMost: 150 }, { wanted: "at most 150 ms", is: "150 ms", isMet: true }],
  [{ atMost: 149 }, { wanted: "at most 149 ms", is: "150 ms", isMet: false }],
  [
    { atMost: 1.5, times: "fetch" },
    { wanted: "at most 1.5 × bare fetch", is: "1.50 ×", isMet: true },
  ],
  [
    { atMost: 1.45, times: "fetch" },
    { wanted: "at most 1.45 × bare fetch", is: "1.50 ×", isMet: false },
  ],
] as const)("the limit %j", (limit, checked) => {
  expect(check(result({ fetch: [100], ours: [150] }), limit)).toEqual(checked);
});
