/**
 * Every operation and every status of the spec, by the public methods, against a server that is made of nothing
 * but the spec. It answers with the spec's examples, with the status that the `Prefer` header asks for, and it
 * says in a header of its answers what is wrong with a request.
 */
import {
  APIError,
  ArizeClient,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  type Organization,
  type OrganizationMembership,
  PermissionDeniedError,
  RateLimitError,
  UnprocessableEntityError,
  type User,
} from "ax-users";
import { beforeAll, expect, test } from "vitest";
import type { OperationId } from "../../generated/operations.gen.ts";
import { rejection } from "../helpers/server.ts";
import { type Exchange, recordingFetch } from "./exchanges.ts";
import { type Prism, startMock } from "./prism.ts";
import { documentedAnswers } from "./spec.ts";

let mock: Prism;

beforeAll(async () => {
  mock = await startMock();
  return () => mock[Symbol.asyncDispose]();
}, 30_000);

/** A client, told to get answers of a status where one is given, and what it exchanges with the mock. */
function open(status?: number): { client: ArizeClient; exchanges: Exchange[] } {
  const exchanges: Exchange[] = [];
  const client = new ArizeClient({
    apiKey: "test-key",
    baseUrl: mock.baseUrl,
    prereleaseWarnings: false,
    fetch: recordingFetch(exchanges),
    // The mock asks a client that is refused by 429 to come back later than this.
    deadlineMs: 10_000,
    ...(status !== undefined && { headers: { prefer: `code=${status}` } }),
  });
  return { client, exchanges };
}

const userId = "VXNlcjoxMjM0NQ==";
const jane = {
  id: userId,
  name: "Jane Smith",
  email: "jane.smith@example.com",
  createdAt: new Date("2024-01-01T12:00:00Z"),
  status: "active",
  role: { type: "predefined", name: "member" },
  isDeveloper: true,
} satisfies User;
const newUser = {
  name: "Jane Smith",
  email: "jane.smith@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
} as const;

const organizationId = "T3JnYW5pemF0aW9uOjEyMzQ1";
const dataOps = {
  id: organizationId,
  name: "Data Ops",
  description: "Pipelines and their monitors.",
  createdAt: new Date("2024-01-01T12:00:00Z"),
} satisfies Organization;
const membership = {
  id: "QWNjb3VudE9yZ2FuaXphdGlvbk1lbWJlcjox",
  userId,
  organizationId,
  role: { type: "predefined", name: "read-only" },
} satisfies OrganizationMembership;
const member = { organizationId, userId };
const reader = { type: "predefined", name: "read-only" } as const;

interface Operation {
  /** The public method that is this operation. */
  call(client: ArizeClient): PromiseLike<unknown>;
  /** What it resolves with, by the status of a success. */
  results: Readonly<Record<number, unknown>>;
}

const operations: Readonly<Record<OperationId, Operation>> = {
  users_list: {
    call: ({ users }) => users.list(),
    results: {
      200: {
        data: [jane],
        pagination: { hasMore: true, nextCursor: "eyJvZmZzZXQiOjUwfQ==" },
        nextPage: expect.any(Function),
      },
    },
  },
  users_create: {
    call: ({ users }) => users.create(newUser),
    results: {
      200: { ...jane, status: "invited", outcome: "existing" },
      201: { ...jane, status: "invited", outcome: "created", inviteMode: "temporary_password" },
    },
  },
  users_get: { call: ({ users }) => users.get({ userId }), results: { 200: jane } },
  users_update: { call: ({ users }) => users.update({ userId, name: "Jane" }), results: { 200: jane } },
  users_delete: { call: ({ users }) => users.delete({ userId }), results: { 204: undefined } },
  users_resend_invitation: {
    call: ({ users }) => users.resendInvitation({ userId }),
    results: { 202: undefined, 204: undefined },
  },
  users_password_reset: { call: ({ users }) => users.resetPassword({ userId }), results: { 204: undefined } },
  organizations_list: {
    call: ({ organizations }) => organizations.list(),
    results: {
      200: {
        data: [dataOps],
        pagination: { hasMore: true, nextCursor: "eyJvZmZzZXQiOjUwfQ==" },
        nextPage: expect.any(Function),
      },
    },
  },
  organizations_create: {
    call: ({ organizations }) => organizations.create({ name: "Data Ops" }),
    results: { 201: dataOps },
  },
  organizations_get: {
    call: ({ organizations }) => organizations.get({ organizationId }),
    results: { 200: dataOps },
  },
  organizations_update: {
    call: ({ organizations }) => organizations.update({ organizationId, name: "Data" }),
    results: { 200: dataOps },
  },
  organizations_delete: {
    call: ({ organizations }) => organizations.delete({ organizationId }),
    results: { 204: undefined },
  },
  organizations_add_user: {
    call: ({ organizations }) => organizations.addUser({ ...member, role: reader }),
    results: { 200: membership },
  },
  organizations_remove_user: {
    call: ({ organizations }) => organizations.removeUser(member),
    results: { 204: undefined },
  },
};

