import { inspect } from "node:util";
import {
  ArizeClient,
  type BulkUserCreationResult,
  ConflictError,
  type CreatedUser,
  type CreateUserParams,
  type CreateUsersProgress,
} from "ax-users";
import type { Sandbox, SeedUser } from "ax-users/testing";
import { afterEach, expect, expectTypeOf, test, vi } from "vitest";
import { BAD_CALLBACKS } from "../helpers/bad-callbacks.ts";
import { deferred } from "../helpers/deferred.ts";
import { WIRE_CASE } from "../helpers/dialect.ts";
import { openAccount, openSandbox } from "../helpers/sandbox.ts";
import { json, startServer, wireUser } from "../helpers/server.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { NEW_USER } from "../transport/scripted-server.ts";

const row = (email: string, fields: Partial<CreateUserParams> = {}): CreateUserParams => ({
  ...NEW_USER,
  email,
  ...fields,
});

const startAccount = (users: SeedUser[] = []) => openAccount({ users });

/** A client that repeats what failed at once, and knows the dialect, so that faults strike no request that is refused for it. */
const eager = ({ baseUrl, apiKey }: Sandbox) =>
  clientWith({ baseUrl, apiKey, enumCase: WIRE_CASE }, { random: () => 0 });

const posts = ({ requests }: Sandbox) => requests.filter(({ method }) => method === "POST");
const statuses = (results: readonly BulkUserCreationResult[]) => results.map(({ status }) => status);

test("one result for each address, in the order first named, that says how its user came to be there", async () => {
  const { users, sandbox } = await startAccount([
    { id: "a", email: "active@example.com" },
    { id: "i", email: "invited@example.com", status: "invited" },
    { id: "e", email: "expired@example.com", status: "expired" },
    { id: "r", email: "removed@example.com", status: "inactive" },
  ]);
  const given = ["removed", "invited", "new", "Expired", "active"].map((name) => row(`${name}@example.com`));
  const results = await users.createMany({ users: given });
  expect(results).toEqual([
    {
      email: "removed@example.com",
      status: "failed",
      attempted: expect.any(Boolean),
      outcome: expect.any(String),
      error: expect.stringMatching(/^POST \/v2\/users: HTTP 409 .*was removed for good/),
      cause: expect.any(ConflictError),
    },
    {
      email: "invited@example.com",
      status: "existing",
      user: expect.objectContaining({ id: "i", status: "invited", outcome: "existing" }),
    },
    {
      email: "new@example.com",
      status: "created",
      user: expect.objectContaining({ name: NEW_USER.name, outcome: "created", inviteMode: "email_link" }),
    },
    {
      email: "Expired@example.com",
      status: "created",
      user: expect.objectContaining({ id: "e", status: "invited", outcome: "created" }),
    },
    {
      email: "active@example.com",
      status: "existing",
      user: expect.objectContaining({ id: "a", status: "active", outcome: "existing" }),
    },
  ]);
  expect(sandbox.mails.map(({ to }) => to).sort()).toEqual(["expired@example.com", "new@example.com"]);
});

test.each([
  ["active", "none"],
  ["invited", "email_link"],
] as const)(
  "a user who is there, %s, after a request that got no answer is existing, and their outcome recovered",
  async (status, inviteMode) => {
    const { sandbox } = await startAccount();
    sandbox.fail({ method: "POST", when: "after", socket: "drop" });
    const results = await eager(sandbox).users.createMany({
      users: [row("new@example.com", { inviteMode })],
    });
    expect(results).toMatchObject([{ status: "existing", user: { outcome: "recovered", status } }]);
    expect(sandbox.users()).toHaveLength(1);
    expect(posts(sandbox)).toHaveLength(2);
  },
);

