/** That spec-diff sees all that is different, and nothing where nothing is. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { changesBetween } from "../../scripts/spec-diff/changes.ts";
import { isJson, type Json, toJson } from "../../scripts/spec-diff/json.ts";
import { operationsOf } from "../../scripts/spec-diff/operations.ts";
import { specWith } from "./spec-diff/edits.ts";
import { versions } from "./spec-diff/history.ts";

const spec: Json = specWith().toJS();

/** The same with its keys from last to first. */
const backwards = (fields: Json): Json => {
  const entries = Object.entries(fields).reverse();
  return Object.fromEntries(entries.map(([key, value]) => [key, partBackwards(value)]));
};

function partBackwards(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(partBackwards);
  return isJson(part) ? backwards(part) : part;
}

test("a spec and itself are not different, nor are they with their keys in another order", () => {
  for (const document of [spec, ...versions()]) {
    expect(changesBetween({ before: document, after: structuredClone(document) })).toEqual([]);
    expect(changesBetween({ before: document, after: backwards(document) })).toEqual([]);
  }
});

test("the order of keys makes no difference to what is told", () => {
  const [, first = {}, ...others] = versions();
  const last = others.at(-1) ?? {};
  const told = changesBetween({ before: first, after: last });
  expect(told.length).toBeGreaterThan(10);
  expect(changesBetween({ before: backwards(first), after: backwards(last) })).toEqual(told);
});

/** What is of no moment to users, or cannot be changed alone. */
const UNTOLD = [
  /^(openapi|info|tags)\b/,
  /^servers \d+ description$/,
  /^components securitySchemes \w+ description$/,
  / tags \d+$/,
  / \$ref$/,
  / discriminator mapping /,
];

/** The path of each value that holds no others. */
function leafPaths(part: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof part !== "object" || part === null) return [path];
  return Object.entries(part).flatMap(([key, value]) => leafPaths(value, [...path, key]));
}

function otherThan(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  return typeof value === "boolean" ? !value : "other";
}

/** A copy with another value at a path. */
function changedAt(part: unknown, [key, ...path]: readonly string[]): unknown {
  if (key === undefined) return otherThan(part);
  if (Array.isArray(part))
    return part.map((item, index) => (String(index) === key ? changedAt(item, path) : item));
  const fields = toJson(part);
  return { ...fields, [key]: changedAt(fields[key], path) };
}

test("no value of the spec can be another unseen", () => {
  const paths = leafPaths(spec).filter((path) => !UNTOLD.some((untold) => untold.test(path.join(" "))));
  expect(paths.length).toBeGreaterThan(300);
  const unseen = paths.filter((path) => {
    const after = toJson(changedAt(spec, path));
    return changesBetween({ before: spec, after }).length === 0;
  });
  expect(unseen.map((path) => path.join(" "))).toEqual([]);
}, 60_000);

/** Redocly's own diff: what is different and more than a remark, by method and path. */
async function routesByRedocly(before: Json, after: Json): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = [join(folder, "before.json"), join(folder, "after.json")] as const;
  await Promise.all([
    writeFile(files[0], JSON.stringify(before)),
    writeFile(files[1], JSON.stringify(after)),
  ]);
  const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(manifest, "../bin/cli.js"),
    ...["diff", ...files, "--format=json", "--fail-on=none"],
  ]);
  const { changes }: { changes: { path: string; impact: string }[] } = JSON.parse(stdout);
  return changes
    .filter(({ impact, path }) => impact !== "patch" && path.startsWith("#/paths/"))
    .map(({ path }) => path.split("/"))
    .map(([, , route = "", method = ""]) => `${method.toUpperCase()} ${route.replaceAll("~1", "/")}`);
}

test("every operation in which Redocly's diff finds something is told of", async () => {
  const [, first = {}, ...others] = versions();
  const last = others.at(-1) ?? {};
  const changes = changesBetween({ before: first, after: last });
  const told = new Set(changes.flatMap(({ operations }) => operations));
  const routes = await routesByRedocly(first, last);
  expect(routes.length).toBeGreaterThan(10);
  const untold = operationsOf(last).filter(({ name, route }) => routes.includes(route) && !told.has(name));
  expect(untold).toEqual([]);
});
