import type { ArizeClient, Organization, OrganizationMembership, RequestOptions, User } from "ax-users";
import { expect } from "vitest";
import type { OperationId } from "../../generated/operations.gen.ts";

export interface Operation {
  /** The public method that is this operation. */
  call(client: ArizeClient, options?: RequestOptions): PromiseLike<unknown>;
  /** What it resolves with, by the status of a success. */
  results: Readonly<Record<number, unknown>>;
  /** Whether its request has an enum value. */
  sendsEnum?: boolean;
}

export const userId = "VXNlcjoxMjM0NQ==";
export const organizationId = "T3JnYW5pemF0aW9uOjEyMzQ1";

const jane = {
  id: userId,
  name: "Jane Smith",
  email: "jane.smith@example.com",
  createdAt: new Date("2024-01-01T12:00:00Z"),
  status: "active",
  role: { type: "predefined", name: "member" },
  isDeveloper: true,
} satisfies User;

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

const pageOf = (item: unknown) => ({
  data: [item],
  pagination: { hasMore: true, nextCursor: "eyJvZmZzZXQiOjUwfQ==" },
  nextPage: expect.any(Function),
});

export const newUser = {
  name: "Jane Smith",
  email: "jane.smith@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
} as const;

export const member = { organizationId, userId };
const reader = { type: "predefined", name: "read-only" } as const;

/** Complete by its type. Answers have the examples of the spec, which come to the same in either dialect. */
const operations: Readonly<Record<OperationId, Operation>> = {
  users_list: { call: ({ users }, options) => users.list({}, options), results: { 200: pageOf(jane) } },
  users_create: {
    call: ({ users }, options) => users.create(newUser, options),
    results: {
      200: { ...jane, status: "invited", outcome: "existing" },
      201: { ...jane, status: "invited", outcome: "created", inviteMode: "temporary_password" },
    },
    sendsEnum: true,
  },
  users_get: { call: ({ users }, options) => users.get({ userId }, options), results: { 200: jane } },
  users_update: {
    call: ({ users }, options) => users.update({ userId, name: "Jane" }, options),
    results: { 200: jane },
  },
  users_delete: {
    call: ({ users }, options) => users.delete({ userId }, options),
    results: { 204: undefined },
  },
  users_resend_invitation: {
    call: ({ users }, options) => users.resendInvitation({ userId }, options),
    results: { 202: undefined, 204: undefined },
  },
  users_password_reset: {
    call: ({ users }, options) => users.resetPassword({ userId }, options),
    results: { 202: undefined, 204: undefined },
  },
  organizations_list: {
    call: ({ organizations }, options) => organizations.list({}, options),
    results: { 200: pageOf(dataOps) },
  },
  organizations_create: {
    call: ({ organizations }, options) => organizations.create({ name: "Data Ops" }, options),
    results: { 201: dataOps },
  },
  organizations_get: {
    call: ({ organizations }, options) => organizations.get({ organizationId }, options),
    results: { 200: dataOps },
  },
  organizations_update: {
    call: ({ organizations }, options) => organizations.update({ organizationId, name: "Data" }, options),
    results: { 200: dataOps },
  },
  organizations_delete: {
    call: ({ organizations }, options) => organizations.delete({ organizationId }, options),
    results: { 204: undefined },
  },
  organizations_add_user: {
    call: ({ organizations }, options) => organizations.addUser({ ...member, role: reader }, options),
    results: { 200: membership },
    sendsEnum: true,
  },
  organizations_remove_user: {
    call: ({ organizations }, options) => organizations.removeUser(member, options),
    results: { 204: undefined },
  },
};

/** By the spec's own name, which may be one that was added to it and to nothing else. */
export function operationOf(id: string): Operation {
  const operation = new Map<string, Operation>(Object.entries(operations)).get(id);
  if (!operation) throw new Error(`${id} is in the spec, but not in the table of operations of this file.`);
  return operation;
}

export const requestOf = (route: string): string =>
  route.replace("{user_id}", encodeURIComponent(userId)).replace("{org_id}", organizationId);
