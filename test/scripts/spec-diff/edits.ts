/** Small changes of a parsed spec, of which others are made. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Document, parse, parseDocument, visit } from "yaml";

/** Changes a parsed spec in place. */
export type Edit = (spec: Document) => void;

const specFile = fileURLToPath(new URL("../../../openapi/arize-users.yaml", import.meta.url));
const specText = await readFile(specFile, "utf8");

/** The spec that is checked in. */
export const today: {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { properties?: Readonly<Record<string, unknown>> }>>;
  };
} = parse(specText);

/** The spec that is checked in, changed. */
export function specWith(...edits: readonly Edit[]): Document {
  const spec = parseDocument(specText);
  for (const edit of edits) edit(spec);
  return spec;
}

export const schemaAt = (...path: readonly string[]) => ["components", "schemas", ...path];

export const set =
  (path: readonly string[], value: unknown): Edit =>
  (spec) =>
    spec.setIn(path, spec.createNode(value));

export const remove =
  (path: readonly string[]): Edit =>
  (spec) => {
    if (!spec.deleteIn(path)) throw new Error(`The spec has no ${path.join(" ")}`);
  };

export const add =
  (path: readonly string[], value: unknown): Edit =>
  (spec) =>
    spec.addIn(path, spec.createNode(value));

/** Changes every text of the spec. */
export const respell =
  (spell: (text: string, isKey: boolean) => string): Edit =>
  (spec) =>
    visit(spec, {
      Scalar(key, node) {
        if (typeof node.value === "string") node.value = spell(node.value, key === "key");
      },
    });

/** Renames operations and schemas, wherever they are named. */
export const rename = (names: Readonly<Record<string, string>>): Edit =>
  respell((text) => {
    const [, path = "", name = ""] = text.match(/^(#\/.*\/)?(\w+)$/) ?? [];
    return names[name] ? path + names[name] : text;
  });

/** The stage of the operations that a pattern names. */
export const setStages =
  (ids: RegExp, stage: string): Edit =>
  (spec) =>
    visit(spec, {
      Map(_, node) {
        const id = node.get("operationId");
        if (typeof id === "string" && ids.test(id)) node.set("x-release-stage", stage);
      },
    });
