/** That the public API cannot become another one without a changeset. */
import { expect, test } from "vitest";
import { repository } from "./repository.ts";

const REPORT = "api/ax-users.api.md";

async function packageOnABranch() {
  const { run, ...rest } = await repository({
    "package.json": JSON.stringify({ name: "ax-users", version: "0.1.0" }),
    ".changeset/old-owls.md": '---\n"ax-users": minor\n---\n\nOf before.\n',
    [REPORT]: "export const getUser: () => User;\n",
  });
  return { ...rest, check: () => run("api-changeset.ts", "--since", "main") };
}

test("a change of the API needs a changeset that is new", async () => {
  const { write, commit, addChangeset, check } = await packageOnABranch();
  await write(REPORT, "export const getUser: (id: string) => User;\n");
  commit();
  expect(await check()).toEqual({
    exitCode: 1,
    stdout: `${REPORT}\nchanged since main; changesets of "ax-users" since then: none.\n`,
    stderr: "A change of the public API needs a changeset: npx changeset.\n",
  });
  await addChangeset("patch");
  commit();
  expect(await check()).toMatchObject({ exitCode: 0, stderr: "" });
});

test("so does a report that is new", async () => {
  const { write, commit, check } = await packageOnABranch();
  await write("api/ax-users-testing.api.md", "export function startSandbox(): void;\n");
  commit();
  expect(await check()).toMatchObject({ exitCode: 1 });
});

test("the API as it was needs none, whatever else is different", async () => {
  const { write, commit, check } = await packageOnABranch();
  await write("src/index.ts", "export {};\n");
  commit();
  expect(await check()).toEqual({
    exitCode: 0,
    stdout: "The public API is what it was at main.\n",
    stderr: "",
  });
});

test("what became of the API on main meanwhile is not this branch's", async () => {
  const { write, commit, git, check } = await packageOnABranch();
  git("switch", "--quiet", "main");
  await write(REPORT, "export const getUser: (id: string) => User;\n");
  commit();
  git("switch", "--quiet", "change");
  expect(await check()).toMatchObject({ exitCode: 0 });
});