test("temporary passwords are on the users that were created, and not in logs, JSON and spreads", async () => {
  const { users, sandbox } = await startAccount([{ email: "active@example.com" }]);
  const inviteMode = "temporary_password";
  const given = ["a@x.io", "active@example.com", "b@x.io"].map((email) => row(email, { inviteMode }));
  const results = await users.createMany({ users: given });
  const passwords = results.map((result) =>
    result.status === "failed" ? "" : result.user.temporaryPassword,
  );
  expect(passwords).toEqual([expect.stringMatching(/\S{8}/), undefined, expect.stringMatching(/\S{8}/)]);
  const spread = results.map((result) => ({ ...result, ...(result.status !== "failed" && result.user) }));
  const logged = [inspect(results, { depth: null }), JSON.stringify(results), inspect(spread)].join("\n");
  expect(logged).toContain("a@x.io");
  for (const password of [passwords[0], passwords[2]]) expect(logged).not.toContain(password);
  for (const result of results) {
    if (result.status !== "failed") expect(Object.keys(result.user)).not.toContain("temporaryPassword");
  }
  expect(sandbox.mails).toEqual([]);
});

test("a temporary password is not asked for again after an unknown outcome; an invitation by mail is", async () => {
  const { sandbox } = await startAccount();
  sandbox.fail({ method: "POST", when: "after", status: 502, times: 2 });
  const [lost, invited] = await eager(sandbox).users.createMany({
    users: [row("a@x.io", { inviteMode: "temporary_password" }), row("b@x.io")],
    concurrency: 1,
  });
  expect(lost).toMatchObject({
    status: "failed",
    attempted: expect.any(Boolean),
    outcome: expect.any(String),
    error: expect.stringMatching(/HTTP 502 .*the temporary password is lost/),
    cause: { name: "ServerError", outcome: "unknown", attempts: 1 },
  });
  expect(invited).toMatchObject({ status: "existing", user: { outcome: "recovered" } });
  expect(posts(sandbox).map(({ body }) => Object(body).email)).toEqual(["a@x.io", "b@x.io", "b@x.io"]);
});

test('with onExisting: "throw" whoever is there is a failure, with the user on its ConflictError', async () => {
  const { users } = await startAccount([
    { id: "a", email: "active@example.com" },
    { id: "i", email: "invited@example.com", status: "invited" },
  ]);
  const given = ["active@example.com", "invited@example.com", "new@example.com"];
  const results = await users.createMany({
    users: given.map((email) => row(email, { onExisting: "throw" })),
  });
  expect(statuses(results)).toEqual(["failed", "failed", "created"]);
  for (const [index, id] of ["a", "i"].entries()) {
    const { cause, error } = results[index] as { cause: ConflictError; error: string };
    expect(cause).toBeInstanceOf(ConflictError);
    expect(cause.existing).toMatchObject({ id });
    expect(error).not.toContain("@example.com");
  }
});

test("a failing create is its address's own failure, in one line, and the others go on", async () => {
  const server = await startServer(({ body }, response) => {
    const { email } = JSON.parse(body);
    if (email !== "b@x.io") return json(response, 201, { ...wireUser({ email }), invite_mode: "email_link" });
    return json(response, 422, { title: "Too\nlong", detail: "line\r\nbreaks" });
  });
  const given = ["a@x.io", "b@x.io", "c@x.io"].map((email) => row(email));
  const results = await server.client({ enumCase: WIRE_CASE }).users.createMany({ users: given });
  expect(statuses(results)).toEqual(["created", "failed", "created"]);
  expect(results[1]).toEqual({
    email: "b@x.io",
    status: "failed",
    attempted: expect.any(Boolean),
    outcome: expect.any(String),
    error: "POST /v2/users: HTTP 422 Too long: line breaks.",
    cause: expect.objectContaining({ name: "UnprocessableEntityError", status: 422 }),
  });
});

