import type { ApiCall } from "../../api/client-context.ts";
import { issue } from "../../errors/issue.ts";
import { Batch, readBulkParams, reporterOf } from "../../facade/batch.ts";
import { defineMethod } from "../../facade/operation.ts";
import { type CreateRequest, ensureUser } from "../create/create.ts";
import type { BulkUserCreationResult, CreateUsersParams } from "../types.ts";
import { type Row, readRows } from "./rows.ts";

const CREATE_MANY = ["users.createMany", "users_create", "users_list"] as const;

export const createUsers = defineMethod<CreateUsersParams, BulkUserCreationResult[]>(
  CREATE_MANY,
  async (call, params) => {
    const given = readBulkParams(call, params, ["users"], ({ users }) => [
      Array.isArray(users) ? undefined : issue("users", "must be an array", users),
    ]);
    const rows = readRows(call, given.users);
    const progress = { total: rows.length, done: 0, created: 0, existing: 0, failed: 0 };
    return new Batch(call, given.concurrency).results<Row, BulkUserCreationResult>(rows, {
      prepare: ({ email, asked }) =>
        "status" in asked ? { email, ...asked } : (call) => sendCreate(call, email, asked),
      fail: ({ email }, failure) => ({ email, ...failure }),
      report: reporterOf(progress, given),
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
