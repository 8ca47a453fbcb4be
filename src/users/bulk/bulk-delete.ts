import { assertValid } from "../../api/request-issues.ts";
import { idIssue, issue } from "../../errors/issue.ts";
import type { ValidationIssue } from "../../errors/types.ts";
import { Batch, readBulkParams } from "../../facade/batch.ts";
import { defineMethod } from "../../facade/operation.ts";
import { emailIssue } from "../email.ts";
import { removeUser } from "../operations.ts";
import type { BulkDeleteUsersParams, BulkUserDeletionResult } from "../types.ts";
import { distinct, toTarget } from "./bulk-targets.ts";
import { userResults } from "./user-results.ts";

const BULK_DELETE = ["users.bulkDelete", "users_delete", "users_list"] as const;

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
