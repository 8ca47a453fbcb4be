import { describe, expect, test } from "vitest";
import { DIALECTS, inEra } from "./dialects.ts";
import { newUser, type WirePage, type WireProblem, type WireUser } from "./helpers.ts";

const SEEDS = [
  { id: "active", email: "active@example.com", name: "Ada" },
  { id: "invited", email: "invited@example.com", status: "invited" as const },
  { id: "expired", email: "expired@example.com", status: "expired" as const },
  { id: "inactive", email: "inactive@example.com", status: "inactive" as const },
];

describe.each(DIALECTS)("in the %s dialect", (dialect) => {
  const { open, call } = inEra(dialect);

  test("a user is found by ID, whatever needs escaping in it", async () => {
    const sandbox = await open({ users: [{ id: "a/b ä+%", email: "odd@example.com" }] });
    const { status, body } = await call<WireUser>(
      sandbox,
      "GET",
      `/v2/users/${encodeURIComponent("a/b ä+%")}`,
    );
    expect([status, body.email]).toEqual([200, "odd@example.com"]);
  });

  test("a padded ID is found with its padding escaped and not escaped", async () => {
    const sandbox = await open({ users: 10 });
    const { id } = sandbox.users().at(-1) ?? { id: "" };
    expect(id).toBe("VXNlcjoxMA==");
    expect((await call(sandbox, "GET", `/v2/users/${id}`)).status).toBe(200);
    expect((await call(sandbox, "GET", `/v2/users/${encodeURIComponent(id)}`)).status).toBe(200);
  });

  test.each(["unknown", "inactive"])("whatever is asked of an %s user but a delete gives 404", async (id) => {
    const sandbox = await open({ users: SEEDS });
    const replies = await Promise.all([
      call<WireProblem>(sandbox, "GET", `/v2/users/${id}`),
      call<WireProblem>(sandbox, "PATCH", `/v2/users/${id}`, { name: "New" }),
      call<WireProblem>(sandbox, "POST", `/v2/users/${id}/resend-invitation`),
      call<WireProblem>(sandbox, "POST", `/v2/users/${id}/reset-password`),
    ]);
    for (const { status, headers, body } of replies) {
      expect(status).toBe(404);
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(body).toMatchObject({
        type: "https://arize.com/docs/ax/rest-reference/errors#resource-not-found",
        title: "Resource not found",
        status: 404,
        detail: `The requested resource with ID '${id}' was not found.`,
        instance: expect.stringContaining(`/v2/users/${id}`),
      });
    }
    expect(sandbox.mails).toEqual([]);
  });

  test("an update changes what it names and stores the name trimmed", async () => {
    const sandbox = await open({ users: SEEDS });
    const named = await call<WireUser>(sandbox, "PATCH", "/v2/users/active", { name: "  Ada L. " });
    expect(named.status).toBe(200);
    expect(named.body).toMatchObject({ name: "Ada L.", is_developer: true, email: "active@example.com" });
    const both = await call<WireUser>(sandbox, "PATCH", "/v2/users/active", {
      name: "Ada",
      is_developer: false,
    });
    expect(both.body).toMatchObject({ name: "Ada", is_developer: false });
    expect(sandbox.users()[0]).toMatchObject({ name: "Ada", isDeveloper: false });
  });

  test("an update takes a name of 255 characters between blanks", async () => {
    const sandbox = await open({ users: SEEDS });
    const name = "n".repeat(255);
    const { status, body } = await call<WireUser>(sandbox, "PATCH", "/v2/users/active", {
      name: ` ${name} `,
    });
    expect([status, body.name]).toEqual([200, name]);
  });

  test.each<[string, unknown, string]>([
    ["nothing", {}, "At least one of 'name' and 'is_developer'"],
    ["a blank name", { name: "  " }, "non-empty string"],
    ["a name that is no string", { name: null }, "non-empty string"],
    ["a name of 256 characters", { name: "n".repeat(256) }, "at most 255"],
    ["is_developer as a number", { is_developer: 1 }, "must be a boolean"],
    ["an email", { name: "Ada", email: "new@example.com" }, "'email' is unknown"],
    ["broken JSON", "{", "must be a JSON object"],
  ])("an update with %s gives 400 and changes nothing", async (_, change, detail) => {
    const sandbox = await open({ users: SEEDS });
    const before = sandbox.users();
    const { status, body } = await call<WireProblem>(sandbox, "PATCH", "/v2/users/active", change);
    expect(status).toBe(400);
    expect(body.detail).toContain(detail);
    expect(sandbox.users()).toEqual(before);
  });

  test("a delete answers 204 without a body, and again for a user already deleted", async () => {
    const sandbox = await open({ users: SEEDS });
    for (const _ of ["first", "second"]) {
      const { status, headers, body } = await call(sandbox, "DELETE", "/v2/users/active");
      expect([status, body]).toEqual([204, undefined]);
      expect(headers.get("content-type")).toBeNull();
      expect(headers.get("content-length")).toBeNull();
    }
    const { body } = await call<WirePage>(sandbox, "GET", "/v2/users");
    expect(body.users.map(({ id }) => id)).toEqual(["invited", "expired"]);
    expect(sandbox.removedUsers().map(({ id }) => id)).toEqual(["active", "inactive"]);
  });

  test("a delete of an unknown user gives 404", async () => {
    expect((await call(await open({ users: SEEDS }), "DELETE", "/v2/users/unknown")).status).toBe(404);
  });

  test("a deleted user can never be invited again", async () => {
    const sandbox = await open({ users: SEEDS });
    await call(sandbox, "DELETE", "/v2/users/invited");
    const reply = await call(sandbox, "POST", "/v2/users", newUser({ email: "invited@example.com" }));
    expect(reply.status).toBe(409);
  });

  test("each resend of a pending invitation answers 204 and sends one mail", async () => {
    const sandbox = await open({ users: SEEDS });
    for (const count of [1, 2]) {
      const { status, body } = await call(sandbox, "POST", "/v2/users/invited/resend-invitation");
      expect([status, body]).toEqual([204, undefined]);
      expect(sandbox.mails).toHaveLength(count);
    }
    expect(sandbox.mails[0]).toEqual({ to: "invited@example.com", userId: "invited", kind: "invitation" });
  });

  test("a password reset of an active user answers 204 and sends a mail", async () => {
    const sandbox = await open({ users: SEEDS });
    const { status, body } = await call(sandbox, "POST", "/v2/users/active/reset-password");
    expect([status, body]).toEqual([204, undefined]);
    expect(sandbox.mails).toEqual([{ to: "active@example.com", userId: "active", kind: "password_reset" }]);
  });

  test.each([
    ["active", "resend-invitation"],
    ["expired", "resend-invitation"],
    ["invited", "reset-password"],
    ["expired", "reset-password"],
  ])("%s users get no %s but a 400", async (id, action) => {
    const sandbox = await open({ users: SEEDS });
    const { status } = await call(sandbox, "POST", `/v2/users/${id}/${action}`);
    expect(status).toBe(400);
    expect(sandbox.mails).toEqual([]);
  });
});
