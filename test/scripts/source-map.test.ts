import { decode } from "@jridgewell/sourcemap-codec";
import ts from "typescript";
import { expect, test } from "vitest";
import { leanSourceMap } from "../../scripts/source-map.ts";

const SOURCE = `/** What the file is. */
import { b } from "./b.ts";

/**
 * Its shape.
 */
export interface Shape {
  size: number;
}

/** Makes it larger. */
export const larger = ({ size }: Shape): number => {
  // Twice, for a reason.
  return b(size * 2);
};
`;

interface Lean {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly string[];
  readonly mappings: string;
}

/** What is made of the map of a build of the source. */
function lean(source: string): { map: Lean; built: string[] } {
  const { outputText, sourceMapText = "" } = ts.transpileModule(SOURCE, {
    compilerOptions: { target: ts.ScriptTarget.ES2023, sourceMap: true, removeComments: true },
    fileName: "code.ts",
  });
  const full = { ...JSON.parse(sourceMapText), sources: [source], sourcesContent: [SOURCE] };
  return { map: JSON.parse(leanSourceMap(JSON.stringify(full))), built: outputText.split("\n") };
}

test("each line leads to its own, and what cannot run is blank there", () => {
  const { map, built } = lean("../src/core/code.ts");
  const [content = ""] = map.sourcesContent;
  const lines = content.split("\n");
  const leads = decode(map.mappings).map(([segment]) => lines[segment?.[2] ?? -1]?.trim());
  const at = (start: string) => built.findIndex((line) => line.startsWith(start));
  expect(leads[at("export const larger")]).toBe("export const larger = ({ size }: Shape): number => {");
  expect(leads[at("    return")]).toBe("return b(size * 2);");
  expect(lines.slice(0, 11).join("")).toBe("");
  expect(lines.indexOf("export const larger = ({ size }: Shape): number => {")).toBe(11);
  expect(content).toContain("// Twice, for a reason.");
});

test("what is generated leads nowhere", () => {
  const { map } = lean("../generated/code.gen.ts");
  expect(map.sources).toEqual([]);
  expect(
    decode(map.mappings)
      .flat()
      .filter(({ length }) => length > 1),
  ).toEqual([]);
});
