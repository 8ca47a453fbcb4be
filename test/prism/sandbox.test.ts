/**
 * The sandbox against the spec: everything goes through Prism, which holds each answer against the spec and puts
 * a 500 of its own in the place of one that breaks it.
 */
import {
  ArizeClient,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
  RateLimitError,
  type Users,
} from "ax-users";
import { type Fault, type Sandbox, type SandboxOptions, type SeedUser, startSandbox } from "ax-users/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";
import { type Exchange, recordingFetch } from "./exchanges.ts";
import { startProxy } from "./prism.ts";

const modes = ["none", "email_link", "temporary_password"] as const;
const states = ["active", "invited", "expired", "inactive"] as const;

const seeds: SeedUser[] = [
  { id: "active", email: "active@example.com" },
  { id: "invited", email: "invited@example.com", status: "invited" },
  { id: "removed", email: "removed@example.com", status: "inactive" },
  { id: "bulk", email: "bulk@example.com" },
  // For the states before a create, which changes them, one each.
  ...modes.flatMap((mode) => states.map((status) => ({ email: `${status}+${mode}@example.com`, status }))),
  {
    email: "auditor@pages.example.com",
    status: "expired",
    role: { type: "custom", id: "Um9sZTox", name: "Auditor" },
  },
  { email: "ann@pages.example.com", status: "invited", role: "annotator", isDeveloper: true },
  ...["Bo", "Cy", "Di", "Ed", "Flo"].map((name) => ({ name, email: `${name}+list@PAGES.example.com` })),
];

/** A sandbox, and the address of the Prism before it. */
interface Checked {
  sandbox: Sandbox;
  baseUrl: string;
}

let unlimited: Checked;
let limited: Checked;
const running = new AsyncDisposableStack();

beforeAll(async () => {
  unlimited = await startChecked({ users: seeds });
  limited = await startChecked({ rateLimit: { perSecond: 0.001, burst: 1, retryAfterSeconds: 42 } });
  const { sandbox } = limited;
  // The one request that the limit has room for.
  await fetch(`${sandbox.baseUrl}/v2/users`, { headers: { authorization: `Bearer ${sandbox.apiKey}` } });
}, 60_000);

afterAll(() => running.disposeAsync());

async function startChecked(options: SandboxOptions): Promise<Checked> {
  const sandbox = running.use(await startSandbox(options));
  const { baseUrl } = running.use(await startProxy(sandbox.baseUrl));
  return { sandbox, baseUrl };
}

/** All that a test has exchanged with a sandbox. */
const exchanges: Exchange[] = [];
const send = recordingFetch(exchanges);

afterEach(() => {
  expect(exchanges.splice(0).filter(isFlawed)).toEqual([]);
});

/** Whether an answer breaks the spec, or is one of Prism's own. */
const isFlawed = ({ status, contentType, violations, requestId }: Exchange): boolean =>
  violations !== null ||
  requestId === null ||
  // To Prism, any JSON is as good as a problem document.
  (status >= 400 && contentType !== "application/problem+json");

/** The methods of a client of its own, which no rate limit of another call holds back. */
function usersOf({ baseUrl, sandbox }: Checked, apiKey = sandbox.apiKey): Users {
  // Past the deadline a client that would wait out a Retry-After fails at once instead.
  return new ArizeClient({ apiKey, baseUrl, prereleaseWarnings: false, deadlineMs: 10_000, fetch: send })
    .users;
}

const log = (): string[] => exchanges.map(({ request, status }) => `${request} ${status}`);

const jane = {
  name: "Jane Smith",
  email: "jane+life@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
} as const;

test("the whole life of a user", async () => {
  const users = usersOf(unlimited);
  const { id: userId } = await users.create(jane);
  await users.create(jane);
  await users.get({ userId });
  expect(await users.get({ user: "JANE+life@example.com" })).toMatchObject({ id: userId });
  await users.update({ userId, name: "Jane King" });
  expect(await users.update({ userId, isDeveloper: false })).toMatchObject({ name: "Jane King" });
  await users.resendInvitation({ userId });
  await users.delete({ userId });
  await users.delete({ userId });
  expect(await users.findByEmail(jane.email)).toBeNull();
  const path = `/v2/users/${encodeURIComponent(userId)}`;
  expect(log()).toEqual([
    "POST /v2/users 201",
    "POST /v2/users 200",
    `GET ${path} 200`,
    "GET /v2/users 200",
    `PATCH ${path} 200`,
    `PATCH ${path} 200`,
    `POST ${path}/resend-invitation 204`,
    `DELETE ${path} 204`,
    `DELETE ${path} 204`,
    "GET /v2/users 200",
  ]);
});

