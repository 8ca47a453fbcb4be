/** The bulk methods on users. `users.ts` documents them. */
import { userUpdate } from "../../../generated/models.gen.ts";
import type { UserUpdate } from "../../../generated/types.gen.ts";
import type { ApiCall } from "../../api/client-context.ts";
import { assertValid } from "../../api/request-issues.ts";
import { idIssue, issue, type ValidationIssue } from "../../errors/issue.ts";
import { Batch } from "../../facade/batch.ts";
import { readBulkParams } from "../../facade/bulk-options.ts";
import { defineMethod } from "../../facade/operation.ts";
import { readParams, toChanges, usersIssue } from "../../facade/params.ts";
import { ensureUser, readCreateRequest } from "../create/create.ts";
import { emailIssue } from "../email.ts";
import { removeUser, sendUpdate } from "../operations.ts";
import type {
  BulkDeleteUsersParams,
  BulkUserCreationResult,
  BulkUserDeletionResult,
  BulkUserUpdateResult,
  CreateUserParams,
  CreateUsersParams,
  UpdateManyUser,
  UpdateUsersParams,
} from "../types.ts";
import { distinct, readRows, toTarget } from "./bulk-targets.ts";
import { userResults } from "./user-results.ts";

const CREATE_MANY = ["users.createMany", "users_create", "users_list", "users_update"] as const;
const UPDATE_MANY = ["users.updateMany", "users_update", "users_list"] as const;
const BULK_DELETE = ["users.bulkDelete", "users_delete", "users_list"] as const;

export const createUsers = defineMethod<CreateUsersParams, BulkUserCreationResult[]>(
  CREATE_MANY,
  async (call, params) => {
    const given = readBulkParams(call, params, ["users"], usersIssue);
    const read = (row: CreateUserParams) => readCreateRequest(call, row);
    const targets = readRows(call.method, given.users, read, ({ email }) => ({ email }));
    return new Batch(call, given).results(targets, {
      counts: { created: 0, existing: 0, failed: 0 },
      send: async (call, { email = "" }, request) => {
        const user = await ensureUser(call, request);
        return { email, status: user.outcome === "created" ? "created" : "existing", user };
      },
      toResult: ({ email = "" }, end) => ({ email, ...end }),
    });
  },
);

export const updateUsers = defineMethod<UpdateUsersParams, BulkUserUpdateResult[]>(
  UPDATE_MANY,
  async (call, params) => {
    const given = readBulkParams(call, params, ["users"], usersIssue);
    const targets = readRows(call.method, given.users, (row) => readRow(call, row));
    return userResults(new Batch(call, given), targets, {
      counts: { updated: 0, notFound: 0, failed: 0 },
      send: async (call, userId, body) => ({ status: "updated", user: await sendUpdate(call, userId, body) }),
    });
  },
);

function readRow(call: ApiCall, row: UpdateManyUser): UserUpdate {
  const { userId, email, ...changes } = readParams(call, row, ["userId", "email"], userUpdate);
  const isNamed = (userId === undefined) !== (email === undefined);
  const nameIssue = userId === undefined ? emailIssue("email", email) : idIssue("userId", userId);
  assertValid(call.method, [isNamed ? nameIssue : { path: "", message: "must have either userId or email" }]);
  return toChanges(call, userUpdate, changes);
}

export const bulkDeleteUsers = defineMethod<BulkDeleteUsersParams, BulkUserDeletionResult[]>(
  BULK_DELETE,
  async (call, params) => {
    const given = readBulkParams(call, params, ["userIds", "emails"], targetIssues);
    const { method } = call;
    const { userIds = [], emails = [] } = given;
    const targets = distinct(method, [
      ...Array.from(userIds, (userId, index) =>
        toTarget(method, `userIds[${index}]`, { userId }, () => assertValid(method, [idIssue("", userId)])),
      ),
      ...Array.from(emails, (email, index) =>
        toTarget(method, `emails[${index}]`, { email }, () => assertValid(method, [emailIssue("", email)])),
      ),
    ]);
    return userResults(new Batch(call, given), targets, {
      counts: { deleted: 0, notFound: 0, failed: 0 },
      send: async (call, userId) => {
        await removeUser(call, userId);
        return { status: "deleted" };
      },
    });
  },
);

const targetIssues = ({ userIds, emails }: BulkDeleteUsersParams): (ValidationIssue | undefined)[] => {
  const isMissing = userIds === undefined && emails === undefined;
  return [
    ...Object.entries({ userIds, emails }).map(([name, list]) =>
      list === undefined || Array.isArray(list)
        ? undefined
        : issue(name, "must be an array of strings", list),
    ),
    isMissing ? { path: "", message: "userIds or emails is required" } : undefined,
  ];
};
