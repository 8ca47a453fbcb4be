/** Programs that use this package and undici 7, in any version of Node. */
import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Puts this package, as JavaScript, and undici 7 where programs of the folder find them. */
export async function install(folder: string): Promise<void> {
  const own = join(folder, "node_modules/ax-users");
  await mkdir(own, { recursive: true });
  await build({
    cwd: root,
    config: false,
    entry: { index: join(root, "src/index.ts") },
    outDir: own,
    target: "es2023",
    platform: "neutral",
    fixedExtension: false,
    dts: false,
    logLevel: "silent",
  });
  const manifest = { type: "module", exports: "./index.js" };
  await writeFile(join(own, "package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await symlink(join(root, "node_modules/undici-7"), join(folder, "node_modules/undici"));
}

/** Runs a shell script that starts `node app.js`. Gives what that prints. */
export async function runScript(
  { folder, node, env }: { folder: string; node: string; env: Record<string, string> },
  script: string,
  app: string,
): Promise<string> {
  await writeFile(join(folder, "app.js"), stripTypeScriptTypes(app));
  const PATH = [dirname(node), "/usr/bin", "/bin"].join(delimiter);
  return new Promise((resolve) => {
    execFile("sh", ["-ec", script], { cwd: folder, env: { ...env, PATH } }, (_, stdout, stderr) =>
      resolve((stdout + stderr).trim()),
    );
  });
}
