/**
 * Writes `generated/` anew from the spec: types, SDK functions, fetch client and valibot schemas by
 * `@hey-api/openapi-ts`; models, release stages and success statuses by the files beside this one.
 *
 *   node scripts/generate/main.ts                      openapi/arize-users.yaml → generated/
 *   node scripts/generate/main.ts --check              fails where generated/ is not what the spec gives
 *   node scripts/generate/main.ts --spec FILE --output DIR
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readSpec, runHeyApi } from "./hey-api.ts";
import { modelsFile } from "./models.ts";
import { operationsFile, readOperations, releaseStagesFile } from "./operations.ts";
import { differences, readTree } from "./tree.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function generate(spec: string, output: string): Promise<void> {
  // A bad spec is refused before hey-api empties the output.
  const ir = await readSpec(spec);
  const operations = readOperations(ir);
  const files = {
    "models.gen.ts": modelsFile(ir),
    "operations.gen.ts": operationsFile(operations),
    "release-stages.gen.ts": releaseStagesFile(operations),
  };
  await runHeyApi(spec, output);
  for (const [name, text] of Object.entries(files)) await writeFile(join(output, name), text);
}

async function check(spec: string, output: string): Promise<void> {
  const fresh = await mkdtemp(join(tmpdir(), "ax-users-generate-"));
  try {
    await generate(spec, fresh);
    const found = differences(await readTree(fresh), await readTree(output));
    if (found.length === 0) return;
    console.error(
      `generated/ is not what the spec gives:\n  ${found.join("\n  ")}\nTo fix it: npm run generate`,
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
