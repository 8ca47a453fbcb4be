import { inspect } from "node:util";
import {
  type AmbiguousMatchError,
  ConflictError,
  type CreatedUser,
  type CreateUserParams,
  NotFoundError,
} from "ax-users";
import { describe, expect, expectTypeOf, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

const params = (fields: Partial<CreateUserParams> = {}): CreateUserParams => ({
  name: "Grace Hopper",
  email: "grace@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
  ...fields,
});

const startAccount = () =>
  openAccount({
    users: [
      { email: "active@example.com" },
      { email: "invited@example.com", status: "invited" },
      { email: "expired@example.com", status: "expired" },
      { email: "removed@example.com", status: "inactive" },
    ],
  });

describe.each(["none", "email_link", "temporary_password"] as const)("with inviteMode %s", (inviteMode) => {
  test.each([
    ["an unknown address", "new@example.com"],
    ["an expired invitation", "expired@example.com"],
  ])("%s is created", async (_, email) => {
    const { users, sandbox } = await startAccount();
    const user = await users.create(params({ email, inviteMode }));
    expect(user).toMatchObject({ email, outcome: "created", inviteMode });
    expect(user.temporaryPassword === undefined).toBe(inviteMode !== "temporary_password");
    expect(sandbox.requests).toHaveLength(1);
    expect(sandbox.mails).toHaveLength(inviteMode === "email_link" ? 1 : 0);
  });

  test("a pending invitation is given as it is, without a mail", async () => {
    const { users, sandbox } = await startAccount();
    const user = await users.create(params({ email: "INVITED@example.com", inviteMode }));
    expect(user).toMatchObject({ email: "invited@example.com", outcome: "existing", status: "invited" });
    expect("inviteMode" in user).toBe(false);
    expect(user.temporaryPassword).toBeUndefined();
    expect(sandbox.mails).toEqual([]);
    expect(sandbox.requests.map(({ status }) => status)).toEqual([200]);
  });

  test("an active user is found and given", async () => {
    const { users, sandbox } = await startAccount();
    const user = await users.create(params({ email: " Active@Example.com ", inviteMode }));
    expect(user).toMatchObject({ email: "active@example.com", outcome: "existing", status: "active" });
    expect(sandbox.requests.map(({ method, status }) => [method, status])).toEqual([
      ["POST", 409],
      ["GET", 200],
    ]);
    expect(sandbox.mails).toEqual([]);
  });

  test("a removed address is a ConflictError that says so", async () => {
    const { users } = await startAccount();
    const error = await rejection(users.create(params({ email: "removed@example.com", inviteMode })));
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({ status: 409, title: "Resource conflict", outcome: "not_applied" });
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(
        /^POST \/v2\/users: HTTP 409 .*removed for good and cannot be invited again, or this key cannot see it\.$/,
      ),
    );
    expect((error as ConflictError).existing).toBeUndefined();
    expect((error as ConflictError).requestId).toMatch(/^req_/);
  });

  test.each(["invited", "active"] as const)(
    'onExisting: "throw" gives a ConflictError with the %s user',
    async (status) => {
      const { users } = await startAccount();
      const error = await rejection(
        users.create(params({ email: `${status}@example.com`, inviteMode, onExisting: "throw" })),
      );
      expect(error).toBeInstanceOf(ConflictError);
      expect(error).toMatchObject({ status: 409, title: "Resource conflict", outcome: "not_applied" });
      const { existing, message } = error as ConflictError;
      expect(existing).toMatchObject({ email: `${status}@example.com`, status });
      expect(message).toBe(
        `users.create: a user with this address already exists: ${status} (${existing?.id}; see the error's existing).`,
      );
      expect(inspect(error)).not.toContain("@example.com");
      const headers = [...(error as ConflictError).headers.keys()];
      expect(headers.length > 0).toBe(status === "active");
    },
  );

  test('onExisting: "throw" changes nothing for a new user', async () => {
    const { users } = await startAccount();
    expect(await users.create(params({ inviteMode, onExisting: "throw" }))).toMatchObject({
      outcome: "created",
    });
  });
});

test("a 409 for a user of whatever status is settled by looking them up", async () => {
  const server = await startServer((request, response) =>
    request.method === "POST"
      ? json(response, 409, { title: "Resource conflict", status: 409 })
      : json(response, 200, wirePage([wireUser({ email: "GRACE@example.com", status: "expired" })])),
  );
  const user = await server.client().users.create(params());
  expect(user).toMatchObject({ outcome: "existing", status: "expired", email: "GRACE@example.com" });
});

test("the look-up after a 409 reads all pages", async () => {
  const server = await startServer((request, response) => {
    if (request.method === "POST") return json(response, 409, { title: "x" });
    if (!request.query.has("cursor"))
      return json(response, 200, wirePage([wireUser({ email: "agrace@example.com" })], "c"));
    return json(response, 200, wirePage([wireUser({ id: "u2", email: "grace@example.com" })]));
  });
  expect(await server.client().users.create(params())).toMatchObject({ id: "u2", outcome: "existing" });
});

