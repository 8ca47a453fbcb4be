/** Rows of bulk calls whose members cannot be read: lazy getters, and proxies. */
import { ArizeClient } from "ax-users";
import { startSandbox } from "ax-users/testing";
import { afterAll, describe, expect, test } from "vitest";

const sandbox = await startSandbox({
  users: [{ id: "u1", email: "ada@example.com", name: "Ada" }],
  organizations: [{ id: "o1", name: "Data Ops" }],
});
afterAll(() => sandbox.close());

const { baseUrl, apiKey } = sandbox;
const { users, organizations } = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false });
const member = { type: "predefined", name: "member" } as const;
const fail = () => {
  throw new Error("not loaded");
};

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const ROWS: [string, () => object][] = [
  [
    "a getter that throws",
    () => Object.defineProperty({ userId: "u1", user: "u1" }, "name", { get: fail, enumerable: true }),
  ],
  ["a proxy that throws", () => new Proxy({}, { ownKeys: fail, get: fail, getPrototypeOf: fail })],
  ["a revoked proxy", revoked],
];

const CALLS: [string, (row: never) => Promise<{ status: string }[]>][] = [
  ["updateMany", (row) => users.updateMany({ users: [row, { userId: "u1", name: "Ada L." }] })],
  [
    "createMany",
    (row) =>
      users.createMany({
        users: [row, { name: "Ada", email: "ada@example.com", role: member, inviteMode: "none" }],
      }),
  ],
  [
    "addUsers",
    (row) => organizations.addUsers({ organizationId: "o1", users: [row, { user: "u1", role: member }] }),
  ],
  ["removeUsers", (row) => organizations.removeUsers({ organizationId: "o1", users: [row, "u1"] })],
];

describe.each(CALLS)("%s", (_, call) => {
  test.each(ROWS)("%s fails as a row, and the others are done", async (_, row) => {
    const [broken, other, ...rest] = await call(row() as never);
    expect(broken).toMatchObject({ status: "failed", attempted: false, outcome: "not_applied" });
    expect(broken).toMatchObject({ error: expect.stringContaining("users[0]") });
    expect(other).not.toMatchObject({ attempted: false });
    expect(rest).toEqual([]);
  });
});
