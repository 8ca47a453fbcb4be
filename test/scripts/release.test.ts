/** What `.github/workflows/release.yml` does with changesets, the changelog and npm, up to the publishing. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const changeset = createRequire(import.meta.url).resolve("@changesets/cli/bin.js");
const planScript = join(root, "scripts/release-plan.ts");
const notesScript = join(root, "scripts/release-notes.ts");

interface Result {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (cwd: string, env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Result> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      { cwd, env: { ...process.env, ...env } },
      (_, stdout, stderr) => resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });

/** What releases are made of, at a version, without the changesets that are here. */
async function packageAt(version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const repository = { type: "git", url: "git+https://github.com/somebody/ax-users.git" };
  await cp(join(root, ".changeset"), join(folder, ".changeset"), { recursive: true });
  for (const name of await changesetsIn(folder)) await rm(join(folder, ".changeset", name));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "ax-users", version, repository }));
  await writeFile(join(folder, "package-lock.json"), JSON.stringify({ lockfileVersion: 3 }));
  await writeFile(join(folder, "CHANGELOG.md"), `# Changelog\n\n## ${version}\n\n- Before.\n`);
  return folder;
}

const changesetsIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, ".changeset"))).filter((name) => name.endsWith(".md") && name !== "README.md");

const addChangeset = (folder: string, step: string, summary: string, name = "wise-owls.md"): Promise<void> =>
  writeFile(join(folder, ".changeset", name), `---\n"ax-users": ${step}\n---\n\n${summary}\n`);

const readIn = (folder: string, file: string): Promise<string> => readFile(join(folder, file), "utf8");

test("the changesets that are here make the next version of the changelog", async () => {
  const folder = await packageAt("0.1.0");
  await cp(join(root, "CHANGELOG.md"), join(folder, "CHANGELOG.md"));
  await cp(join(root, ".changeset"), join(folder, ".changeset"), { recursive: true });
  await addChangeset(folder, "minor", "`User.isDeveloper` is gone.");
  const before = await readIn(folder, "CHANGELOG.md");
  const { exitCode, stderr } = await run(folder, {}, changeset, "version");
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  expect(await changesetsIn(folder)).toEqual([]);
  expect(JSON.parse(await readIn(folder, "package.json"))).toMatchObject({ version: "0.2.0" });
  const after = await readIn(folder, "CHANGELOG.md");
  expect(after).toMatch(/^# Changelog\n\n## 0\.2\.0\n\n### Minor Changes\n\n- /);
  expect(after).toContain("`User.isDeveloper` is gone.");
  expect(after.endsWith(before.replace(/^# Changelog\n/, ""))).toBe(true);
});

test("each version stands above the one before, and the notes are those of the version alone", async () => {
  const folder = await packageAt("0.1.0");
  await addChangeset(folder, "minor", "`User.isDeveloper` is gone.");
  await run(folder, {}, changeset, "version");
  await addChangeset(folder, "patch", "`User.locale` is new.");
  await run(folder, {}, changeset, "version");
  expect(await readIn(folder, "CHANGELOG.md")).toBe(
    [
      "# Changelog\n\n## 0.2.1\n\n### Patch Changes\n\n- `User.locale` is new.\n",
      "## 0.2.0\n\n### Minor Changes\n\n- `User.isDeveloper` is gone.\n",
      "## 0.1.0\n\n- Before.\n",
    ].join("\n"),
  );
  expect(await run(folder, {}, notesScript)).toMatchObject({
    exitCode: 0,
    stdout: "### Patch Changes\n\n- `User.locale` is new.\n",
  });
});

test("a version that the changelog does not know has no notes", async () => {
  const folder = await packageAt("0.1.0");
  await writeFile(join(folder, "CHANGELOG.md"), "# Changelog\n\n## 0.1.0-rc.1\n\n- Before.\n");
  const { exitCode, stderr } = await run(folder, {}, notesScript);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("CHANGELOG.md has no section for 0.1.0.");
});

/** A registry that has one version of the package, none of it, or answers with an error. */
async function startRegistry(version: string | undefined, status = 200): Promise<string> {
  const server = createServer((_, response) => {
    const found = version === undefined ? {} : { name: "ax-users", version };
    const body = { name: "ax-users", "dist-tags": { latest: version }, versions: { [`${version}`]: found } };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** What the workflow is told, in a repository, where a registry has a version or answers with an error. */
async function plan(folder: string, registry: string, repository = "somebody/ax-users"): Promise<Result> {
  const npm = { npm_config_registry: registry, npm_config_cache: join(folder, "cache") };
  const env = { ...npm, npm_config_fetch_retries: "0", GITHUB_REPOSITORY: repository };
  return run(folder, env, planScript);
}

test("where a changeset asks for a version, that comes first", async () => {
  const folder = await packageAt("0.1.0");
  await addChangeset(folder, "patch", "`User.locale` is new.");
  // Nobody is asked.
  expect(await plan(folder, "http://127.0.0.1:9/")).toEqual({
    exitCode: 0,
    stdout: "version=0.1.0\naction=version\n",
    stderr: "",
  });
});

test.each([
  { what: "nothing of the package", version: undefined, status: 404, action: "publish" },
  { what: "another version", version: "0.0.9", status: 200, action: "publish" },
  { what: "this version", version: "0.1.0", status: 200, action: "none" },
])("without changesets, where npm has $what: $action", async ({ version, status, action }) => {
  const folder = await packageAt("0.1.0");
  await writeFile(join(folder, ".changeset/empty.md"), "---\n---\n");
  const { exitCode, stdout } = await plan(folder, await startRegistry(version, status));
  expect(stdout).toBe(`version=0.1.0\naction=${action}\n`);
  expect(exitCode).toBe(0);
});

test("where npm cannot be asked, nothing is planned", async () => {
  const folder = await packageAt("0.1.0");
  const { exitCode, stdout } = await plan(folder, await startRegistry(undefined, 500));
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
});

test("only the repository that package.json names can publish", async () => {
  const folder = await packageAt("0.1.0");
  const { exitCode, stdout, stderr } = await plan(folder, await startRegistry("0.0.9"), "another/ax-users");
  expect(exitCode).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(
    "npm pkg set repository.type=git repository.url=git+https://github.com/another/ax-users.git",
  );
});
