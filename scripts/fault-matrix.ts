/**
 * Runs every operation through every fault, over real sockets, and writes what came of it.
 *
 *   node scripts/fault-matrix.ts           → docs/fault-matrix.md
 *   node scripts/fault-matrix.ts --check   fails where docs/fault-matrix.md is not what a run gives
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { toDocument } from "../test/transport/fault-document.ts";
import { runMatrix } from "../test/transport/fault-run.ts";

const FILE = fileURLToPath(new URL("../docs/fault-matrix.md", import.meta.url));

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const document = toDocument(await runMatrix());
if (!values.check) {
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, document);
} else if ((await readFile(FILE, "utf8").catch(() => "")) !== document) {
  console.error("docs/fault-matrix.md is not what a run gives.\nTo mend it: npm run fault-matrix");
  process.exitCode = 1;
}
