/**
 * Derives the spec of the current dialect (since 2026-07-17) from that of the alpha dialect, which is the one written by hand.
 * `openapi/README.md` says what becomes different.
 *
 *   node scripts/current-spec.ts                 prints it
 *   node scripts/current-spec.ts --output FILE
 *   node scripts/current-spec.ts --spec FILE     from another one
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseDocument, stringify } from "yaml";

/** Where the spec of the alpha dialect is. */
export const alphaSpecFile = fileURLToPath(new URL("../openapi/arize-users.yaml", import.meta.url));

/** A place in the spec that holds something else in the current dialect, or is not there any more. */
interface Difference {
  readonly at: readonly string[];
  readonly becomes?: unknown;
}

const DESCRIPTION = ["components", "schemas", "OrganizationUpdate", "properties", "description"];

const DIFFERENCES: readonly Difference[] = [
  { at: ["info", "version"], becomes: "2.0.0" },
  {
    at: ["info", "description"],
    becomes:
      "The users and organizations endpoints of the Arize AX REST API as they are since 2026-08-10, with enum " +
      "values in upper case. Derived from the spec of the alpha dialect by `scripts/current-spec.ts`.\n",
  },
  { at: ["paths", "/v2/users/{user_id}/resend-invitation", "post", "responses", "202"] },
  // What may not be read is not there.
  { at: ["paths", "/v2/users/{user_id}", "get", "responses", "403"] },
  { at: ["paths", "/v2/organizations/{org_id}", "get", "responses", "403"] },
  { at: [...DESCRIPTION, "type"], becomes: ["string", "null"] },
  { at: [...DESCRIPTION, "description"], becomes: "New description; null clears it." },
];

/**
 * The spec of the current dialect, as YAML, for that of the alpha dialect.
 *
 * @throws {Error} where the alpha spec has no place for one of the differences.
 */
export function toCurrentSpec(alpha: string): string {
  const document = parseDocument(alpha);
  for (const { at, becomes } of DIFFERENCES) {
    if (!document.hasIn(at)) throw new Error(`The alpha spec has no ${at.join(" ")}.`);
    if (becomes === undefined) document.deleteIn(at);
    else document.setIn(at, becomes);
  }
  const spec: Spec = document.toJS();
  const { paths, components } = spec;
  const respell = respeller(components.schemas);
  return stringify({ ...spec, paths: respell(paths), components: respell(components) }, { lineWidth: 110 });
}

interface Spec {
  readonly paths: unknown;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

type Schema = Readonly<{
  $ref?: string;
  enum?: readonly string[];
  const?: string;
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  discriminator?: { readonly propertyName: string; readonly mapping: Readonly<Record<string, string>> };
}>;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const upper = (value: string): string => value.toUpperCase().replaceAll("-", "_");

const mapFields = (fields: Fields, map: (value: unknown, key: string) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, map(value, key)]));

/** What gives any part of the spec with its enum values in upper case: in schemas, examples and prose. */
function respeller(schemas: Spec["components"]["schemas"]): (part: unknown) => unknown {
  const values = new Set(Object.values(schemas).flatMap(valuesIn));

  const respell = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(respell);
    return isFields(part) ? mapFields(part, (value, key) => respellField(part, key, value)) : part;
  };

  function respellField(part: Fields, key: string, value: unknown): unknown {
    if (key === "enum" || key === "const" || key === "default") return respellExample(part, value);
    if (key === "example" && isFields(part["schema"])) return respellExample(part["schema"], value);
    if (key === "mapping" && isFields(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, ref]) => [upper(name), ref]));
    }
    return key === "description" && typeof value === "string" ? respellProse(value) : respell(value);
  }

  /** A value with what its schema says are enum values, and nothing else, in upper case. */
  function respellExample(schema: Schema, value: unknown): unknown {
    const { $ref, items, properties = {}, discriminator } = schema;
    if ($ref) return respellExample(referred($ref), value);
    if (Array.isArray(value)) return value.map((one) => respellExample(items ?? schema, one));
    if (typeof value === "string") return schema.enum || schema.const ? upper(value) : value;
    if (!isFields(value)) return value;
    const branch = discriminator?.mapping[String(value[discriminator.propertyName])];
    if (branch) return respellExample(referred(branch), value);
    return mapFields(value, (one, key) => respellExample(properties[key] ?? {}, one));
  }

  /** Enum values stand between backticks: `invite_mode: none`. */
  const respellProse = (text: string): string =>
    text.replace(/`[^`]+`/g, (code) =>
      code.replace(/[\w-]+/g, (word) => (values.has(word) ? upper(word) : word)),
    );

  function referred($ref: string): Schema {
    const schema = schemas[$ref.replace("#/components/schemas/", "")];
    if (!schema) throw new Error(`There is no ${$ref}.`);
    return schema;
  }

  return respell;
}

/** The enum values that a schema names itself. */
const valuesIn = (schema: Schema): readonly string[] => [
  ...(schema.enum ?? []),
  ...(schema.const === undefined ? [] : [schema.const]),
  ...Object.values(schema.properties ?? {}).flatMap(valuesIn),
];

if (import.meta.main) {
  const { values } = parseArgs({
    options: { spec: { type: "string", default: alphaSpecFile }, output: { type: "string" } },
  });
  const current = toCurrentSpec(await readFile(values.spec, "utf8"));
  if (values.output) await writeFile(values.output, current);
  else process.stdout.write(current);
}
