import type * as alpha from "ax-client-alpha";
import type * as current from "ax-client-current";
import type { Client, Server } from "./client.ts";
import { planByLoop, type User } from "./loop.ts";

interface Page {
  readonly data: User[];
  readonly pagination: { readonly nextCursor?: string };
}

/** The official client, of either dialect: `spell` is how it spells enum values. */
export const connectWith =
  (sdk: typeof alpha | typeof current, spell: (value: string) => string) =>
  ({ baseUrl, apiKey }: Server): Client => {
    // Both have these functions; what is different of their params is spelled.
    const api = sdk as typeof current;
    const client = api.createClient({ baseUrl, apiKey });
    const list = (cursor?: string) =>
      api.listUsers({ client, limit: 100, ...(cursor && { cursor }) }) as Promise<Page>;

    async function* each() {
      let cursor: string | undefined;
      do {
        const page = await list(cursor);
        yield* page.data;
        cursor = page.pagination.nextCursor;
      } while (cursor);
    }

    return {
      get: (userId) => api.getUser({ client, userId }),
      listPage: () => api.listUsers({ client, limit: 50 }),
      each,
      create: (email) =>
        api.createUser({
          client,
          name: "Mary Keller",
          email,
          role: { type: spell("predefined"), name: spell("member") } as never,
          inviteMode: spell("email_link") as never,
        }),
      rename: (userId, name) => api.updateUser({ client, userId, name }),
      delete: (userId) => api.deleteUser({ client, userId }),
      resendInvitation: (userId) => api.resendInvitation({ client, userId }),
      bulkDelete: (targets) => api.bulkDeleteUsers({ client, ...targets }),
      plan: (rows) => planByLoop(each(), rows),
    };
  };
