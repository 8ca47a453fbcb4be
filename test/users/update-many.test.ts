import type { UpdateManyUser } from "ax-users";
import { expect, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { answers, breaksOff, stage } from "../transport/scripted-server.ts";

const USERS = [
  { id: "a", email: "ada@example.com", name: "Ada Lovelace" },
  { id: "g", email: "grace@example.com", name: "Grace Hopper" },
  { id: "k", email: "katherine@example.com", name: "Katherine Johnson" },
];

const start = async () => {
  const { users, sandbox } = await openAccount({ users: USERS });
  const patches = () => sandbox.requests.filter(({ method }) => method === "PATCH");
  return { users, sandbox, patches };
};

test("changes users by ID and by address, and gives them as they are then", async () => {
  const { users, sandbox, patches } = await start();
  const results = await users.updateMany({
    users: [
      { email: " ADA@example.com", name: " Ada King " },
      { userId: " g ", isDeveloper: false },
      { userId: "nobody", name: "Nobody" },
      { email: "nobody@example.com", name: "Nobody" },
    ],
  });
  expect(results).toEqual([
    {
      userId: "a",
      email: " ADA@example.com",
      status: "updated",
      user: expect.objectContaining({ id: "a", name: "Ada King", isDeveloper: true }),
    },
    {
      userId: "g",
      status: "updated",
      user: expect.objectContaining({ name: "Grace Hopper", isDeveloper: false }),
    },
    { userId: "nobody", status: "not_found", error: expect.stringMatching(/^no user has this ID/) },
    {
      email: "nobody@example.com",
      status: "not_found",
      error: expect.stringMatching(/^no user has this email address/),
    },
  ]);
  const namedBy = results.map((result) => ["userId", "email"].filter((name) => name in result));
  expect(namedBy).toEqual([["userId", "email"], ["userId"], ["userId"], ["email"]]);
  expect(patches().map(({ path, body }) => [path, body])).toEqual([
    ["/v2/users/a", { name: "Ada King" }],
    ["/v2/users/g", { is_developer: false }],
    ["/v2/users/nobody", { name: "Nobody" }],
  ]);
  const methods = sandbox.requests.map(({ method }) => method);
  expect(methods.lastIndexOf("GET")).toBeLessThan(methods.indexOf("PATCH"));
});

test("many addresses are looked up together", async () => {
  const { users, sandbox } = await start();
  const given = USERS.map(({ email }) => ({ email, name: "New" }));
  const results = await users.updateMany({ users: given });
  expect(results.map(({ userId, status }) => [userId, status])).toEqual([
    ["a", "updated"],
    ["g", "updated"],
    ["k", "updated"],
  ]);
  expect(sandbox.requests.filter(({ method }) => method === "GET")).toHaveLength(1);
});

test.each<[string, UpdateManyUser[]]>([
  [
    "one ID",
    [
      { userId: "a", name: "Ada" },
      { userId: " a", name: " Ada" },
    ],
  ],
  [
    "one address",
    [
      { email: "ada@example.com", name: "Ada" },
      { email: "ADA@example.com ", name: "Ada", isDeveloper: undefined },
    ],
  ],
  [
    "an ID and the address",
    [
      { userId: "a", name: "Ada" },
      { email: "ada@example.com", name: "Ada" },
    ],
  ],
  [
    "the address and an ID",
    [
      { email: "ada@example.com", name: "Ada" },
      { userId: "a", name: "Ada" },
    ],
  ],
])("rows by %s that agree are one target and one request", async (_, rows) => {
  const { users, patches } = await start();
  const results = await users.updateMany({ users: [...rows, { userId: "g", name: "Grace" }] });
  expect(results.map(({ userId, status }) => [userId, status])).toEqual([
    ["a", "updated"],
    ["g", "updated"],
  ]);
  const email = rows.find(({ email }) => email)?.email;
  expect(results[0]?.email).toBe(email);
  expect(patches()).toHaveLength(2);
});

test("rows that name nobody, since the name is blank, each have a result of their own", async () => {
  const { users, sandbox } = await start();
  const blank = [{ userId: " " }, { userId: "" }, { email: " " }, { email: "" }, { userId: " " }];
  const results = await users.updateMany({ users: blank.map((row) => ({ ...row, name: "A" })) });
  expect(results).toMatchObject(
    blank.map((_, index) => ({ error: expect.stringContaining(`: users[${index}].`), attempted: false })),
  );
  expect(results).toHaveLength(5);
  expect(sandbox.requests).toEqual([]);
});

test.each<[string, UpdateManyUser, UpdateManyUser, string]>([
  ["one ID", { userId: "a", name: "Ada" }, { userId: "a", name: "Eve" }, "names the same user"],
  [
    "one address",
    { email: "ada@example.com", name: "Ada" },
    { email: "Ada@example.com", isDeveloper: true },
    "has the same email",
  ],
  [
    "an ID and the address",
    { userId: "a", name: "Ada" },
    { email: "ada@example.com", name: "Ada", isDeveloper: true },
    "names the same user",
  ],
])("rows by %s that do not agree are one failure, and nothing is sent", async (_, first, second, why) => {
  const { users, patches } = await start();
  const results = await users.updateMany({ users: [first, { userId: "g", name: "Grace" }, second] });
  expect(results).toMatchObject([
    {
      ...(first.userId && { userId: "a" }),
      ...(second.email && { email: first.email ?? second.email }),
      status: "failed",
      error: `users.updateMany: users[2] differs from users[0], which ${why}`,
      outcome: "not_applied",
      attempted: false,
    },
    { userId: "g", status: "updated" },
  ]);
  expect(patches().map(({ path }) => path)).toEqual(["/v2/users/g"]);
});

test.each<[string, object, string]>([
  ["neither name", { name: "Ada" }, "users[0] must have either userId or email"],
  [
    "both names",
    { userId: "a", email: "ada@example.com", name: "A" },
    "users[0] must have either userId or email",
  ],
  ["no change", { userId: "a" }, "users[0] name or isDeveloper is required"],
  ["an ID that is none", { userId: "..", name: "A" }, 'users[0].userId must be an ID, received ".."'],
  ["a blank ID", { userId: " ", name: "A" }, "users[0].userId must not be empty"],
  ["no address", { email: "ada", name: "A" }, 'users[0].email must be an email address, received "ada"'],
  ["a blank name", { userId: "a", name: " " }, "users[0].name must not be empty"],
  ["an unknown field", { userId: "a", role: "admin" }, 'users[0].role unknown argument "role"'],
])("a row with %s fails by itself, without a request", async (_, row, message) => {
  const { users, sandbox } = await start();
  const results = await users.updateMany({ users: [row as UpdateManyUser, row as UpdateManyUser] });
  expect(results[0]).toMatchObject({ status: "failed", attempted: false, outcome: "not_applied" });
  expect(results[0]).toHaveProperty("error", expect.stringContaining(message));
  expect(sandbox.requests).toEqual([]);
});

test("a 404 after an attempt whose outcome is unknown is that user's failure", async () => {
  const { client, clock } = stage([
    answers(200, { users: [], pagination: { has_more: false } }),
    breaksOff("ECONNRESET"),
    answers(404, { title: "Resource not found" }),
  ]);
  await client.users.list();
  const results = await clock.run(client.users.updateMany({ users: [{ userId: "a", name: "A" }] }));
  expect(results).toMatchObject([{ userId: "a", status: "failed", outcome: "unknown", attempted: true }]);
});

test("a response that belongs to another user is that user's failure", async () => {
  const fetch = async () => Response.json({ ...USERS[1], status: "active" });
  const { users } = clientWith({ fetch, maxRetries: 0 }, {});
  const results = await users.updateMany({ users: [{ userId: "a", name: "A" }] });
  expect(results).toMatchObject([
    { status: "failed", outcome: "unknown", cause: { name: "UnexpectedResponseError" } },
  ]);
});
