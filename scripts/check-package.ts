/**
 * Uses the package as its users do: packs it, installs the tarball in an empty folder, and there imports it,
 * requires it, works with it against its sandbox, and compiles against its types.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkImports } from "./check-package/imports.ts";
import { install, pack } from "./check-package/tarball.ts";
import { checkTypes } from "./check-package/types.ts";
import { checkUse } from "./check-package/use.ts";

const folder = mkdtempSync(join(tmpdir(), "ax-users-package-"));
try {
  install(pack(folder), folder);
  checkImports(folder);
  checkUse(folder);
  await checkTypes(folder);
} finally {
  rmSync(folder, { recursive: true });
}
