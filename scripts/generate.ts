/**
 * Writes `generated/` anew from the spec: types, SDK functions, fetch client and valibot schemas by
 * `@hey-api/openapi-ts`, and `release-stages.gen.ts` and `operations.gen.ts` by this script.
 *
 *   node scripts/generate.ts                      openapi/arize-users.yaml → generated/
 *   node scripts/generate.ts --check              fails where generated/ is not what the spec gives
 *   node scripts/generate.ts --spec FILE --output DIR
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createClient, type UserConfig } from "@hey-api/openapi-ts";
import * as schema from "../src/api/schema.ts";
import { operationsFile, readOperations, releaseStagesFile } from "./spec-operations.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

type Plugin = NonNullable<UserConfig["plugins"]>[number];

/**
 * The schemas as JSON Schema means them: `maxLength` counts code points, where valibot's counterpart counts
 * UTF-16 units; and `format: email` is the address of RFC 5321, of which valibot's default takes a part
 * only (no apostrophe, no host without a dot). What is never checked by them stays out of the bundle: other formats
 * and the length of lists are the server's business, and an object is made field by field, so that it has no others.
 */
const valibot: Plugin = {
  name: "valibot",
  // Answers are read by the schemas of their parts.
  responses: false,
  "~resolvers": {
    object(ctx) {
      const { $, nodes, schema, symbols } = ctx;
      // One without named fields is a map, and passes as it is.
      nodes.base = schema.properties
        ? () => $(symbols.v).attr("object").call(nodes.shape(ctx))
        : () => $(symbols.v).attr("unknown").call();
      return undefined;
    },
    array({ nodes }) {
      nodes.length = nodes.minLength = nodes.maxLength = () => undefined;
      return undefined;
    },
    number({ $, nodes, schema, symbols: { v } }) {
      // JSON has one kind of number, whatever its format.
      if (schema.format === undefined) return undefined;
      nodes.base = () => $(v).attr("number").call();
      if (schema.minimum === undefined) nodes.min = () => undefined;
      if (schema.maximum === undefined) nodes.max = () => undefined;
      return undefined;
    },
    string({ $, nodes, schema, symbols: { v } }) {
      nodes.format = () => (schema.format === "email" ? $(v).attr("rfcEmail").call() : undefined);
      const { minLength, maxLength } = schema;
      if (minLength !== undefined) {
        nodes.minLength = () => $(v).attr("minCodePoints").call($.literal(minLength));
      }
      if (maxLength !== undefined) {
        nodes.maxLength = () => $(v).attr("maxCodePoints").call($.literal(maxLength));
      }
      return undefined;
    },
  },
};

async function generate(spec: string, output: string): Promise<void> {
  // First, since it refuses a bad spec, and what follows empties the output.
  const operations = readOperations(await readFile(spec, "utf8"));
  await createClient({
    input: resolve(spec),
    logs: { level: "silent" },
    output: {
      path: output,
      module: { extension: ".ts" },
      // The runtime that hey-api copies does not compile under exactOptionalPropertyTypes.
      header: ({ defaultValue }) => ["// @ts-nocheck", ...defaultValue],
    },
    plugins: [
      "@hey-api/typescript",
      // Without `client: false` each function falls back to a client shared by the whole module; the key is the door's.
      { name: "@hey-api/sdk", client: false, auth: false },
      "@hey-api/client-fetch",
      valibot,
    ],
  });
  await useOwnSchemas(join(output, "valibot.gen.ts"));
  await writeFile(join(output, "release-stages.gen.ts"), releaseStagesFile(operations));
  await writeFile(join(output, "operations.gen.ts"), operationsFile(operations));
}

/** Has the schemas made by `src/core/schema.ts`, which says why; it must have what they use. */
async function useOwnSchemas(file: string): Promise<void> {
  const text = await readFile(file, "utf8");
  const missing = [...new Set(text.match(/(?<=\bv\.)\w+/g))].filter((name) => !(name in schema));
  if (missing.length > 0) {
    throw new Error(`The spec needs schemas that src/core/schema.ts does not have: ${missing.join(", ")}`);
  }
  // Being of ours now, they are checked by the compiler as well.
  const own = text.replace("from 'valibot'", "from '../src/api/schema.ts'").replace("// @ts-nocheck\n", "");
  await writeFile(file, own);
}

async function readTree(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.map(async (file) => [relative(folder, file), await readFile(file, "utf8")] as const),
    ),
  );
}

/** One line for each file of `actual` that differs from `expected`, is missing, or should not be there. */
function differences(expected: Map<string, string>, actual: Map<string, string>): string[] {
  const names = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return names.flatMap((name) => {
    if (!actual.has(name)) return [`missing: ${name}`];
    if (!expected.has(name)) return [`stray: ${name}`];
    return expected.get(name) === actual.get(name) ? [] : [`differs: ${name}`];
  });
}

async function check(spec: string, output: string): Promise<void> {
  const fresh = await mkdtemp(join(tmpdir(), "ax-users-generate-"));
  try {
    await generate(spec, fresh);
    const found = differences(await readTree(fresh), await readTree(output));
    if (found.length === 0) return;
    console.error(
      `generated/ is not what the spec gives:\n  ${found.join("\n  ")}\nTo mend it: npm run generate`,
    );
    process.exitCode = 1;
  } finally {
    await rm(fresh, { recursive: true });
  }
}

const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    spec: { type: "string", default: join(root, "openapi/arize-users.yaml") },
    output: { type: "string", default: join(root, "generated") },
  },
});
await (values.check ? check : generate)(values.spec, values.output);
