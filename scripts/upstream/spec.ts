/**
 * Builds `openapi/arize-users.yaml` from `upstream.yaml` and `overlay.yaml`.
 *
 *   node scripts/upstream/spec.ts
 *   node scripts/upstream/spec.ts --check   fails where the file is not what the two give
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { buildSpec } from "./build-spec.ts";
import { OVERLAY, read, SPEC, UPSTREAM } from "./files.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const spec = await buildSpec(await read(UPSTREAM), await read(OVERLAY));
if (!values.check) await writeFile(SPEC, spec);
else if (spec !== (await read(SPEC))) {
  console.error(
    "openapi/arize-users.yaml is not what upstream.yaml and overlay.yaml give.\nTo fix it: npm run spec",
  );
  process.exitCode = 1;
}
