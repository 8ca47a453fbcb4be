/** What `@hey-api/openapi-ts` generates, and how. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createClient, type IR, type UserConfig } from "@hey-api/openapi-ts";

type Plugin = NonNullable<UserConfig["plugins"]>[number];

/** Where the generated schemas take from what valibot does not have. */
const CODE_POINTS = "../src/api/code-points.ts";

/**
 * The schemas as JSON Schema means them: `maxLength` counts code points, where valibot's counterpart counts UTF-16 units,
 * and `format: email` is the address of RFC 5321, of which valibot's default takes a part only (no apostrophe, no host
 * without a dot). Other formats and the length of lists are the server's business.
 */
const valibot: Plugin = {
  name: "valibot",
  // The models decode responses.
  responses: false,
  $resolvers: {
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
    string({ $, nodes, plugin, schema, symbols: { v } }) {
      const { minLength, maxLength } = schema;
      const codePoints = (name: string, length: number) =>
        $(plugin.symbol(name, { external: CODE_POINTS })).call($.literal(length));
      nodes.format = () => (schema.format === "email" ? $(v).attr("rfcEmail").call() : undefined);
      nodes.length = () => undefined;
      nodes.minLength = () => (minLength === undefined ? undefined : codePoints("minCodePoints", minLength));
      nodes.maxLength = () => (maxLength === undefined ? undefined : codePoints("maxCodePoints", maxLength));
      return undefined;
    },
  },
};

/** The resolved spec. hey-api empties its output folder even in a dry run, so it gets one of its own. */
export async function readSpec(spec: string): Promise<IR.Model> {
  const path = await mkdtemp(join(tmpdir(), "ax-users-spec-"));
  try {
    return await run(spec, { path }, [], true);
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

/** Writes types, SDK functions, fetch client and valibot schemas into `output`. */
export async function runHeyApi(spec: string, output: string): Promise<void> {
  await run(
    spec,
    {
      path: output,
      module: { extension: ".ts" },
      // The runtime that hey-api copies does not compile under exactOptionalPropertyTypes.
      header: ({ defaultValue }) => ["// @ts-nocheck", ...defaultValue],
    },
    [
      "@hey-api/typescript",
      // Without `client: false` each function falls back to a client that the whole module shares. The transport sends the key.
      { name: "@hey-api/sdk", client: false, auth: false },
      "@hey-api/client-fetch",
      valibot,
    ],
  );
}

async function run(
  spec: string,
  output: Exclude<UserConfig["output"], string | readonly unknown[]>,
  plugins: Plugin[],
  dryRun = false,
): Promise<IR.Model> {
  const config = { input: resolve(spec), logs: { level: "silent" }, output, plugins, dryRun } as const;
  const [context] = await createClient(config);
  if (!context?.ir) throw new Error(`${spec}: hey-api found nothing to generate from`);
  return context.ir;
}
