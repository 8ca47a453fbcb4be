/** The Node of this machine, and the one that the tools bring. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const toolsNode = fileURLToPath(new URL("../../node_modules/node/bin/node", import.meta.url));

const onPath = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((folder) => !folder.includes("node_modules"))
  .map((folder) => join(folder, "node"));

interface Node {
  file: string;
  /** `v20.20.2` */
  version: string;
  /** Whether it reads `NODE_USE_ENV_PROXY`. */
  hasEnvProxy: boolean;
}

export const nodes: Node[] = [onPath.find(existsSync) ?? process.execPath, toolsNode].map((file) => {
  const print = "[process.version, process.allowedNodeEnvironmentFlags.has('--use-env-proxy')].join()";
  const printed = execFileSync(file, ["-p", print], { encoding: "utf8" }).trim();
  const [version = "", hasEnvProxy] = printed.split(",");
  return { file, version, hasEnvProxy: hasEnvProxy === "true" };
});
