/**
 * Uses the package as its users do: packs it, installs the tarball in an empty folder, and there imports it,
 * requires it, works with it against its sandbox, and compiles against its types; on the Node of the npm scripts and on
 * the machine's own.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("..", import.meta.url));
const MAX_PACKED_BYTES = 150_000;
const PACKED = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(index|testing)\.(js|js\.map|d\.ts))$/;

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
  const left: number = (await client.users.list()).data.length;
  await sandbox.close();
  if (results.map(({ status }) => status).join() !== "deleted,not_found" || left !== 3) throw new Error("not as it should be");
`;

const javaScript = LIFE.replace(": number", "");
const CONSUMER = {
  "package.json": JSON.stringify({ name: "consumer", private: true }),
  "imports.mjs": `import { ArizeClient } from "ax-users";\nimport { startSandbox } from "ax-users/testing";\n${javaScript}`,
  "requires.cjs": `const { ArizeClient } = require("ax-users");\nconst { startSandbox } = require("ax-users/testing");\n(async () => {${javaScript}})();`,
  "types.mts": `import { ArizeClient, type User } from "ax-users";\nimport { startSandbox } from "ax-users/testing";\n${LIFE}\nexport type { User };`,
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
      lib: ["es2023", "dom", "dom.iterable", "esnext.disposable"],
      types: [],
    },
    files: ["types.mts"],
  }),
};

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** The Node that runs where npm has not put the project's own in front. */
function machineNode(): string {
  const path = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  const env = { ...process.env, PATH: path.join(delimiter) };
  return execFileSync("sh", ["-c", "command -v node"], { encoding: "utf8", env }).trim();
}

function pack(folder: string): string {
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], root));
  const stray = packed.files
    .map(({ path }: { path: string }) => path)
    .filter((path: string) => !PACKED.test(path));
  if (stray.length > 0) throw new Error(`The tarball holds what nobody needs: ${stray.join(", ")}`);
  if (packed.size > MAX_PACKED_BYTES)
    throw new Error(`The tarball has ${packed.size} bytes, over ${MAX_PACKED_BYTES}`);
  console.log(`packed: ${packed.size} bytes, ${packed.files.length} files`);
  return join(folder, packed.filename);
}

/** The main entry is for any runtime with fetch: what it imported would have to be there, too. */
function checkImports(file: string): void {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  if (importedFiles.length === 0) return;
  throw new Error(`${file} imports ${importedFiles.map(({ fileName }) => fileName).join(", ")}`);
}

const folder = mkdtempSync(join(tmpdir(), "ax-users-package-"));
try {
  const tarball = pack(folder);
  for (const [name, text] of Object.entries(CONSUMER)) writeFileSync(join(folder, name), text);
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], folder);
  checkImports(join(folder, "node_modules/ax-users/dist/index.js"));
  for (const node of [process.execPath, machineNode()]) {
    const version = run(node, ["--version"], folder).trim();
    run(node, ["imports.mjs"], folder);
    run(node, ["--no-warnings=ExperimentalWarning", "requires.cjs"], folder);
    console.log(`imported, required and used: Node ${version}`);
  }
  run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], folder);
  console.log("compiled against its types");
} finally {
  rmSync(folder, { recursive: true });
}
