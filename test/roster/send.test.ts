import { ArizeError, RateLimitError } from "ax-users";
import { expect, test } from "vitest";
import type { BatchClient } from "../../src/roster/apply/batch.ts";
import { isEndedBy401, requestIdOf, storedError, toChangeError } from "../../src/roster/apply/errors.ts";
import { send } from "../../src/roster/apply/send-change.ts";
import type { Change } from "../../src/roster/plan/types.ts";

/** A client that sends nothing, and the calls that were made with it. */
function fakeClient(created: object = {}) {
  const calls: unknown[][] = [];
  const method = (name: string) => async (params: unknown) => {
    calls.push([name, params]);
    return { id: "new", outcome: "created", ...created };
  };
  const client = {
    users: { create: method("create"), update: method("update"), delete: method("delete") },
    organizations: { addUser: method("addUser"), removeUser: method("removeUser") },
  };
  return { calls, client: client as unknown as BatchClient };
}

const EMAIL = "ada@example.com";
const organization = { id: "org1", name: "Data Ops" };
const predefined = (name: string) => ({ type: "predefined", name });

test.each<[change: Partial<Change>, call: unknown[]]>([
  [{ kind: "update", to: { name: "Ada" } }, ["update", { userId: "u1", name: "Ada" }]],
  [{ kind: "update", to: { isDeveloper: false } }, ["update", { userId: "u1", isDeveloper: false }]],
  [{ kind: "update" }, ["update", { userId: "u1" }]],
  [{ kind: "delete" }, ["delete", { userId: "u1" }]],
  [
    { kind: "ensure_member", organization, role: "read-only" },
    ["addUser", { organizationId: "org1", userId: "u1", role: predefined("read-only") }],
  ],
  [
    { kind: "ensure_member", organization },
    ["addUser", { organizationId: "org1", userId: "u1", role: predefined("member") }],
  ],
  [
    { kind: "ensure_member", organization, role: "custom:r1:x" },
    ["addUser", { organizationId: "org1", userId: "u1", role: { type: "custom", id: "r1:x" } }],
  ],
  [{ kind: "remove_member", organization }, ["removeUser", { organizationId: "org1", userId: "u1" }]],
  [{ kind: "remove_member" }, ["removeUser", { organizationId: "", userId: "u1" }]],
])("%j is one call", async (change, call) => {
  const { calls, client } = fakeClient();
  expect(await send(client, { id: "c1", email: EMAIL, ...change } as Change, "u1")).toEqual({ userId: "u1" });
  expect(calls).toEqual([call]);
});

test.each<[to: Change["to"], params: object]>([
  [undefined, { name: "", role: predefined("member"), inviteMode: "email_link" }],
  [
    { name: "Ada", role: "admin", inviteMode: "none", isDeveloper: true },
    { name: "Ada", role: predefined("admin"), inviteMode: "none", isDeveloper: true },
  ],
  [
    { name: "Ada", role: "custom:r1", isDeveloper: false },
    { name: "Ada", role: { type: "custom", id: "r1" }, inviteMode: "email_link", isDeveloper: false },
  ],
  [
    { name: "Ada", role: "acustom:r1" },
    { name: "Ada", role: predefined("acustom:r1"), inviteMode: "email_link" },
  ],
])("an invitation of %j", async (to, params) => {
  for (const kind of ["create", "renew"] as const) {
    const { calls, client } = fakeClient();
    const change: Change = { id: "c1", kind, email: EMAIL, ...(to && { to }) };
    expect(await send(client, change, undefined)).toStrictEqual({
      ...{ userId: "new", created: { id: "new", outcome: "created" } },
    });
    expect(calls).toStrictEqual([["create", { email: EMAIL, ...params }]]);
  }
});

test("a temporary password is passed on", async () => {
  const { client } = fakeClient({ temporaryPassword: "pw", outcome: "recovered" });
  expect(await send(client, { id: "c1", kind: "create", email: EMAIL }, undefined)).toEqual({
    ...{ userId: "new", created: { id: "new", outcome: "recovered", temporaryPassword: "pw" } },
  });
});

test("without its user, a change is not sent", async () => {
  const { calls, client } = fakeClient();
  await expect(send(client, { id: "c1", kind: "delete", email: EMAIL }, undefined)).rejects.toThrow(
    "The user of delete ada@example.com is not known.",
  );
  expect(calls).toEqual([]);
});

test("what was thrown becomes the error of a result", () => {
  const error = new TypeError("no");
  expect(toChangeError(error)).toBe(error);
  expect(toChangeError("enough")).toStrictEqual({ name: "Error", message: "enough" });
  expect(toChangeError(undefined)).toStrictEqual({ name: "Error", message: "undefined" });
});

test("a journal stores the name, the message and the status of an error, nothing else", () => {
  const extra = { stack: "s", cause: "c" };
  expect(storedError({ name: "A", message: "m", status: 500, ...extra })).toStrictEqual({
    ...{ name: "A", message: "m", status: 500 },
  });
  expect(storedError({ name: "A", message: "m", ...extra })).toStrictEqual({ name: "A", message: "m" });
  const text = { name: "A", message: "m", status: "500" as unknown as number };
  expect(storedError(text)).toStrictEqual({ name: "A", message: "m" });
});

test("only an error has a request ID", () => {
  expect(requestIdOf(Object.assign(new ArizeError("no", {}), { requestId: "r1" }))).toBe("r1");
  expect(requestIdOf(Object.assign(new Error("no"), { requestId: "r2" }))).toBe("r2");
  expect(requestIdOf(Object.assign(new Error("no"), { requestId: 7 }))).toBeUndefined();
  expect(requestIdOf({ requestId: "r3" })).toBeUndefined();
  expect(requestIdOf(new Error("no"))).toBeUndefined();
  expect(requestIdOf(undefined)).toBeUndefined();
});

test("a 401 says nothing about the change", () => {
  const result = { id: "c1", kind: "delete", email: EMAIL, status: "failed" } as const;
  expect(isEndedBy401({ ...result, error: { name: "AuthenticationError", message: "" } })).toBe(true);
  expect(isEndedBy401({ ...result, error: { name: RateLimitError.name, message: "" } })).toBe(false);
  expect(isEndedBy401(result)).toBe(false);
});
