import type { createClient } from "../../generated/client/index.ts";
import type * as Sdk from "../../generated/index.ts";
import { type Client, newcomer, type Server } from "./client.ts";
import { deleteInTurn, eachOf, type List, planByLoop } from "./loop.ts";

export type Generated = typeof Sdk & { createClient: typeof createClient };

/** The generated client with nothing on top. Its types are the alpha dialect's; what it sends is not. */
export const connectWith =
  (sdk: Generated) =>
  ({ baseUrl, apiKey }: Server): Client => {
    const client = sdk.createClient({
      baseUrl,
      headers: { accept: "application/json, application/problem+json", authorization: `Bearer ${apiKey}` },
    });
    const on = (userId: string) => ({ client, path: { user_id: userId }, throwOnError: true }) as const;
    const list: List = async (query) => {
      const { data } = await sdk.usersList({ client, query, throwOnError: true });
      return data as Awaited<ReturnType<List>>;
    };
    const deleteUser = async (userId: string) => (await sdk.usersDelete(on(userId))).data;
    return {
      get: async (userId) => (await sdk.usersGet(on(userId))).data,
      listPage: () => list({ limit: 50 }),
      each: () => eachOf(list),
      async create(email) {
        const body = newcomer(email) as never;
        return (await sdk.usersCreate({ client, body, throwOnError: true })).data;
      },
      rename: async (userId, name) => (await sdk.usersUpdate({ ...on(userId), body: { name } })).data,
      delete: deleteUser,
      resendInvitation: async (userId) => (await sdk.usersResendInvitation(on(userId))).data,
      bulkDelete: (targets) => deleteInTurn(list, deleteUser, targets),
      plan: (rows) => planByLoop(eachOf(list), rows),
    };
  };
