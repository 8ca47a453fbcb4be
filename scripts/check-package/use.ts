import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./run.ts";

const LIFE = `
  const sandbox = await startSandbox({ users: 3 });
  const client = new ArizeClient({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey, prereleaseWarnings: false });
  const user = await client.users.create({
    name: "Ada Lovelace",
    email: "ada@example.com",
    role: { type: "predefined", name: "member" },
    inviteMode: "email_link",
  });
  const results = await client.users.bulkDelete({ userIds: [user.id], emails: ["nobody@example.com"] });
  const left = (await client.users.list()).data.length;
  await sandbox.close();
  if (results.map(({ status }) => status).join() !== "deleted,not_found" || left !== 3) throw new Error("not as it should be");
`;

const CONSUMERS = {
  "imports.mjs": `import { ArizeClient } from "ax-users";\nimport { startSandbox } from "ax-users/testing";\n${LIFE}`,
  "requires.cjs": `const { ArizeClient } = require("ax-users");\nconst { startSandbox } = require("ax-users/testing");\n(async () => {${LIFE}})();`,
};

/** Works with the package on the Node of the npm scripts, and on the machine's own. */
export function checkUse(folder: string): void {
  for (const [name, text] of Object.entries(CONSUMERS)) writeFileSync(join(folder, name), text);
  for (const node of [process.execPath, machineNode()]) {
    const version = run(node, ["--version"], folder).trim();
    run(node, ["imports.mjs"], folder);
    run(node, ["--no-warnings=ExperimentalWarning", "requires.cjs"], folder);
    checkCommand(node, folder);
    console.log(`imported, required and used, and the command run: Node ${version}`);
  }
}

/** In the folder of the consumer there is no account, and nothing but the package. */
function checkCommand(node: string, folder: string): void {
  const command = (...args: string[]) => run(node, ["node_modules/.bin/ax-users", ...args], folder);
  const { version } = JSON.parse(readFileSync(join(folder, "node_modules/ax-users/package.json"), "utf8"));
  if (command("--version").trim() !== version) throw new Error("ax-users --version is another one");
  if (!command("plan", "--help").includes("--remove-absent"))
    throw new Error("ax-users plan --help has no options");
  if (!/All \d+ checks passed/.test(command("demo"))) throw new Error("ax-users demo fails");
}

/** The Node that runs where npm has not put the project's own in front. */
function machineNode(): string {
  const path = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  const env = { ...process.env, PATH: path.join(delimiter) };
  return execFileSync("sh", ["-c", "command -v node"], { encoding: "utf8", env }).trim();
}