test("a reset of the password of an active user", async () => {
  await usersOf(unlimited).resetPassword({ userId: "active" });
  expect(log()).toEqual(["POST /v2/users/active/reset-password 204"]);
});

test("a bulk delete of users by ID and by address", async () => {
  const results = await usersOf(unlimited).bulkDelete({
    userIds: ["removed", "nobody"],
    emails: ["BULK@example.com", "nobody@example.com"],
  });
  expect(results.map(({ status }) => status)).toEqual(["deleted", "not_found", "deleted", "not_found"]);
});

const creates = {
  unknown: { status: 201, result: "created" },
  invited: { status: 200, result: "existing" },
  expired: { status: 201, result: "created" },
  active: { status: 409, result: "existing" },
  inactive: { status: 409, result: "ConflictError" },
};
const createRows = modes.flatMap((inviteMode) =>
  Object.entries(creates).map(([state, expected]) => ({ inviteMode, state, ...expected })),
);

test.each(createRows)(
  "a create with $inviteMode where the address is $state gives $status",
  async ({ inviteMode, state, status, result }) => {
    const email = `${state}+${inviteMode}@example.com`;
    const created = await usersOf(unlimited)
      .create({ ...jane, email, inviteMode, role: { type: "custom", id: "Um9sZTox", name: "Auditor" } })
      .catch((error: Error) => ({ outcome: error.name, temporaryPassword: undefined }));
    expect(created.outcome).toBe(result);
    const hasPassword = inviteMode === "temporary_password" && status === 201;
    expect(created.temporaryPassword).toEqual(hasPassword ? expect.any(String) : undefined);
    expect(log()[0]).toBe(`POST /v2/users ${status}`);
  },
);

test("pages with cursors", async () => {
  const pages: string[][] = [];
  for await (const { data } of usersOf(unlimited).list({ email: "@pages.example.com", limit: 3 }).pages()) {
    pages.push(data.map(({ name }) => name));
  }
  expect(pages).toEqual([["auditor", "ann", "Bo"], ["Cy", "Di", "Ed"], ["Flo"]]);
});

test.each([
  { what: "one status", params: { status: ["invited"] }, names: ["ann"] },
  { what: "several statuses", params: { status: ["EXPIRED", "invited"] }, names: ["auditor", "ann"] },
  { what: "a part with a plus", params: { email: "FLO+list@pages" }, names: ["Flo"] },
  { what: "a part that nobody has", params: { email: "100%&limit=0@pages" }, names: [] },
] as const)("a list by $what", async ({ params, names }) => {
  const { data } = await usersOf(unlimited).list({ email: "@pages.example.com", ...params });
  expect(data.map(({ name }) => name)).toEqual(names);
});

const calls: [string, (users: Users, userId: string) => PromiseLike<unknown>][] = [
  ["list", (users) => users.list()],
  ["create", (users) => users.create(jane)],
  ["get", (users, userId) => users.get({ userId })],
  ["update", (users, userId) => users.update({ userId, name: "Jane" })],
  ["delete", (users, userId) => users.delete({ userId })],
  ["resend", (users, userId) => users.resendInvitation({ userId })],
  ["reset", (users, userId) => users.resetPassword({ userId })],
];

test.each(calls)("%s with another key gives 401", async (_, call) => {
  const error = await rejection(call(usersOf(unlimited, "another-key"), "active"));
  expect(error).toBeInstanceOf(AuthenticationError);
});

test.each(calls)("%s beyond the rate limit gives 429 with a Retry-After", async (_, call) => {
  const error = await rejection(call(usersOf(limited), "active"));
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ retryAfterMs: 42_000 });
});

test.each(calls.slice(2))("%s of a user who never was gives 404", async (_, call) => {
  expect(await rejection(call(usersOf(unlimited), "a/b ü"))).toBeInstanceOf(NotFoundError);
});

test.each(calls.filter(([name]) => /get|update|resend|reset/.test(name)))(
  "%s of a removed user gives 404",
  async (_, call) => {
    expect(await rejection(call(usersOf(unlimited), "removed"))).toBeInstanceOf(NotFoundError);
  },
);

test("a resend to an active user and a reset of an invited one give 400", async () => {
  const users = usersOf(unlimited);
  expect(await rejection(users.resendInvitation({ userId: "active" }))).toBeInstanceOf(BadRequestError);
  expect(await rejection(users.resetPassword({ userId: "invited" }))).toBeInstanceOf(BadRequestError);
});

