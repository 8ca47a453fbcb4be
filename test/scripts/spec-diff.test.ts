/** That spec-diff reports all that differs, and nothing where nothing does. */
import { expect, test } from "vitest";
import { changesBetween } from "../../scripts/spec-diff/changes.ts";
import { isJson, type Json, toJson } from "../../scripts/spec-diff/document.ts";
import { specWith } from "./spec-diff/edits.ts";
import { versions } from "./spec-diff/history.ts";

const spec: Json = specWith().toJS();

/** The same with its keys from last to first. */
const backwards = (fields: Json): Json =>
  Object.fromEntries(
    Object.entries(fields)
      .reverse()
      .map(([key, value]) => [key, partBackwards(value)]),
  );

function partBackwards(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(partBackwards);
  return isJson(part) ? backwards(part) : part;
}

test("a spec does not differ from itself, nor from itself with its keys in another order", () => {
  for (const document of [spec, ...versions()]) {
    expect(changesBetween(document, structuredClone(document))).toEqual([]);
    expect(changesBetween(document, backwards(document))).toEqual([]);
  }
});

test("the order of keys makes no difference to the report", () => {
  const [, first = {}, ...others] = versions();
  const last = others.at(-1) ?? {};
  const changes = changesBetween(first, last);
  expect(changes.length).toBeGreaterThan(10);
  expect(changesBetween(backwards(first), backwards(last))).toEqual(changes);
});

/** Without a meaning for users, or nothing that can be changed alone. */
const UNREPORTED = [
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

test("no value of the spec can change unreported", () => {
  const paths = leafPaths(spec).filter((path) => !UNREPORTED.some((pattern) => pattern.test(path.join(" "))));
  expect(paths.length).toBeGreaterThan(300);
  const unreported = paths.filter((path) => changesBetween(spec, toJson(changedAt(spec, path))).length === 0);
  expect(unreported.map((path) => path.join(" "))).toEqual([]);
}, 120_000);
