import type { ClientContext } from "../../api/client-context.ts";
import type { RequestOptions } from "../../config/client-options.ts";
import { Batch, type BatchFailure, progressReporter } from "../../facade/batch.ts";
import { defineOperation, run } from "../../facade/operation.ts";
import { type CreateRequest, ensureUser } from "../create/create.ts";
import type { BulkUserCreationResult, CreateUsersParams } from "../types.ts";
import { checkCreateManyParams, type Row, readRows } from "./rows.ts";

const CREATE_MANY = defineOperation("users.createMany", "users_create", "users_list");

export function createUsers(
  context: ClientContext,
  params: CreateUsersParams,
  options?: RequestOptions,
): Promise<BulkUserCreationResult[]> {
  const { name } = CREATE_MANY;
  return run(context, CREATE_MANY, options, async (call) => {
    const { users, concurrency, onProgress } = checkCreateManyParams(name, params);
    const newcomers = readRows(name, users);
    const batch = new Batch(name, call, concurrency);
    const report = progressReporter(
      { total: newcomers.length, done: 0, created: 0, existing: 0, failed: 0 },
      onProgress,
    );
    return batch.results(newcomers, (newcomer) => invite(batch, newcomer), report);
  });
}

function invite(
  batch: Batch,
  { email, asked }: Row,
): BulkUserCreationResult | Promise<BulkUserCreationResult> {
  if (!("forms" in asked)) return failed(email, asked);
  const stopped = batch.stopped();
  return stopped ? failed(email, stopped) : sendInvitation(batch, email, asked);
}

async function sendInvitation(
  batch: Batch,
  email: string,
  asked: CreateRequest,
): Promise<BulkUserCreationResult> {
  try {
    // Once sent, it is waited for whatever happens: who was invited, and with which password, must be told.
    const user = await ensureUser({ ...batch.call, ignoreAbortOnceSent: true }, asked);
    return { email, status: user.outcome === "created" ? "created" : "existing", user };
  } catch (error) {
    return failed(email, batch.failureOf(error));
  }
}

const failed = (email: string, failure: BatchFailure): BulkUserCreationResult => ({
  email,
  status: "failed",
  ...failure,
});