test.each([
  [
    "is refused",
    (response: Parameters<typeof json>[0]) => json(response, 403, { title: "no" }),
    "PermissionDeniedError",
  ],
  [
    "is no list",
    (response: Parameters<typeof json>[0]) => json(response, 200, {}),
    "UnexpectedResponseError",
  ],
  [
    "finds two",
    (response: Parameters<typeof json>[0]) =>
      json(
        response,
        200,
        wirePage([
          wireUser({ id: "u1", email: "grace@example.com" }),
          wireUser({ id: "u2", email: "Grace@example.com" }),
        ]),
      ),
    "AmbiguousMatchError",
  ],
])("a look-up after a 409 that %s is the cause of the ConflictError", async (_, answer, cause) => {
  const server = await startServer((request, response) =>
    request.method === "POST" ? json(response, 409, { title: "Taken", detail: "Really." }) : answer(response),
  );
  const error = await rejection(server.client().users.create(params()));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ status: 409, title: "Taken", detail: "Really.", cause: { name: cause } });
  if (cause === "AmbiguousMatchError") {
    expect(((error as ConflictError).cause as AmbiguousMatchError).matchingIds).toEqual(["u1", "u2"]);
  }
});

test("an abort during the look-up after a 409 rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const server = await startServer((request, response) => {
    if (request.method === "POST") return json(response, 409, { title: "x" });
    return controller.abort("enough");
  });
  expect(await rejection(server.client().users.create(params(), { signal: controller.signal }))).toBe(
    "enough",
  );
});

test("an error other than 409 is what it is", async () => {
  const server = await startServer(({ method }, response) =>
    method === "GET"
      ? json(response, 200, wirePage([]))
      : json(response, 404, { title: "Resource not found", status: 404 }),
  );
  expect(await rejection(server.client().users.create(params()))).toBeInstanceOf(NotFoundError);
  // The second one confirms the 404.
  expect(server.seen.map(({ method }) => method)).toEqual(["POST", "GET"]);
});

test("the request says what was given, trimmed, in the dialect's spelling, and no more", async () => {
  const server = await startServer(({ body }, response) =>
    json(response, 201, {
      ...wireUser({ email: JSON.parse(body).email, is_developer: JSON.parse(body).is_developer ?? true }),
      invite_mode: "none",
    }),
  );
  const { users } = server.client();
  await users.create(
    params({
      name: "  Grace ",
      email: " Grace@Example.com\n",
      role: { type: "PREDEFINED", name: "ADMIN" },
      inviteMode: "NONE",
    }),
  );
  await users.create(params({ role: { type: "custom", id: "r1", name: "Power" }, isDeveloper: false }));
  await users.create(params({ isDeveloper: undefined, onExisting: undefined }));
  expect(server.seen.map(({ body }) => JSON.parse(body))).toEqual([
    {
      name: "Grace",
      email: "Grace@Example.com",
      role: { type: "predefined", name: "admin" },
      invite_mode: "none",
    },
    {
      name: "Grace Hopper",
      email: "grace@example.com",
      role: { type: "custom", id: "r1" },
      invite_mode: "email_link",
      is_developer: false,
    },
    {
      name: "Grace Hopper",
      email: "grace@example.com",
      role: { type: "predefined", name: "member" },
      invite_mode: "email_link",
    },
  ]);
  expect(server.seen[0]?.headers["content-type"]).toBe("application/json");
});

test("params stay as they were", async () => {
  const { users } = await startAccount();
  const given = {
    ...params({ name: " Grace " }),
    role: Object.freeze({ type: "CUSTOM", id: "r1", name: "Power" } as const),
  };
  const before = structuredClone(given);
  await users.create(Object.freeze(given));
  expect(given).toEqual(before);
});

test("a temporary password is there, and not in logs, JSON and spreads", async () => {
  const { users } = await startAccount();
  const user = await users.create(params({ inviteMode: "temporary_password" }));
  const password = user.temporaryPassword;
  expect(password).toEqual(expect.any(String));
  expect(`${inspect(user)}${JSON.stringify(user)}${inspect({ ...user })}`).not.toContain(password);
  expect(Object.keys(user)).not.toContain("temporaryPassword");
});

test("two creates at the same moment both succeed, for one user", async () => {
  const { users, sandbox } = await startAccount();
  const both = await Promise.all([users.create(params()), users.create(params())]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(["created", "existing"]);
  expect(new Set(both.map(({ id }) => id)).size).toBe(1);
  expect(sandbox.mails).toHaveLength(1);
});

test("a 201 that is not what the spec says has an unknown outcome", async () => {
  const server = await startServer((_, response) => json(response, 201, { id: "u1" }));
  const error = await rejection(server.client().users.create(params()));
  expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown" });
});

test("the result's type knows what belongs to which outcome", () => {
  expectTypeOf<CreatedUser["outcome"]>().toEqualTypeOf<"created" | "existing" | "recovered">();
  expectTypeOf<CreatedUser["temporaryPassword"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<"none" | "email_link" | "temporary_password">().toExtend<
    Extract<CreatedUser, { outcome: "created" }>["inviteMode"]
  >();
  // @ts-expect-error -- a role is an object
  params({ role: "member" });
  // @ts-expect-error -- no such mode
  params({ inviteMode: "carrier_pigeon" });
  // @ts-expect-error -- no such role
  params({ role: { type: "predefined", name: "boss" } });
});
