import { type CreateUserParams, ValidationError } from "ax-users";
import type { Sandbox } from "ax-users/testing";
import { describe, expect, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";
import { NEW_USER } from "../transport/scripted-server.ts";

const row = (email: string, fields: object = {}): CreateUserParams => ({ ...NEW_USER, email, ...fields });

const asked = ({ requests }: Sandbox) => requests.map(({ body }): string => Object(body).email);

describe("rows of one address", () => {
  test.each<[string, object, object]>([
    ["the case of the address", {}, { email: "ADA@X.io" }],
    ["blanks", {}, { email: "\tada@x.io ", name: " Grace Hopper\n" }],
    [
      "the case of enum values",
      {},
      { inviteMode: "EMAIL_LINK", role: { type: "PREDEFINED", name: "MEMBER" } },
    ],
    ["the order of the fields", {}, { role: { name: "member", type: "predefined" } }],
    ["an isDeveloper that is undefined", {}, { isDeveloper: undefined }],
    ["an onExisting that is the default", {}, { onExisting: "return" }],
    [
      "the name of a custom role",
      { role: { type: "custom", id: "r" } },
      { role: { type: "custom", id: "r", name: "P" } },
    ],
  ])("that differ in %s are one user and one request", async (_, first, second) => {
    const { users, sandbox } = await openAccount();
    const given = [row(" Ada@x.io", first), row("b@x.io"), row("ada@x.io", { ...first, ...second })];
    const results = await users.createMany({ users: given });
    expect(results.map(({ email, status }) => [email, status])).toEqual([
      [" Ada@x.io", "created"],
      ["b@x.io", "created"],
    ]);
    expect(
      asked(sandbox)
        .map((email) => email.toLowerCase())
        .sort(),
    ).toEqual(["ada@x.io", "b@x.io"]);
  });

  test("are sent in the spelling that their result has", async () => {
    const { users, sandbox } = await openAccount();
    const results = await users.createMany({
      users: ["Ada@x.io", "ADA@X.IO", "ada@x.io"].map((one) => row(one)),
    });
    expect(results).toMatchObject([{ email: "Ada@x.io", user: { email: "Ada@x.io" } }]);
    expect(asked(sandbox)).toEqual(["Ada@x.io"]);
  });

  test.each<[string, object]>([
    ["name", { name: "Ada" }],
    ["role", { role: { type: "predefined", name: "admin" } }],
    ["kind of role", { role: { type: "custom", id: "member" } }],
    ["inviteMode", { inviteMode: "none" }],
    ["isDeveloper", { isDeveloper: false }],
    ["onExisting", { onExisting: "throw" }],
  ])(
    "that disagree on the %s are a failure that names both, and nothing is sent for it",
    async (_, other) => {
      const { users, sandbox } = await openAccount();
      const given = [row("b@x.io"), row("Ada@x.io"), row(" ada@X.io", other)];
      const results = await users.createMany({ users: given });
      expect(results.map(({ email, status }) => [email, status])).toEqual([
        ["b@x.io", "created"],
        ["Ada@x.io", "failed"],
      ]);
      expect(results[1]).toMatchObject({
        error: "users.createMany: users[2] differs from users[1], which has the same email",
        cause: { issues: [{ path: "users[2]", message: "differs from users[1], which has the same email" }] },
      });
      expect(results[1]).toHaveProperty("cause", expect.any(ValidationError));
      expect(asked(sandbox)).toEqual(["b@x.io"]);
    },
  );

  test.each([
    ["the first is another", ["Ada", "Grace", "Grace"], 1],
    ["the second is another", ["Grace", "Ada", "Grace"], 1],
    ["the last is another", ["Grace", "Grace", "Ada"], 2],
  ])("of which %s are one failure", async (_, names, index) => {
    const { users, sandbox } = await openAccount();
    const results = await users.createMany({ users: names.map((name) => row("ada@x.io", { name })) });
    expect(results).toMatchObject([{ email: "ada@x.io", cause: { issues: [{ path: `users[${index}]` }] } }]);
    expect(sandbox.requests).toEqual([]);
  });

  test.each([
    ["the first", [row("ada@x.io", { name: "" }), row("ada@x.io")], 0],
    ["the second", [row("ada@x.io"), row("ada@x.io", { name: "" }), row("ada@x.io")], 1],
  ])("of which %s is malformed are one failure that says so", async (_, given, index) => {
    const { users, sandbox } = await openAccount();
    const results = await users.createMany({ users: given });
    const issues = [{ path: `users[${index}].name`, message: 'must not be empty, received ""' }];
    expect(results).toMatchObject([{ status: "failed", cause: { issues } }]);
    expect(sandbox.requests).toEqual([]);
  });
});

test.each<[string, object, string, RegExp]>([
  ["no address", { email: "nope" }, "email", /^must be an email address/],
  ["an empty address", { email: "" }, "email", /^must be an email address/],
  ["a blank address", { email: "  " }, "email", /^must be an email address/],
  ["an address of 255 characters", { email: `${"a".repeat(250)}@x.io` }, "email", /^must have at most 254/],
  ["half a surrogate pair", { email: "\ud800@x.io" }, "email", /^must be/],
  ["no name", { name: undefined }, "name", /^is required/],
  ["a blank name", { name: " \n" }, "name", /^must not be empty/],
  ["a name of 256 characters", { name: "a".repeat(256) }, "name", /^must have at most 255 characters/],
  ["a name that is none", { name: 5 }, "name", /^must be a string, received 5/],
  ["a role that is a string", { role: "member" }, "role", /^must be/],
  ["no such role", { role: { type: "predefined", name: "boss" } }, "role.name", /^must be .*received "boss"/],
  ["no such kind of role", { role: { type: "royal" } }, "role.type", /^must be .*received "royal"/],
  ["a custom role without ID", { role: { type: "custom", id: "" } }, "role.id", /^must not be empty/],
  ["no such inviteMode", { inviteMode: "pigeon" }, "inviteMode", /^must be .*received "pigeon"/],
  [
    "an isDeveloper that is none",
    { isDeveloper: "yes" },
    "isDeveloper",
    /^must be a boolean, received "yes"/,
  ],
  ["no such onExisting", { onExisting: "ignore" }, "onExisting", /^must be "return" or "throw"/],
  [
    "an unknown field",
    { invite: "none" },
    "invite",
    /^unknown argument "invite"; expected one of name, email, role/,
  ],
])("a row with %s fails without a request, and the others go on", async (_, fields, field, message) => {
  const { users, sandbox } = await openAccount();
  const bad = row("bad@x.io", fields);
  const results = await users.createMany({ users: [row("a@x.io"), bad, row("b@x.io")] });
  expect(results.map(({ email, status }) => [email, status])).toEqual([
    ["a@x.io", "created"],
    [bad.email, "failed"],
    ["b@x.io", "created"],
  ]);
  const path = `users[1].${field}`;
  expect(results[1]).toMatchObject({
    error: expect.stringContaining(`users.createMany: ${path} `),
    cause: { issues: [{ path, message: expect.stringMatching(message) }] },
  });
  expect(results[1]).toHaveProperty("cause", expect.any(ValidationError));
  expect(asked(sandbox).sort()).toEqual(["a@x.io", "b@x.io"]);
});

test.each<[string, unknown, RegExp]>([
  ["nothing", undefined, /params must be an object, received undefined/],
  ["no users", {}, /users must be an array, received undefined/],
  ["an array", [row("a@x.io")], /params must be an object, received an array/],
  ["one user", { users: row("a@x.io") }, /users must be an array, received an object/],
  ["a Set", { users: new Set([row("a@x.io")]) }, /users must be an array/],
  ["concurrency 0", { users: [row("a@x.io")], concurrency: 0 }, /concurrency must be .* from 1 to 64/],
  ["concurrency 65", { users: [row("a@x.io")], concurrency: 65 }, /concurrency must be .* received 65/],
  ["concurrency 1.5", { users: [row("a@x.io")], concurrency: 1.5 }, /concurrency must be .* received 1.5/],
  [
    "concurrency as text",
    { users: [row("a@x.io")], concurrency: "8" },
    /concurrency must be .* received "8"/,
  ],
  ["concurrency null", { users: [row("a@x.io")], concurrency: null }, /concurrency must be .* received null/],
  ["an onProgress that is none", { users: [row("a@x.io")], onProgress: {} }, /onProgress must be a function/],
  ["a misspelt name", { users: [row("a@x.io")], onprogress: () => {} }, /unknown argument "onprogress"/],
])("%s is refused before any request", async (_, params, message) => {
  const { users, sandbox } = await openAccount();
  const error = await rejection(users.createMany(params as never));
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toHaveProperty("message", expect.stringMatching(/^users\.createMany: /));
  expect(error).toHaveProperty("message", expect.stringMatching(message));
  expect(sandbox.requests).toEqual([]);
});

test("all that is wrong with the arguments is told at once", async () => {
  const { users } = await openAccount();
  const error = await rejection(users.createMany({ users: 5, concurrency: 99, onProgress: 1 } as never));
  expect((error as ValidationError).issues.map(({ path }) => path)).toEqual([
    "users",
    "concurrency",
    "onProgress",
  ]);
});
