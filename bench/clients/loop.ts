import type { BulkResult, PlannedChange, Row, Targets } from "./client.ts";

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

interface Page {
  readonly users: User[];
  readonly pagination: { readonly has_more: boolean; readonly next_cursor?: string };
}

export type List = (query: { email?: string; limit: number; cursor?: string }) => Promise<Page>;

/** What a user of a client without lists writes. */
export async function* eachOf(list: List, email?: string): AsyncGenerator<User> {
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 100, ...(email && { email }), ...(cursor && { cursor }) });
    yield* page.users;
    cursor = page.pagination.next_cursor;
  } while (cursor);
}

/** What a user of a client without bulk calls writes: one after the other. */
export async function deleteInTurn(
  list: List,
  deleteUser: (userId: string) => Promise<unknown>,
  { userIds = [], emails = [] }: Targets,
): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  for (const userId of userIds) results.push(await settle(userId));
  for (const email of emails) {
    const user = await findByEmail(list, email);
    results.push(user ? await settle(user.id) : { status: "not_found" });
  }
  return results;

  async function settle(userId: string): Promise<BulkResult> {
    try {
      await deleteUser(userId);
      return { userId, status: "deleted" };
    } catch {
      return { userId, status: "failed" };
    }
  }
}

async function findByEmail(list: List, email: string) {
  for await (const user of eachOf(list, email)) {
    if (user.email.toLowerCase() === email.toLowerCase()) return user;
  }
  return undefined;
}

/** What a user of a client without rosters writes: the whole list, and then each row beside the user of that address. */
export async function planByLoop(list: AsyncIterable<User>, rows: readonly Row[]): Promise<PlannedChange[]> {
  const users = new Map<string, User>();
  for await (const user of list) users.set(user.email.toLowerCase(), user);
  return rows.map(({ email, name }) => {
    const user = users.get(email.toLowerCase());
    if (!user) return { kind: "create", email, to: { name } };
    return { kind: user.name === name ? "unchanged" : "update", email, userId: user.id, to: { name } };
  });
}
