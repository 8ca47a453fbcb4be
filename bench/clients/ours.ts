import type * as AxUsers from "ax-users";
import type * as AxUsersRoster from "ax-users/roster";
import type { Client, Server } from "./client.ts";

/** This package, as it is built, with its default settings. */
export const connectWith =
  ({ ArizeClient }: typeof AxUsers, loadRoster: () => Promise<typeof AxUsersRoster>) =>
  (server: Server): Client => {
    const client = new ArizeClient({ ...server });
    const { users } = client;
    return {
      get: (userId) => users.get({ userId }),
      listPage: async () => await users.list(),
      each: () => users.list({ limit: 100 }),
      create: (email) =>
        users.create({
          name: "Mary Keller",
          email,
          role: { type: "predefined", name: "member" },
          inviteMode: "email_link",
        }),
      rename: (userId, name) => users.update({ userId, name }),
      delete: (userId) => users.delete({ userId }),
      resendInvitation: (userId) => users.resendInvitation({ userId }),
      async bulkDelete(targets) {
        const results = await users.bulkDelete(targets);
        return results.map((result) => {
          if (result.status !== "failed") return result;
          const { outcome = "not_applied" } = Object(result.cause);
          return { ...result, outcome };
        });
      },
      async plan(rows) {
        const { planRoster } = await loadRoster();
        return (await planRoster(client, rows)).changes;
      },
    };
  };
