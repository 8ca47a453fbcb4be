import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { document } from "../../bench/report/document.ts";
import type { Run } from "../../bench/results.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const run: Run = JSON.parse(read("bench/results.json"));
const page = read("docs/bench.md");

/** The titles are those of the page: the subjects themselves need packages that only bench/ has. */
const subjects = [...page.matchAll(/^### (.+)\n\n!\[.+\]\(bench\/(.+)\.svg\)$/gm)].map(
  ([, title = "", name = ""]) => ({
    name,
    title,
  }),
);

test("docs/bench.md is what its template and the results give", () => {
  expect(page).toBe(document(read("bench/report/document.md"), subjects, run));
});

test("all results are on the page, each subject with its chart", () => {
  const names = [...new Set(run.results.map(({ subject }) => subject))];
  expect(subjects.map(({ name }) => name)).toEqual(names);
  const charts = readdirSync(new URL("../../docs/bench", import.meta.url));
  expect(charts.sort()).toEqual(names.map((name) => `${name}.svg`).sort());
});

test("a place in the template of which nothing is known is an error", () => {
  expect(() => document("{{nothing}}", subjects, run)).toThrow("{{nothing}}");
});
