/** What a package costs before its first call: to import, to bundle, and to install. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Bench, Subject } from "../bench.ts";
import { DIST, GENERATED_BUNDLE, type PeerName } from "../clients/peers.ts";
import type { PerPeer, Result } from "../results.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What stands in an import of each. */
const MODULES: PerPeer<string> = {
  generated: GENERATED_BUNDLE.href,
  alpha: import.meta.resolve("ax-client-alpha"),
  current: import.meta.resolve("ax-client-current"),
  ours: DIST.href,
};

const NAMES = Object.keys(MODULES) as PeerName[];

const perPeer = async <Value>(
  names: readonly PeerName[],
  of: (name: PeerName, module: string) => Promise<Value>,
): Promise<PerPeer<Value>> => {
  const values: PerPeer<Value> = {};
  for (const name of names) values[name] = await of(name, MODULES[name] ?? "");
  return values;
};

const single = (values: PerPeer<number>): PerPeer<number[]> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));

/** In a process that does nothing else, so that the start of Node itself is not in it. */
const IMPORT_TIME = `
  const startedAt = performance.now();
  await import(process.argv[1]);
  console.log(performance.now() - startedAt);`;

const MODULE_COUNT = `
  import { registerHooks } from "node:module";
  let count = 0;
  registerHooks({ load(url, context, next) { if (!url.startsWith("node:")) count += 1; return next(url, context); } });
  await import(process.argv[1]);
  console.log(count);`;

async function inNewProcess(script: string, module: string): Promise<number> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script, module]);
  return Number(stdout);
}

async function imports({ isQuick }: Bench): Promise<Result[]> {
  const rounds = isQuick ? 5 : 21;
  const times: PerPeer<number[]> = Object.fromEntries(NAMES.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    await perPeer(NAMES, async (name, module) => {
      times[name]?.push(await inNewProcess(IMPORT_TIME, module));
    });
  }
  const modules = await perPeer(NAMES, (_, module) => inNewProcess(MODULE_COUNT, module));
  return [
    {
      subject: "import",
      name: "time",
      unit: "ms",
      values: times,
      limits: [{ atMost: 0.25, times: "current" }],
    },
    { subject: "import", name: "modules", unit: "modules", values: single(modules), guard: "ours" },
  ];
}

/** The functions that both have; 1.28.0 has many more, for other parts of the API. */
const OPERATIONS =
  "listUsers, getUser, createUser, updateUser, deleteUser, resendInvitation, resetPassword, bulkDeleteUsers, " +
  "listOrganizations, getOrganization, createOrganization, updateOrganization, deleteOrganization, " +
  "addOrganizationUser, removeOrganizationUser";

const official = { operations: `createClient, ${OPERATIONS}`, one: "createClient, getUser" };

const EXPORTS: PerPeer<{ operations: string; one: string }> = {
  generated: { operations: "*", one: "createClient, usersGet" },
  alpha: official,
  current: official,
  ours: { operations: `ArizeClient, ${OPERATIONS}`, one: "getUser" },
};

async function bundledBytes(module: string, names: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export ${names === "*" ? "*" : `{ ${names} }`} from ${JSON.stringify(fileURLToPath(module))};`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2023",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

async function bundles(): Promise<Result[]> {
  const result = async (
    name: string,
    names: (name: PeerName) => string,
    atMost?: number,
  ): Promise<Result> => ({
    subject: "bundle",
    name,
    unit: "bytes",
    values: single(await perPeer(NAMES, (peer, module) => bundledBytes(module, names(peer)))),
    guard: "ours",
    ...(atMost && { limits: [{ atMost }] }),
  });
  return [
    await result("everything", () => "*", 24_000),
    await result("users and organizations", (name) => EXPORTS[name]?.operations ?? ""),
    await result("getting a user", (name) => EXPORTS[name]?.one ?? "", 16_000),
  ];
}

async function installedBytes(specifier: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-bench-"));
  try {
    await run("npm", [
      "install",
      "--prefix",
      folder,
      "--prefer-offline",
      "--no-audit",
      "--no-fund",
      specifier,
    ]);
    return await bytesIn(join(folder, "node_modules"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== ".package-lock.json");
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

async function installations({ isQuick }: Bench): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-pack-"));
  try {
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root });
    const [{ filename }] = JSON.parse(stdout);
    const specifiers: PerPeer<string> = {
      alpha: "@arizeai/ax-client@1.18.1",
      current: "@arizeai/ax-client@1.28.0",
      ours: join(folder, filename),
    };
    const names: PeerName[] = isQuick ? ["ours"] : ["alpha", "current", "ours"];
    const sizes = await perPeer(names, (name) => installedBytes(specifiers[name] ?? ""));
    return [
      {
        subject: "size",
        name: "installed",
        unit: "bytes",
        values: single(sizes),
        guard: "ours",
        limits: [{ atMost: 1_000_000 }],
      },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const subjects: Subject[] = [
  { name: "import", title: "Importing it in a new process", run: imports },
  { name: "bundle", title: "A bundle of it, minified and compressed", run: bundles },
  { name: "size", title: "Installing it, with its dependencies", run: installations },
];
