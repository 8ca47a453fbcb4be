// Iterates over all users, and counts them by status. No arguments.
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

const counts = new Map<string, number>();
for await (const user of client.users.list({ limit: 100 })) {
  counts.set(user.status, (counts.get(user.status) ?? 0) + 1);
}
for (const [status, count] of counts) console.log(`${status}: ${count}`);

// The same list as an array of limited length. Pages beyond that are not requested.
const oldest = await client.users.list().toArray({ max: 3 });
console.log(`the oldest: ${oldest.map(({ email }) => email).join(", ")}`);
