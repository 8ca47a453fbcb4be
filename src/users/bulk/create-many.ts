import { Batch, readBulkParams } from "../../facade/batch.ts";
import { defineMethod } from "../../facade/operation.ts";
import { usersIssue } from "../../facade/params.ts";
import { ensureUser, readCreateRequest } from "../create/create.ts";
import type { BulkUserCreationResult, CreateUsersParams } from "../types.ts";
import { readRows } from "./bulk-targets.ts";

const CREATE_MANY = ["users.createMany", "users_create", "users_list", "users_update"] as const;

export const createUsers = defineMethod<CreateUsersParams, BulkUserCreationResult[]>(
  CREATE_MANY,
  async (call, params) => {
    const given = readBulkParams(call, params, ["users"], usersIssue);
    const targets = readRows(
      call.method,
      given.users,
      ({ email }) => ({ email }),
      (row) => readCreateRequest(call, row),
    );
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
