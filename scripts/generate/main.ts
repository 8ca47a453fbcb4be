/**
 * Writes `generated/` anew from the spec: types, SDK functions, fetch client and valibot schemas by
 * `@hey-api/openapi-ts`; models, release stages and success statuses by the files beside this one.
 *
 *   node scripts/generate/main.ts                      openapi/arize-users.yaml → generated/
 *   node scripts/generate/main.ts --check              fails where generated/ is not what the spec gives
 *   node scripts/generate/main.ts --spec FILE --output DIR
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generate } from "./generate.ts";
import { differences, readTree } from "./tree.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

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
