// Lists one page of users. Argument: a part of their addresses (default: @example.com).
import { ArizeClient } from "ax-users";

const [email = "@example.com"] = process.argv.slice(2);
const client = new ArizeClient(); // reads the key from ARIZE_API_KEY

const { data: users, pagination } = await client.users.list({
  email, // ignoring case; default: all addresses
  status: ["active", "invited"], // default: all statuses
  limit: 10, // 1 to 100; default: 50
});

for (const user of users) {
  console.log(user.id, user.email, user.status, user.createdAt.toISOString());
}
console.log(pagination.hasMore ? `There are more, from cursor ${pagination.nextCursor} on.` : "That is all.");