test("there are never more creates in flight than the concurrency", async () => {
  let inFlight = 0;
  let peak = 0;
  const full = deferred();
  const server = await startServer(async ({ body }, response) => {
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    if (inFlight === 3) full.resolve();
    await full.promise;
    await new Promise((resolve) => setImmediate(resolve));
    inFlight -= 1;
    json(response, 201, { ...wireUser({ email: JSON.parse(body).email }), invite_mode: "none" });
  });
  const given = Array.from({ length: 40 }, (_, index) => row(`u${index}@x.io`));
  const { users } = server.client({ enumCase: WIRE_CASE });
  const results = await users.createMany({ users: given, concurrency: 3 });
  expect(new Set(statuses(results))).toEqual(new Set(["created"]));
  expect(results.map(({ email }) => email)).toEqual(given.map(({ email }) => email));
  expect(peak).toBe(3);
});

test("the caller's objects are not touched, and may change during the call", async () => {
  const { users, sandbox } = await startAccount();
  const frozen = Object.freeze(
    row(" B@x.io ", { role: Object.freeze({ type: "CUSTOM", id: "r1" } as const) }),
  );
  const changing = row("a@x.io", { role: { type: "predefined", name: "member" } });
  const roster = [frozen, changing];
  const params = Object.freeze({ users: roster });
  const before = structuredClone(roster);
  const call = users.createMany(params);
  expect(roster).toEqual(before);
  Object.assign(changing.role, { name: "admin" });
  Object.assign(changing, { email: "other@x.io", name: "Somebody Else" });
  roster.push(row("late@x.io"));
  expect((await call).map(({ email }) => email)).toEqual([" B@x.io ", "a@x.io"]);
  const made = sandbox.users().map(({ email, name, role }) => [email, name, role]);
  expect(made.sort()).toEqual([
    ["B@x.io", NEW_USER.name, { type: "custom", id: "r1" }],
    ["a@x.io", NEW_USER.name, { type: "predefined", name: "member" }],
  ]);
  await users.createMany({ users: Object.freeze([frozen]) });
});

test("onProgress is told of each address, and adds up", async () => {
  const { users } = await startAccount([{ email: "active@example.com" }]);
  const told: CreateUsersProgress[] = [];
  const given = ["a@x.io", "A@x.io", "active@example.com", "nope", "b@x.io"].map((email) => row(email));
  await users.createMany({ users: given, onProgress: (progress) => told.push(progress) });
  expect(told.map(({ done }) => done)).toEqual([1, 2, 3, 4]);
  for (const { total, done, created, existing, failed } of told) {
    expect([total, created + existing + failed]).toEqual([4, done]);
  }
  expect(told.at(-1)).toEqual({ total: 4, done: 4, created: 2, existing: 1, failed: 1 });
});

test.each(BAD_CALLBACKS)("an onProgress that %s changes nothing", async (_, onProgress) => {
  const { users } = await startAccount();
  const results = await users.createMany({ users: [row("a@x.io"), row("b@x.io")], onProgress });
  expect(statuses(results)).toEqual(["created", "created"]);
});

const TOLD = Symbol.for("ax-users.prerelease");
afterEach(() => {
  Reflect.deleteProperty(globalThis, TOLD);
  vi.unstubAllEnvs();
});

test("its first call in the process warns of users.create_many, and of nothing that it uses", async () => {
  Reflect.deleteProperty(globalThis, TOLD);
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", undefined);
  const { baseUrl, apiKey } = await openSandbox({ users: [{ email: "active@example.com" }] });
  const told: string[] = [];
  const { users } = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: ({ key }) => told.push(key) });
  await users.createMany({ users: [row("active@example.com")] });
  await users.createMany({ users: [row("new@example.com")] });
  expect(told).toEqual(["users.create_many"]);
});

test("the results' type tells what is there by status", () => {
  const result = { email: "a", status: "failed", error: "", cause: 0 } as BulkUserCreationResult;
  if (result.status === "failed") expectTypeOf(result.cause).toEqualTypeOf<unknown>();
  else expectTypeOf(result.user).toEqualTypeOf<CreatedUser>();
  expectTypeOf(result.status).toEqualTypeOf<"created" | "existing" | "failed">();
  // @ts-expect-error -- only what is there has a user
  expect(result.user).toBeUndefined();
});
