import { ValidationError } from "ax-users";
import { expect, test } from "vitest";
import { serveUsers, validationError, wrong } from "./account.ts";

const ada = {
  name: "Ada",
  email: "ada@example.com",
  role: { type: "custom", id: "r1" } as const,
  inviteMode: "none" as const,
};

test("an empty list gives an empty list, and sends nothing", async () => {
  const server = await serveUsers();
  const { users } = server.client();
  expect(await users.createMany({ users: [] })).toEqual([]);
  expect(await users.bulkDelete({ userIds: [] })).toEqual([]);
  expect(await users.bulkDelete({ emails: [] })).toEqual([]);
  expect(await users.bulkDelete({ userIds: [], emails: [] })).toEqual([]);
  expect(await users.findByEmails([])).toEqual(new Map());
  expect(server.seen).toEqual([]);
});

test("bulkDelete needs one of its lists, and a list must be an array", async () => {
  const { users } = (await serveUsers()).client();
  for (const params of [{}, { userIds: undefined, emails: undefined }]) {
    expect((await validationError(users.bulkDelete(params))).message).toBe(
      "users.bulkDelete: userIds or emails is required",
    );
  }
  for (const list of ["u1", null, new Set(["u1"])]) {
    const error = await validationError(users.bulkDelete(wrong({ userIds: list })));
    expect(error.message).toContain("userIds must be an array of strings, received ");
  }
  for (const list of [undefined, null, "ada@example.com", {}]) {
    const error = await validationError(users.createMany(wrong({ users: list })));
    expect(error.message).toContain("users must be an array, received ");
  }
});

const ROWS: [string, unknown, string][] = [
  ["undefined", undefined, "users[0] must be an object, received undefined"],
  ["null", null, "users[0] must be an object, received null"],
  ["a string", "ada@example.com", 'users[0] must be an object, received "ada@example.com"'],
  ["an array", [], "users[0] must be an object, received an empty array"],
  ["an object without members", {}, "users[0].email is required"],
  [
    "a row with a number for its address",
    { ...ada, email: 5 },
    "users[0].email must be a string, received 5",
  ],
  [
    "a row without an address",
    { ...ada, email: " " },
    'users[0].email must be an email address, received ""',
  ],
  [
    "a row with an unknown argument",
    { ...ada, mode: "none" },
    'unknown argument "mode"; expected one of name',
  ],
];

test.each(ROWS)("of createMany, %s is that row's failure", async (_, row, message) => {
  const server = await serveUsers();
  const progress: number[] = [];
  const results = await server.client().users.createMany({
    users: [wrong<typeof ada>(row), { ...ada, email: "b@x.io" }],
    onProgress: ({ done, total }) => progress.push(done / total),
  });
  expect(results).toMatchObject([{ status: "failed" }, { email: "b@x.io", status: "created" }]);
  expect(results[0]).toHaveProperty("error", expect.stringContaining(message));
  expect(results[0]).toHaveProperty("cause", expect.any(ValidationError));
  expect(progress).toEqual([0.5, 1]);
  expect(server.seen).toHaveLength(1);
});

test("each malformed row has a result of its own, holes included", async () => {
  const users = wrong<(typeof ada)[]>([null, undefined, {}, {}, ...Array(2), ada]);
  const results = await (await serveUsers()).client().users.createMany({ users });
  expect(results.map(({ email, status }) => [email, status])).toEqual([
    ...Array(6).fill(["", "failed"]),
    ["ada@example.com", "created"],
  ]);
});

test("each malformed target of bulkDelete has a result of its own, and the others are deleted", async () => {
  const server = await serveUsers({ id: "u2" });
  const results = await server.client().users.bulkDelete({
    userIds: wrong<string[]>([null, undefined, 5, "", "u1", ...Array(1)]),
    emails: wrong<string[]>([null, "ada@example.com", { email: "a@x.io" }]),
  });
  expect(results.map(({ status, userId, email }) => [status, userId, email])).toEqual([
    ["failed", undefined, undefined],
    ["failed", undefined, undefined],
    ["failed", undefined, undefined],
    ["failed", "", undefined],
    ["deleted", "u1", undefined],
    ["failed", undefined, undefined],
    ["failed", undefined, undefined],
    ["deleted", "u2", "ada@example.com"],
    ["failed", undefined, undefined],
  ]);
  expect(results.flatMap((result) => (result.status === "failed" ? [result.error] : []))).toEqual([
    "users.bulkDelete: userIds[0] must be a string, received null",
    "users.bulkDelete: userIds[1] must be a string, received undefined",
    "users.bulkDelete: userIds[2] must be a string, received 5",
    'users.bulkDelete: userIds[3] must not be empty, received ""',
    "users.bulkDelete: userIds[5] must be a string, received undefined",
    "users.bulkDelete: emails[0] must be a string, received null",
    "users.bulkDelete: emails[2] must be a string, received an object",
  ]);
});
