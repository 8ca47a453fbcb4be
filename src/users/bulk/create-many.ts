import type { ApiCall } from "../../api/client-context.ts";
import { assertValid } from "../../api/request-issues.ts";
import { issue } from "../../errors/issue.ts";
import { Batch, bulkIssues, progressReporter } from "../../facade/batch.ts";
import { defineMethod } from "../../facade/operation.ts";
import { readParams } from "../../facade/params.ts";
import { type CreateRequest, ensureUser } from "../create/create.ts";
import type { BulkUserCreationResult, CreateUsersParams } from "../types.ts";
import { type Row, readRows } from "./rows.ts";

export const createUsers = defineMethod(
  "users.createMany",
  ["users_create", "users_list"],
  async (call, params: CreateUsersParams): Promise<BulkUserCreationResult[]> => {
    const given = readParams(call, params, ["users", "concurrency", "onProgress"]);
    const { users, concurrency, onProgress } = given;
    const wrong = Array.isArray(users) ? undefined : issue("users", "must be an array", users);
    assertValid(call.method, [wrong, ...bulkIssues(given)]);
    const rows = readRows(call, users);
    const progress = { total: rows.length, done: 0, created: 0, existing: 0, failed: 0 };
    return new Batch(call, concurrency).results<Row, BulkUserCreationResult>(rows, {
      prepare: ({ email, asked }) =>
        "status" in asked ? { email, ...asked } : (call) => sendCreate(call, email, asked),
      fail: ({ email }, failure) => ({ email, ...failure }),
      report: progressReporter(progress, onProgress),
    });
  },
);

async function sendCreate(
  call: ApiCall,
  email: string,
  asked: CreateRequest,
): Promise<BulkUserCreationResult> {
  const user = await ensureUser(call, asked);
  return { email, status: user.outcome === "created" ? "created" : "existing", user };
}