/** A request that the client would not send. */
const sendRaw = (method: string, path: string, body?: unknown, contentType = "application/json") =>
  send(unlimited.baseUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${unlimited.sandbox.apiKey}`,
      ...(body !== undefined && { "content-type": contentType }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const newUser = {
  name: "Eve",
  email: "eve@example.com",
  role: { type: "predefined", name: "member" },
  invite_mode: "none",
};

test.each([
  ["a limit of 0", "/v2/users?limit=0"],
  ["a limit of 101", "/v2/users?limit=101"],
  ["a limit that is no number", "/v2/users?limit=ten"],
  ["two limits", "/v2/users?limit=1&limit=2"],
  ["a cursor that never was given", "/v2/users?cursor=none"],
  ["a status in upper case", "/v2/users?status=active&status=INVITED"],
  ["the status of the removed", "/v2/users?status=inactive"],
  ["a part of an address of 256 characters", `/v2/users?email=${"a".repeat(256)}`],
  ["a broken escape in its path", "/v2/users/%zz"],
])("a read with %s gives 400", async (_, path) => {
  await expectBadRequest(sendRaw("GET", path));
});

test.each<[string, unknown]>([
  ["no body", undefined],
  ["no object", [newUser]],
  ["no field", {}],
  ["an empty name", { ...newUser, name: "" }],
  ["a name of 256 characters", { ...newUser, name: "n".repeat(256) }],
  ["no address", { ...newUser, email: "eve" }],
  ["a role by name alone", { ...newUser, role: "member" }],
  ["an unknown role", { ...newUser, role: { type: "predefined", name: "owner" } }],
  ["a custom role without ID", { ...newUser, role: { type: "custom", name: "Auditor" } }],
  ["an unknown invite mode", { ...newUser, invite_mode: "pigeon" }],
  ["a developer permission that is no boolean", { ...newUser, is_developer: "yes" }],
  ["an unknown field", { ...newUser, account: "other" }],
])("a create with %s gives 400", async (_, body) => {
  await expectBadRequest(sendRaw("POST", "/v2/users", body));
});

test.each<[string, unknown]>([
  ["no field", {}],
  ["a blank name", { name: " " }],
  ["a role", { role: newUser.role }],
  ["a developer permission that is no boolean", { is_developer: null }],
])("an update with %s gives 400", async (_, body) => {
  await expectBadRequest(sendRaw("PATCH", "/v2/users/active", body));
});

test("a body that does not say it is JSON gives 400", async () => {
  await expectBadRequest(sendRaw("POST", "/v2/users", newUser, "text/plain"));
});

async function expectBadRequest(sent: Promise<Response>): Promise<void> {
  const answer = await sent;
  expect(await answer.json()).toMatchObject({ status: 400, title: "Invalid request parameters" });
  expect(answer.status).toBe(400);
}

const pagination = { has_more: false };

test.each<[string, Fault, string]>([
  [
    "a field of another type",
    { status: 200, body: { users: "none", pagination } },
    "body property users must be array",
  ],
  ["a missing field", { status: 200, body: { users: [] } }, "must have required property 'pagination'"],
  ["a page that is no JSON", { status: 200, body: "<p>Welcome</p>" }, "does not match the one specified"],
  [
    "a success that is not documented",
    { status: 206, body: { users: [], pagination } },
    "Unable to match the returned status code",
  ],
  [
    "a problem without a title",
    { status: 403, body: { status: 403 } },
    "must have required property 'title'",
  ],
  [
    "a Retry-After that is no number",
    { status: 429, body: { title: "Wait", status: 429 }, headers: { "retry-after": "soon" } },
    "retry-after must be integer",
  ],
])("Prism finds %s", async (_, fault, violation) => {
  unlimited.sandbox.fail(fault);
  const answer = await sendRaw("GET", "/v2/users");
  expect(await answer.json()).toMatchObject({ type: "https://stoplight.io/prism/errors#VIOLATIONS" });
  expect(exchanges.splice(0)).toMatchObject([
    { status: 500, violations: expect.stringContaining(violation) },
  ]);
});

test("Prism lets an error through that is not documented, and tells of it in a header", async () => {
  unlimited.sandbox.fail({ status: 418, body: { title: "Teapot", status: 418 } });
  await sendRaw("GET", "/v2/users");
  expect(exchanges.splice(0)).toMatchObject([
    { status: 418, violations: expect.stringContaining("Unable to match") },
  ]);
});
