import { expect, test } from "vitest";
import { openCli } from "./run-cli.ts";

const open = () =>
  openCli({
    users: [{ id: "ada", email: "ada@example.com", name: "Ada" }],
    organizations: [{ id: "T3JnYW5pemF0aW9uOjE=", name: "Data Ops", description: "Pipelines" }],
  });

test("organizations are listed, shown, created, changed and deleted", async () => {
  const { run, sandbox } = await open();
  expect(JSON.parse((await run(["orgs", "list", "--json"])).stdout)).toMatchObject([{ name: "Data Ops" }]);
  expect((await run(["orgs", "get", "data ops"])).stdout).toMatch(/Data Ops {2,}Pipelines/);
  const created = await run(["orgs", "create", "Sales", "--description", "North", "--json"]);
  expect(JSON.parse(created.stdout)).toMatchObject({ name: "Sales", description: "North" });
  const changed = await run(["orgs", "update", "Sales", "--name", "Sales EU", "--description", "", "--json"]);
  expect(JSON.parse(changed.stdout)).toMatchObject({ name: "Sales EU", description: "" });
  expect(await run(["orgs", "delete", "Sales EU"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("--yes"),
  });
  expect(sandbox.organizations()).toHaveLength(2);
  expect((await run(["orgs", "delete", "Sales EU", "--yes"])).code).toBe(0);
  expect(sandbox.organizations().map(({ name }) => name)).toEqual(["Data Ops"]);
  expect(await run(["orgs", "get", "Sales EU"])).toMatchObject({ code: 1, stdout: "" });
});

test("members are added with a role, and removed", async () => {
  const { run, sandbox } = await open();
  const members = () => sandbox.organizations()[0]?.members.map(({ userId, role }) => [userId, role]);
  const added = await run([
    "orgs",
    "add-user",
    "Data Ops",
    "ada@example.com",
    "--role",
    "read-only",
    "--json",
  ]);
  expect(JSON.parse(added.stdout)).toMatchObject({ userId: "ada", role: { name: "read-only" } });
  expect(members()).toEqual([["ada", { type: "predefined", name: "read-only" }]]);
  expect((await run(["orgs", "remove-user", "Data Ops", "ada"])).code).toBe(0);
  expect(members()).toEqual([]);
  expect((await run(["orgs", "add-user", "Data Ops", "ada", "--role", "king"])).code).toBe(2);
});

test("a group of commands names its commands", async () => {
  const { run } = await open();
  const { code, stderr } = await run(["orgs"]);
  expect(code).toBe(2);
  expect(stderr).toContain("orgs add-user");
  const help = await run(["orgs", "--help"]);
  expect(help.code).toBe(0);
  expect(help.stdout).toMatch(/orgs list .*\n.*orgs get /);
  expect(help.stdout).not.toContain("sandbox");
});
