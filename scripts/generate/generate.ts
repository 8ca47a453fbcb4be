/** Generates all files from a spec. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readSpec, runHeyApi } from "./hey-api.ts";
import { modelsFile } from "./models.ts";
import { operationsFile, readOperations, releaseStagesFile } from "./operations.ts";

/** @throws if the spec has something that the package cannot express or send. The output is then left as it was. */
export async function generate(spec: string, output: string): Promise<void> {
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