/** By the spec's own name, which may be one that was added to it and to nothing else. */
function operationOf(id: string): Operation {
  const operation = new Map<string, Operation>(Object.entries(operations)).get(id);
  if (!operation) throw new Error(`${id} is in the spec, but not in the table of operations of this file.`);
  return operation;
}

const requestOf = (route: string): string =>
  route.replace("{user_id}", encodeURIComponent(userId)).replace("{org_id}", organizationId);

const answers = await documentedAnswers();

test.each(answers.filter(({ status }) => status < 300))(
  "$operationId: the $status of the spec is a result in public names",
  async ({ operationId, route, status }) => {
    const { call, results } = operationOf(operationId);
    const { client, exchanges } = open(status);
    const result = await call(client);
    expect(exchanges).toMatchObject([{ request: requestOf(route), status, violations: null }]);
    expect(Object.keys(results)).toContain(String(status));
    expect(result).toStrictEqual(results[status]);
  },
);

test("a temporary password comes through, and shows nowhere by itself", async () => {
  const { client } = open(201);
  const user = await client.users.create({ ...newUser, inviteMode: "temporary_password" });
  expect(user.temporaryPassword).toBe("only-an-example");
  expect(Object.keys(user)).not.toContain("temporaryPassword");
  expect(JSON.stringify(user)).not.toContain("only-an-example");
});

const classes: Readonly<Record<number, typeof APIError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};

test.each(answers.filter(({ status }) => status >= 400))(
  "$operationId: the $status of the spec is an error of its class, with all that the problem says",
  async ({ operationId, route, status, example }) => {
    const { client, exchanges } = open(status);
    const error = await refusal(operationOf(operationId).call(client));
    expect(exchanges[0]).toMatchObject({ request: requestOf(route), status, violations: null });
    expect(error.constructor).toBe(classes[status]);
    expect(example).toMatchObject({ status });
    expect(error).toMatchObject({ ...Object(example), outcome: "not_applied", attempts: 1 });
    // The spec's example of a Retry-After.
    expect(error.retryAfterMs).toBe(status === 429 ? 42_000 : undefined);
  },
);

async function refusal(promise: PromiseLike<unknown>): Promise<APIError> {
  const error = await rejection(promise);
  if (error instanceof APIError) return error;
  throw new Error("expected an APIError", { cause: error });
}

test("a conflict stays one where the look-up after it fails", async () => {
  const { client, exchanges } = open(409);
  const error = await refusal(client.users.create(newUser));
  // The list has no 409, which is what Prism is asked for here, too.
  expect(exchanges.map(({ request, status }) => [request, status])).toEqual([
    ["POST /v2/users", 409],
    ["GET /v2/users", 404],
  ]);
  expect(error).toMatchObject({ status: 409, cause: expect.any(NotFoundError) });
  expect(error).toMatchObject({ cause: { type: "https://stoplight.io/prism/errors#NOT_FOUND" } });
  expect(error).not.toHaveProperty("existing");
});

