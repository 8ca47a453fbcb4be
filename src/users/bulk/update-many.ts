import { userUpdate } from "../../../generated/models.gen.ts";
import type { UserUpdate } from "../../../generated/types.gen.ts";
import type { ApiCall } from "../../api/client-context.ts";
import { assertValid } from "../../api/request-issues.ts";
import { idIssue } from "../../errors/issue.ts";
import { Batch, readBulkParams } from "../../facade/batch.ts";
import { defineMethod } from "../../facade/operation.ts";
import { readParams, toChanges, usersIssue } from "../../facade/params.ts";
import { emailIssue } from "../email.ts";
import { sendUpdate } from "../operations.ts";
import type { BulkUserUpdateResult, UpdateManyUser, UpdateUsersParams } from "../types.ts";
import { readRows } from "./bulk-targets.ts";
import { userResults } from "./user-results.ts";

const UPDATE_MANY = ["users.updateMany", "users_update", "users_list"] as const;

export const updateUsers = defineMethod<UpdateUsersParams, BulkUserUpdateResult[]>(
  UPDATE_MANY,
  async (call, params) => {
    const given = readBulkParams(call, params, ["users"], usersIssue);
    const targets = readRows(
      call.method,
      given.users,
      ({ userId, email }) => ({ userId, email }),
      (row) => readRow(call, row),
    );
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
