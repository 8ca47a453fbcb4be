/** `is_developer` on create, which the hosted API does not have since September 2026. */
import type { SandboxOptions } from "ax-users/testing";
import { startSandbox } from "ax-users/testing";
import { expect, test } from "vitest";
import { inEra } from "./dialects.ts";
import { newUser, type WireProblem, type WireUser } from "./helpers.ts";

const current = inEra("current");
const alpha = inEra("alpha");

test("left out, it is refused", async () => {
  const sandbox = await current.open();
  const body = newUser({ is_developer: true });
  expect(await current.call(sandbox, "POST", "/v2/users", body)).toMatchObject({ status: 422 });
});

test.each([true, false, null, "yes"])(
  "refuse: a create with %j is a 422, and nobody is created",
  async (value) => {
    const sandbox = await current.open({ createIsDeveloper: "refuse" });
    const body = newUser({ is_developer: value });
    const reply = await current.call<WireProblem>(sandbox, "POST", "/v2/users", body);
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({
      type: "https://arize.com/docs/ax/rest-reference/errors#unprocessable-entity",
      title: "Unprocessable Entity",
      detail: expect.stringContaining("'is_developer' is unknown"),
    });
    expect(sandbox.users()).toEqual([]);
  },
);

test.each([
  ["refuse", {}],
  ["ignore", {}],
  ["ignore", { is_developer: false }],
] as const)(
  "%s: of a create with %j the role decides about the permission",
  async (createIsDeveloper, fields) => {
    const sandbox = await current.open({ createIsDeveloper });
    for (const [name, expected] of [
      ["admin", true],
      ["member", true],
      ["annotator", false],
    ] as const) {
      const body = newUser({ ...fields, email: `${name}@example.com`, role: { type: "predefined", name } });
      const reply = await current.call<WireUser>(sandbox, "POST", "/v2/users", body);
      expect(reply).toMatchObject({ status: 201, body: { is_developer: expected } });
    }
  },
);

test.each(["refuse", "ignore"] as const)("%s: an update still has the field", async (createIsDeveloper) => {
  const sandbox = await current.open({ createIsDeveloper, users: [{ id: "ada", email: "ada@example.com" }] });
  const reply = await current.call(sandbox, "PATCH", "/v2/users/ada", { is_developer: false });
  expect(reply).toMatchObject({ status: 200, body: { is_developer: false } });
});

test.each<SandboxOptions["createIsDeveloper"]>(["refuse", "ignore"])(
  "%s: the alpha dialect uses the field whatever is said",
  async (createIsDeveloper = "refuse") => {
    const sandbox = await alpha.open({ createIsDeveloper });
    const body = newUser({ is_developer: false });
    const reply = await alpha.call(sandbox, "POST", "/v2/users", body);
    expect(reply).toMatchObject({ status: 201, body: { is_developer: false } });
  },
);

test.each(["drop", "", null, true])("createIsDeveloper cannot be %j", async (value) => {
  const options = { createIsDeveloper: value } as unknown as SandboxOptions;
  await expect(startSandbox(options)).rejects.toThrow(
    /^options\.createIsDeveloper must be one of refuse, ignore, received/,
  );
});
