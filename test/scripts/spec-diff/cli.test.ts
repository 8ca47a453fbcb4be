/** `scripts/spec-diff.ts` as a command: what it prints, and when it fails. */
import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { type Edit, remove, schemaAt, set, specWith } from "./edits.ts";

const script = fileURLToPath(new URL("../../../scripts/spec-diff.ts", import.meta.url));
const SPEC = "openapi/arize-users.yaml";

const REMOVED_FIELD = remove(schemaAt("User", "properties", "is_developer"));
const NEW_FIELD = set(schemaAt("User", "properties", "locale"), { type: "string" });

/** A package with its spec, which is also in `old.yaml` as it was before the edits. */
async function packageWith(edits: readonly Edit[], version = "0.1.0"): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "openapi"));
  await mkdir(join(folder, ".changeset"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "ax-users", version }));
  await writeFile(join(folder, ".changeset/README.md"), '---\n"ax-users": major\n---\nNot a changeset.\n');
  await writeFile(join(folder, "old.yaml"), specWith().toString());
  await writeFile(join(folder, SPEC), specWith(...edits).toString());
  return folder;
}

const addChangeset = (folder: string, step: string, name = "wise-owls.md"): Promise<void> =>
  writeFile(join(folder, ".changeset", name), `---\n"ax-users": ${step}\n---\n\nWhat is different.\n`);

/** Commits all that is in a folder. */
function commit(folder: string): void {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  for (const args of [
    ["add", "--all"],
    [...identity, "commit", "--quiet", "--message=x"],
  ]) {
    execFileSync("git", args, { cwd: folder });
  }
}

interface Result {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (cwd: string, ...args: string[]): Promise<Result> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { cwd }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });

const runOn = (folder: string, ...args: string[]) => run(folder, "old.yaml", SPEC, ...args);

test("prints the text of a pull request", async () => {
  const folder = await packageWith([REMOVED_FIELD, NEW_FIELD]);
  expect(await runOn(folder)).toEqual({
    exitCode: 0,
    stderr: "",
    stdout: [
      "## What the new spec changes for users",
      "",
      "Proposed version step: **minor**",
      "",
      "### Breaking",
      "",
      "- `User.is_developer` (in responses of `users_create`, `users_get`, `users_list`, `users_update`) was removed.",
      "",
      "### Additions",
      "",
      "- `User.locale` (in responses of `users_create`, `users_get`, `users_list`, `users_update`) is new and optional.",
      "",
    ].join("\n"),
  });
});

test("says so where nothing is different", async () => {
  const { exitCode, stdout } = await runOn(await packageWith([]), "--require-changeset");
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    "## What the new spec changes for users\n\nNothing changes for users of the package.\n",
  );
});

test("a breaking change needs a changeset for its step", async () => {
  const folder = await packageWith([REMOVED_FIELD]);
  expect(await runOn(folder, "--require-changeset")).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining("### Breaking"),
    stderr:
      'A breaking change of the spec needs a file in .changeset/ that says "ax-users": minor; found: none.\n',
  });
  await addChangeset(folder, "patch");
  expect((await runOn(folder, "--require-changeset")).stderr).toContain("found: patch");
  await addChangeset(folder, "minor");
  expect(await runOn(folder, "--require-changeset")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("an addition needs none", async () => {
  const folder = await packageWith([NEW_FIELD]);
  await rm(join(folder, ".changeset"), { recursive: true });
  expect(await runOn(folder, "--require-changeset")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("from 1.0 a breaking change is a major step, and an addition a minor one", async () => {
  const breaking = await packageWith([REMOVED_FIELD], "1.0.0");
  await addChangeset(breaking, "minor");
  const { exitCode, stderr } = await runOn(breaking, "--require-changeset");
  expect(exitCode).toBe(1);
  expect(stderr).toContain('"ax-users": major; found: minor');
  const { stdout } = await runOn(await packageWith([NEW_FIELD], "1.0.0"));
  expect(stdout).toContain("Proposed version step: **minor**");
});

test("since a branch: against the spec where it was left, with changesets that are new", async () => {
  const folder = await packageWith([]);
  execFileSync("git", ["init", "--quiet", "--initial-branch=main"], { cwd: folder });
  await addChangeset(folder, "minor");
  commit(folder);
  execFileSync("git", ["switch", "--quiet", "--create=change"], { cwd: folder });
  await writeFile(join(folder, SPEC), specWith(REMOVED_FIELD).toString());
  commit(folder);
  const since = () => run(folder, "--since", "main", "--require-changeset");
  expect(await since()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("found: none") });
  await addChangeset(folder, "minor", "more-owls.md");
  expect(await since()).toMatchObject({ exitCode: 0, stderr: "" });
  execFileSync("git", ["switch", "--quiet", "main"], { cwd: folder });
  await writeFile(join(folder, SPEC), specWith(NEW_FIELD).toString());
  commit(folder);
  execFileSync("git", ["switch", "--quiet", "change"], { cwd: folder });
  expect((await since()).stdout).not.toContain("User.locale");
});

test.each([
  { what: "one file alone", args: ["old.yaml"], message: "Give two files" },
  { what: "a file and a branch", args: ["old.yaml", "--since", "main"], message: "Give two files" },
  {
    what: "what is no spec",
    args: ["package.json", SPEC],
    message: "package.json must say openapi: 3.0.x or 3.1.x",
  },
])("$what is an error", async ({ args, message }) => {
  const { exitCode, stderr } = await run(await packageWith([]), ...args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
});

test("a reference to nothing is an error that names it", async () => {
  const { exitCode, stderr } = await runOn(await packageWith([remove(schemaAt("UserStatus"))]));
  expect(exitCode).toBe(1);
  expect(stderr).toContain("There is no #/components/schemas/UserStatus");
});
