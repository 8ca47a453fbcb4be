import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileExamples } from "../helpers/compile-examples.ts";
import { pages } from "./pages.ts";

test("the examples compile", { timeout: 60_000 }, async () => {
  const all = pages.flatMap(({ page, examples }) =>
    examples.map(([name, code]) => [`${page}, ${name}`, code] as const),
  );
  expect(await compileExamples(all)).toEqual([]);
});

test("each page is on the site, begins with its heading, and the start page leads to it", () => {
  const options = readFileSync(new URL("../../typedoc.json", import.meta.url), "utf8");
  const { projectDocuments } = JSON.parse(options);
  const start = pages.find(({ page }) => page === "index")?.text ?? "";
  for (const { page, text } of pages.filter(({ page }) => page !== "index")) {
    expect(projectDocuments).toContain(`docs/guide/${page}.md`);
    expect(text).toMatch(/^---\ntitle: .+\ngroup: .+\n---\n# .+\n/);
    expect(start).toContain(`](${page}.md)`);
  }
});

test("the sizes on the page on bundles are those that a check allows", () => {
  const limits = readFileSync(new URL("../../.size-limit.json", import.meta.url), "utf8");
  const { text = "" } = pages.find(({ page }) => page === "function-style") ?? {};
  const [, all, one] = /at most (\d+ kB), and a single function at most (\d+ kB)/.exec(text) ?? [];
  const [everything, ...functions] = JSON.parse(limits).slice(0, 3);
  expect(everything).toMatchObject({ name: "everything in ax-users", limit: all });
  for (const limit of functions)
    expect(limit).toMatchObject({ name: expect.stringMatching(/^one function/), limit: one });
});
