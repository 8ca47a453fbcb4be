/** The main entry runs wherever there is fetch: what of it touches anything else is told by its sources. */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

const entry = new URL("../src/index.ts", import.meta.url);
const node = new URL("../src/util/runtime.ts", import.meta.url);

/** What is there in Node and not everywhere, so far as one might reach for it. */
const NODES_OWN = [
  "process",
  "Buffer",
  "require",
  "module",
  "global",
  "setImmediate",
  "__dirname",
  "__filename",
];

/** Every file that a file imports, itself included, with what it imports. */
function filesOf(file: URL, found = new Map<string, string[]>()): Map<string, string[]> {
  if (found.has(file.href)) return found;
  const imported = ts
    .preProcessFile(readFileSync(file, "utf8"))
    .importedFiles.map(({ fileName }) => fileName);
  found.set(file.href, imported);
  for (const name of imported) if (name.startsWith(".")) filesOf(new URL(name, file), found);
  return found;
}

function identifiersOf(href: string): Set<string> {
  const found = new Set<string>();
  const visit = (at: ts.Node): void => {
    if (ts.isIdentifier(at)) found.add(at.text);
    ts.forEachChild(at, visit);
  };
  visit(ts.createSourceFile(href, readFileSync(new URL(href), "utf8"), ts.ScriptTarget.Latest));
  return found;
}

const files = filesOf(entry);

test("the main entry imports nothing but files of this package, and what the build inlines", () => {
  expect(files.size).toBeGreaterThan(50);
  expect(new Set([...files.values()].flat().filter((name) => !name.startsWith(".")))).toEqual(
    new Set(["valibot"]),
  );
});

test("only runtime.ts reaches for what is Node's own", () => {
  const reaching = [...files.keys()].filter((href) => {
    const identifiers = identifiersOf(href);
    return NODES_OWN.some((name) => identifiers.has(name));
  });
  expect(reaching).toEqual([node.href]);
});
