import type { ArizeClient } from "ax-users";
import type { Dialect } from "../testing/dialects.ts";
import { otherDialect, written } from "./dialects.ts";
import { member, newUser, organizationId, userId } from "./mock-operations.ts";

const custom = { type: "custom", id: "Um9sZTox", name: "Auditor" } as const;

type Accepted = [string, (client: ArizeClient) => PromiseLike<unknown>];

/** Each is a request that keeps the spec of the dialect. */
export const accepted = (dialect: Dialect): Accepted[] =>
  dialect === "alpha" ? [...inBoth, withDeveloper] : inBoth;

const withDeveloper: Accepted = [
  "a create with a developer permission",
  ({ users }) => users.create({ ...newUser, isDeveloper: false }),
];

const inBoth: Accepted[] = [
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
    "a create in upper case",
    ({ users }) =>
      users.create({
        ...newUser,
        role: { type: "PREDEFINED", name: "ANNOTATOR" },
        inviteMode: "TEMPORARY_PASSWORD",
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
  ["a create of several, of one", ({ users }) => users.createMany({ users: [newUser] })],
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

/** A request that breaks the spec, and what Prism says of it. */
export interface BrokenRequest {
  request: string;
  path: string;
  init: RequestInit;
  status: number;
  violation: string;
}

const authorization = "Bearer test-key";
const json = { authorization, "content-type": "application/json" };
const sending = (method: string, body: unknown): RequestInit => ({
  method,
  headers: json,
  body: JSON.stringify(body),
});

/** Clears a description in the current dialect. */
const nullDescription: BrokenRequest = {
  request: "a description that is null",
  path: "/v2/organizations/a",
  init: sending("PATCH", { description: null }),
  status: 422,
  violation: "description must be string",
};

/** The hosted API has no such field since September 2026. */
const developerOnCreate: BrokenRequest = {
  request: "a create with a developer permission",
  path: "/v2/users",
  init: sending("POST", {
    name: "Jane",
    email: "jane@example.com",
    role: { type: "PREDEFINED", name: "MEMBER" },
    invite_mode: "NONE",
    is_developer: true,
  }),
  status: 422,
  violation: "found 'is_developer'",
};

export function brokenRequests(dialect: Dialect): BrokenRequest[] {
  const own = written[dialect];
  const other = written[otherDialect[dialect]];
  const jane = { name: "Jane", email: "jane@example.com", invite_mode: own.none };
  const role = { type: own.predefined, name: own.member };
  return [
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
      request: "a list of a status as the other dialect has it",
      path: `/v2/users?status=${own.active}&status=${other.active}`,
      init: { headers: { authorization } },
      status: 400,
      violation: own.statuses,
    },
    {
      request: "a create with the name of a custom role",
      path: "/v2/users",
      init: sending("POST", { ...jane, role: { type: own.custom, id: "Um9sZTox", name: "Auditor" } }),
      status: 422,
      violation: "found 'name'",
    },
    {
      request: "a create with a role as the other dialect has it",
      path: "/v2/users",
      init: sending("POST", { ...jane, role: { type: other.predefined, name: other.member } }),
      status: 422,
      violation: "role.type must be equal to",
    },
    {
      request: "a create with an invite mode as the other dialect has it",
      path: "/v2/users",
      init: sending("POST", { ...jane, role, invite_mode: other.none }),
      status: 422,
      violation: "invite_mode must be equal to one of the allowed values",
    },
    {
      request: "an update of nothing",
      path: "/v2/users/a",
      init: sending("PATCH", {}),
      status: 422,
      violation: "must NOT have fewer than 1 properties",
    },
    {
      request: "a member whose role is but a name",
      path: "/v2/organizations/a/users",
      init: sending("POST", { user_id: "u1", role: own.member }),
      status: 422,
      violation: "role must be object",
    },
    {
      request: "an organization without a name",
      path: "/v2/organizations",
      init: sending("POST", { description: "What for" }),
      status: 422,
      violation: "must have required property 'name'",
    },
    dialect === "alpha" ? nullDescription : developerOnCreate,
  ];
}
