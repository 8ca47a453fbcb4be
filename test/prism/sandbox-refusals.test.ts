/**
 * The refusals of the sandbox, each of which goes through Prism, and that Prism would find it out if an answer broke
 * the spec.
 */
import {
  type ArizeClient,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  RateLimitError,
} from "ax-users";
import type { Fault, SeedUser } from "ax-users/testing";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";
import { CHECKED_DIALECTS } from "../testing/dialects.ts";
import { type Checked, isFlawed, startChecked } from "./checked.ts";
import { badRequests } from "./sandbox-requests.ts";

const users: SeedUser[] = [
  { id: "active", email: "active@example.com" },
  { id: "invited", email: "invited@example.com", status: "invited" },
  { id: "removed", email: "removed@example.com", status: "inactive" },
  { id: "ann", email: "ann@example.com", role: "annotator" },
];
const organizations = [
  { id: "search", name: "Search" },
  { id: "taken", name: "Taken" },
];

const role = { type: "predefined", name: "member" } as const;
const jane = { name: "Jane Smith", email: "jane@example.com", role, inviteMode: "email_link" } as const;

type Call = [name: string, call: (client: ArizeClient, id: string) => PromiseLike<unknown>];

const userCalls: Call[] = [
  ["users.get", ({ users }, userId) => users.get({ userId })],
  ["users.update", ({ users }, userId) => users.update({ userId, name: "Jane" })],
  ["users.resendInvitation", ({ users }, userId) => users.resendInvitation({ userId })],
  ["users.resetPassword", ({ users }, userId) => users.resetPassword({ userId })],
  [
    "organizations.addUser",
    ({ organizations }, userId) => organizations.addUser({ organizationId: "search", userId, role }),
  ],
  [
    "organizations.removeUser",
    ({ organizations }, userId) => organizations.removeUser({ organizationId: "search", userId }),
  ],
];
const deleteCall: Call = ["users.delete", ({ users }, userId) => users.delete({ userId })];
const organizationCalls: Call[] = [
  ["organizations.get", ({ organizations }, organizationId) => organizations.get({ organizationId })],
  [
    "organizations.update",
    ({ organizations }, organizationId) => organizations.update({ organizationId, name: "Found" }),
  ],
  ["organizations.delete", ({ organizations }, organizationId) => organizations.delete({ organizationId })],
  [
    "organizations.addUser",
    ({ organizations }, organizationId) => organizations.addUser({ organizationId, userId: "active", role }),
  ],
  [
    "organizations.removeUser",
    ({ organizations }, organizationId) => organizations.removeUser({ organizationId, userId: "active" }),
  ],
];
const calls: Call[] = [
  ["users.list", ({ users }) => users.list()],
  ["users.create", ({ users }) => users.create(jane)],
  ...userCalls.slice(0, 4),
  deleteCall,
  ["organizations.list", ({ organizations }) => organizations.list()],
  ["organizations.create", ({ organizations }) => organizations.create({ name: "New" })],
  ...organizationCalls,
];

const pagination = { has_more: false };
const flawedAnswers: [string, Fault, string][] = [
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
];

describe.each(CHECKED_DIALECTS)("in the %s dialect", (dialect) => {
  let unlimited: Checked;
  let limited: Checked;

  beforeAll(async () => {
    const running = new AsyncDisposableStack();
    unlimited = running.use(await startChecked(dialect, { users, organizations }));
    const rateLimit = { perSecond: 0.001, burst: 1, retryAfterSeconds: 42 };
    limited = running.use(await startChecked(dialect, { rateLimit }));
    // The one request that the limit has room for.
    await limited.sendRaw("GET", "/v2/users");
    return () => running.disposeAsync();
  });

  afterEach(() => {
    const exchanges = [unlimited, limited].flatMap((checked) => checked.exchanges.splice(0));
    expect(exchanges.filter(isFlawed)).toEqual([]);
  });

  test.each(calls)("%s with another key gives 401", async (_, call) => {
    const error = await rejection(call(unlimited.client("another-key"), "active"));
    expect(error).toBeInstanceOf(AuthenticationError);
  });

  test.each(calls)("%s beyond the rate limit gives 429 with a Retry-After", async (_, call) => {
    const error = await rejection(call(limited.client(), "active"));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: 42_000 });
  });

  test.each([...userCalls, deleteCall])("%s of a user who never was gives 404", async (_, call) => {
    expect(await rejection(call(unlimited.client(), "a/b ü"))).toBeInstanceOf(NotFoundError);
  });

  test.each(userCalls)("%s of a removed user gives 404", async (_, call) => {
    expect(await rejection(call(unlimited.client(), "removed"))).toBeInstanceOf(NotFoundError);
  });

  test.each(organizationCalls)("%s where there is no such organization gives 404", async (_, call) => {
    expect(await rejection(call(unlimited.client(), "a/b ü"))).toBeInstanceOf(NotFoundError);
  });

  test("a resend to an active user and a reset of an invited one give 400", async () => {
    const { users } = unlimited.client();
    expect(await rejection(users.resendInvitation({ userId: "active" }))).toBeInstanceOf(BadRequestError);
    expect(await rejection(users.resetPassword({ userId: "invited" }))).toBeInstanceOf(BadRequestError);
  });

  test("a second organization of one name gives 409", async () => {
    const { organizations } = unlimited.client();
    expect(await rejection(organizations.create({ name: "Taken" }))).toBeInstanceOf(ConflictError);
    const rename = organizations.update({ organizationId: "search", name: "Taken" });
    expect(await rejection(rename)).toBeInstanceOf(ConflictError);
  });

  async function expectBadRequest(sent: Promise<Response>): Promise<void> {
    const answer = await sent;
    expect(await answer.json()).toMatchObject({ status: 400, title: "Invalid request parameters" });
    expect(answer.status).toBe(400);
  }

  test.each(badRequests(dialect))("%s gives 400", async (_, method, path, body) => {
    await expectBadRequest(unlimited.sendRaw(method, path, body));
  });

  test("a body that does not say it is JSON gives 400", async () => {
    await expectBadRequest(unlimited.sendRaw("POST", "/v2/users", { name: "Eve" }, "text/plain"));
  });

  test.each(flawedAnswers)("Prism finds %s", async (_, fault, violation) => {
    unlimited.sandbox.fail(fault);
    const answer = await unlimited.sendRaw("GET", "/v2/users");
    expect(await answer.json()).toMatchObject({ type: "https://stoplight.io/prism/errors#VIOLATIONS" });
    expect(unlimited.exchanges.splice(0)).toMatchObject([
      { status: 500, violations: expect.stringContaining(violation) },
    ]);
  });

  test("Prism lets an error through that is not documented, and tells of it in a header", async () => {
    unlimited.sandbox.fail({ status: 418, body: { title: "Teapot", status: 418 } });
    await unlimited.sendRaw("GET", "/v2/users");
    expect(unlimited.exchanges.splice(0)).toMatchObject([
      { status: 418, violations: expect.stringContaining("Unable to match") },
    ]);
  });
});
