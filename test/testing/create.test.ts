import type { Sandbox } from "ax-users/testing";
import { describe, expect, test } from "vitest";
import { DIALECTS, inEra } from "./dialects.ts";
import { newUser, type WireProblem, type WireUser } from "./helpers.ts";

const BAD_DEVELOPERS: [string, Record<string, unknown>, string][] = [
  ["is_developer as a string", { is_developer: "true" }, "'is_developer' field must be a boolean"],
  ["is_developer null", { is_developer: null }, "'is_developer' field must be a boolean"],
];

describe.each(DIALECTS)("in the %s dialect", (dialect) => {
  const { open, call } = inEra(dialect);

  const invite = (sandbox: Sandbox, overrides?: Record<string, unknown>) =>
    call<WireUser>(sandbox, "POST", "/v2/users", newUser(overrides));

  test("an unknown address is invited by mail with 201", async () => {
    const sandbox = await open();
    const before = Date.now();
    const { status, headers, body } = await invite(sandbox);
    expect(status).toBe(201);
    expect(headers.get("content-type")).toBe("application/json");
    expect(body).toEqual({
      id: "VXNlcjox",
      name: "Jane Smith",
      email: "jane@example.com",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/),
      status: "invited",
      role: { type: "predefined", name: "member" },
      is_developer: true,
      invite_mode: "email_link",
    });
    expect(Date.parse(body.created_at)).toBeGreaterThanOrEqual(before);
    expect(sandbox.mails).toEqual([{ to: "jane@example.com", userId: "VXNlcjox", kind: "invitation" }]);
  });

  test("invite mode none makes an active user and sends no mail", async () => {
    const sandbox = await open();
    const { status, body } = await invite(sandbox, { invite_mode: "none" });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: "active", invite_mode: "none" });
    expect(body).not.toHaveProperty("temporary_password");
    expect(sandbox.mails).toEqual([]);
  });

  test("a temporary password is given in the 201, another for each user, and nothing is mailed", async () => {
    const sandbox = await open();
    const one = await invite(sandbox, { invite_mode: "temporary_password" });
    const other = await invite(sandbox, { invite_mode: "temporary_password", email: "joe@example.com" });
    expect(one.body).toMatchObject({
      status: "invited",
      temporary_password: expect.stringMatching(/^.{12,}$/),
    });
    expect(other.body.temporary_password).not.toBe(one.body.temporary_password);
    expect(sandbox.mails).toEqual([]);
  });

  test.each(["email_link", "temporary_password", "none"])(
    "a pending invitation is given back unchanged under invite mode %s, with 200 and no mail",
    async (invite_mode) => {
      const sandbox = await open({ users: [{ email: "jane@example.com", name: "Jane", status: "invited" }] });
      const { status, body } = await invite(sandbox, {
        invite_mode,
        name: "Another Name",
        email: "JANE@Example.com",
        role: { type: "predefined", name: "annotator" },
      });
      expect(status).toBe(200);
      expect(body).toEqual({
        id: "VXNlcjox",
        name: "Jane",
        email: "jane@example.com",
        created_at: "2024-01-01T00:00:00Z",
        status: "invited",
        role: { type: "predefined", name: "member" },
        is_developer: true,
      });
      expect(sandbox.users()).toHaveLength(1);
      expect(sandbox.mails).toEqual([]);
    },
  );

  test("an expired invitation is renewed with 201: the same user, with the new name and role", async () => {
    const sandbox = await open({ users: [{ email: "jane@example.com", id: "old", status: "expired" }] });
    const { status, body } = await invite(sandbox, { role: { type: "predefined", name: "annotator" } });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: "old",
      name: "Jane Smith",
      status: "invited",
      role: { type: "predefined", name: "annotator" },
      is_developer: false,
      created_at: "2024-01-01T00:00:00Z",
    });
    expect(sandbox.users()).toHaveLength(1);
    expect(sandbox.mails).toEqual([{ to: "jane@example.com", userId: "old", kind: "invitation" }]);
  });

  test("invite mode none makes an expired user active", async () => {
    const sandbox = await open({ users: [{ email: "jane@example.com", status: "expired" }] });
    const { status, body } = await invite(sandbox, { invite_mode: "none" });
    expect([status, body.status]).toEqual([201, "active"]);
  });

  test.each(["active", "inactive"] as const)(
    "an address whose user is %s gives 409 in every mode",
    async (status) => {
      const sandbox = await open({ users: [{ email: "jane@example.com", name: "Jane", status }] });
      for (const invite_mode of ["none", "email_link", "temporary_password"]) {
        const reply = await call<WireProblem>(
          sandbox,
          "POST",
          "/v2/users",
          newUser({ invite_mode, email: "Jane@example.com" }),
        );
        expect(reply.status).toBe(409);
        expect(reply.headers.get("content-type")).toBe("application/problem+json");
        expect(reply.body).toEqual({
          type: "https://arize.com/docs/ax/rest-reference/errors#resource-conflict",
          title: "Resource conflict",
          status: 409,
          detail: "A resource with the given identifier already exists.",
          instance: "/v2/users",
        });
      }
      expect([...sandbox.users(), ...sandbox.removedUsers()]).toMatchObject([{ name: "Jane", status }]);
      expect(sandbox.mails).toEqual([]);
    },
  );

  test.each([
    [{ type: "predefined", name: "admin" }, true],
    [{ type: "predefined", name: "member" }, true],
    [{ type: "predefined", name: "annotator" }, false],
    [{ type: "custom", id: "role-1" }, true],
  ])("a user of role %j has is_developer %s unless told otherwise", async (role, expected) => {
    const sandbox = await open();
    const byDefault = await invite(sandbox, { role });
    expect(byDefault.body).toMatchObject({ role, is_developer: expected });
    if (dialect === "current") return;
    const told = await invite(sandbox, { role, email: "joe@example.com", is_developer: !expected });
    expect(told.body).toMatchObject({ role, is_developer: !expected });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no name", { name: undefined }, "'name' field is required and must be a non-empty string"],
    ["an empty name", { name: "" }, "'name' field is required"],
    ["a name that is no string", { name: 7 }, "'name' field is required"],
    ["a name of 256 characters", { name: "n".repeat(256) }, "at most 255 characters"],
    ["no email", { email: undefined }, "'email' field is required"],
    ["an email without a domain", { email: "jane" }, "must be an email address"],
    ["an email without a dot in its domain", { email: "jane@localhost" }, "must be an email address"],
    ["an email with a blank", { email: "jane smith@example.com" }, "must be an email address"],
    ["an email with two @", { email: "jane@smith@example.com" }, "must be an email address"],
    ["no role", { role: undefined }, "'role' field is required and must be an object"],
    ["a role that is a string", { role: "member" }, "must be an object"],
    ["a role that is a list", { role: [] }, "must be an object"],
    ["an unknown role type", { role: { type: "builtin", name: "member" } }, "'role.type'"],
    ["an unknown role name", { role: { type: "predefined", name: "owner" } }, "'role.name'"],
    [
      "an unknown field in a role",
      { role: { type: "predefined", name: "member", id: "1" } },
      "'role.id' is unknown",
    ],
    ["a custom role without an ID", { role: { type: "custom" } }, "'role.id' field is required"],
    ["a custom role with an empty ID", { role: { type: "custom", id: "" } }, "'role.id' field is required"],
    ["no invite mode", { invite_mode: undefined }, "'invite_mode'"],
    ["an unknown invite mode", { invite_mode: "sms" }, "'invite_mode'"],
    ...(dialect === "alpha" ? BAD_DEVELOPERS : []),
    ["an unknown field", { nickname: "J" }, "'nickname' is unknown"],
  ])("create with %s gives 400 and creates nobody", async (_, overrides, detail) => {
    const sandbox = await open();
    const { status, body } = await call<WireProblem>(sandbox, "POST", "/v2/users", newUser(overrides));
    expect(status).toBe(400);
    expect(body.title).toBe("Invalid request parameters");
    expect(body.type).toBe("https://arize.com/docs/ax/rest-reference/errors#invalid-request");
    expect(body.detail).toContain(detail);
    expect(sandbox.users()).toEqual([]);
  });

  test("a name may have 255 characters, also where each takes two code units", async () => {
    const { status, body } = await invite(await open(), { name: "😀".repeat(255) });
    expect(status).toBe(201);
    expect(body.name).toBe("😀".repeat(255));
  });

  test.each([
    ["no body", undefined],
    ["broken JSON", "{"],
    ["a list", []],
    ["null", null],
    ["a string", '"jane@example.com"'],
  ])("create with %s as its body gives 400", async (_, body) => {
    const headers = { "content-type": "application/json" };
    const reply = await call<WireProblem>(await open(), "POST", "/v2/users", body, headers);
    expect([reply.status, reply.body.detail]).toEqual([400, "The body must be a JSON object."]);
  });

  test("a body must be declared as JSON, with or without a charset", async () => {
    const sandbox = await open();
    const sendAs = (type: string) =>
      call<WireProblem>(sandbox, "POST", "/v2/users", newUser(), { "content-type": type });
    const asText = await sendAs("text/plain");
    expect([asText.status, asText.body.detail]).toEqual([400, "The Content-Type must be application/json."]);
    expect((await sendAs("Application/JSON; charset=utf-8")).status).toBe(201);
  });

  test("a new user is listed last, also where a seed is dated in the future", async () => {
    const sandbox = await open({
      users: [{ email: "future@example.com", createdAt: "2999-01-01T00:00:00Z" }],
    });
    const { body } = await invite(sandbox);
    expect(body.created_at).toBe("2999-01-01T00:00:00Z");
    expect(sandbox.users().map(({ email }) => email)).toEqual(["future@example.com", "jane@example.com"]);
  });

  test("a new user's ID is none that a seed has", async () => {
    const taken = ["User:2", "User:3"].map((text) => Buffer.from(text).toString("base64"));
    const sandbox = await open({
      users: taken.map((id, index) => ({ id, email: `seed${index}@example.com` })),
    });
    const { body } = await invite(sandbox);
    expect(body.id).toBe(Buffer.from("User:4").toString("base64"));
  });
});