const custom = { type: "custom", id: "Um9sZTox", name: "Auditor" } as const;
const accepted: [string, (client: ArizeClient) => PromiseLike<unknown>][] = [
  [
    "a list with every parameter",
    ({ users }) =>
      users.list({
        email: "jane+test@example.com",
        status: ["active", "invited", "expired"],
        limit: 100,
        cursor: "eyJvZmZzZXQiOjUwfQ==",
      }),
  ],
  ["a list of one status, in upper case", ({ users }) => users.list({ status: ["INVITED"], limit: 1 })],
  ["a list by the longest part of an address", ({ users }) => users.list({ email: "\u{1d49c}".repeat(255) })],
  ["a get of an ID with reserved characters", ({ users }) => users.get({ userId: "a/b?c#d%e+f ä" })],
  ["a create with a custom role that has a name", ({ users }) => users.create({ ...newUser, role: custom })],
  [
    "a create in upper case with every field",
    ({ users }) =>
      users.create({
        ...newUser,
        role: { type: "PREDEFINED", name: "ANNOTATOR" },
        inviteMode: "TEMPORARY_PASSWORD",
        isDeveloper: false,
      }),
  ],
  ["a create without an invitation", ({ users }) => users.create({ ...newUser, inviteMode: "none" })],
  [
    "a create with the longest name",
    ({ users }) => users.create({ ...newUser, name: "\u{1d49c}".repeat(255) }),
  ],
  [
    "a create for an address with a plus",
    ({ users }) => users.create({ ...newUser, email: "o'hara+x@example.com" }),
  ],
  ["an update of the name", ({ users }) => users.update({ userId, name: "Jane Smith" })],
  ["an update of the developer permission", ({ users }) => users.update({ userId, isDeveloper: false })],
  ["an update of both", ({ users }) => users.update({ userId, name: "Jane Smith", isDeveloper: true })],
  ["a bulk delete", ({ users }) => users.bulkDelete({ userIds: [userId] })],
  [
    "a list of organizations with every parameter",
    ({ organizations }) =>
      organizations.list({ name: "a+b & c", limit: 100, cursor: "eyJvZmZzZXQiOjUwfQ==" }),
  ],
  [
    "an organization with the longest name and description",
    ({ organizations }) =>
      organizations.create({ name: "\u{1d49c}".repeat(255), description: "\u{1d49c}".repeat(1000) }),
  ],
  [
    "a description that is cleared",
    ({ organizations }) => organizations.update({ organizationId, description: null }),
  ],
  [
    "an update of an organization in both",
    ({ organizations }) => organizations.update({ organizationId, name: "Data", description: "New" }),
  ],
  [
    "a member with a role in upper case",
    ({ organizations }) =>
      organizations.addUser({ ...member, role: { type: "PREDEFINED", name: "READ_ONLY" } }),
  ],
  [
    "a member with a custom role that has a name",
    ({ organizations }) => organizations.addUser({ ...member, role: custom }),
  ],
];

test.each(accepted)("%s is a request that keeps the spec", async (_, call) => {
  const { client, exchanges } = open();
  await call(client);
  expect(exchanges).toMatchObject([{ violations: null }]);
});

interface BrokenRequest {
  request: string;
  path: string;
  init: RequestInit;
  status: number;
  violation: string;
}

const authorization = "Bearer test-key";
const json = { authorization, "content-type": "application/json" };
const broken: BrokenRequest[] = [
  {
    request: "a request without the key",
    path: "/v2/users",
    init: {},
    status: 401,
    violation: "Invalid security scheme used",
  },
  {
    request: "a list with a limit beyond the spec's",
    path: "/v2/users?limit=101",
    init: { headers: { authorization } },
    status: 400,
    violation: "limit must be <= 100",
  },
  {
    request: "a list of an unknown status",
    path: "/v2/users?status=active&status=INVITED",
    init: { headers: { authorization } },
    status: 400,
    violation: "active, invited, expired",
  },
  {
    request: "a create with the name of a custom role",
    path: "/v2/users",
    init: {
      method: "POST",
      headers: json,
      body: JSON.stringify({ name: "Jane", email: "jane@example.com", role: custom, invite_mode: "none" }),
    },
    status: 422,
    violation: "found 'name'",
  },
  {
    request: "an update of nothing",
    path: "/v2/users/a",
    init: { method: "PATCH", headers: json, body: "{}" },
    status: 422,
    violation: "must NOT have fewer than 1 properties",
  },
  {
    request: "a member whose role is but a name",
    path: "/v2/organizations/a/users",
    init: { method: "POST", headers: json, body: JSON.stringify({ user_id: "u1", role: "member" }) },
    status: 422,
    violation: "role must be object",
  },
  {
    request: "an organization without a name",
    path: "/v2/organizations",
    init: { method: "POST", headers: json, body: JSON.stringify({ description: "What for" }) },
    status: 422,
    violation: "must have required property 'name'",
  },
];

test.each(broken)("the mock tells $request", async ({ path, init, status, violation }) => {
  const exchanges: Exchange[] = [];
  await recordingFetch(exchanges)(mock.baseUrl + path, init);
  expect(exchanges).toMatchObject([{ status, violations: expect.stringContaining(violation) }]);
});
