import { Batch, type BatchFailure, progressReporter } from "../core/batch.ts";
import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import type { RequestOptions } from "../options.ts";
import { type Invitation, inviteUser } from "./create.ts";
import { checkCreateManyParams, type Newcomer, readNewcomers } from "./newcomers.ts";
import type { BulkUserCreationResult, CreateUsersParams } from "./types.ts";

const CREATE_MANY = method("users.createMany", "users_create", "users_list");

export function createUsers(
  core: Core,
  params: CreateUsersParams,
  options?: RequestOptions,
): Promise<BulkUserCreationResult[]> {
  const { name } = CREATE_MANY;
  return run(core, CREATE_MANY, options, async (scope) => {
    const { users, concurrency, onProgress } = checkCreateManyParams(name, params);
    const newcomers = readNewcomers(name, users);
    const batch = new Batch(core, name, scope, concurrency);
    const report = progressReporter(
      { total: newcomers.length, done: 0, created: 0, existing: 0, failed: 0 },
      onProgress,
    );
    return batch.results(newcomers, (newcomer) => invite(core, batch, newcomer), report);
  });
}

function invite(
  core: Core,
  batch: Batch,
  { email, asked }: Newcomer,
): BulkUserCreationResult | Promise<BulkUserCreationResult> {
  if (!("body" in asked)) return failed(email, asked);
  const stopped = batch.stopped();
  return stopped ? failed(email, stopped) : sendInvitation(core, batch, email, asked);
}

async function sendInvitation(
  core: Core,
  batch: Batch,
  email: string,
  asked: Invitation,
): Promise<BulkUserCreationResult> {
  try {
    // Once sent, it is waited for whatever happens: who was invited, and with which password, must be told.
    const user = await inviteUser(core, { ...batch.scope, finishSent: true }, asked);
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
