// Lists one page of users. Argument: a part of their addresses (default: @example.com).
import { ArizeClient } from "ax-users";

const [email = "@example.com"] = process.argv.slice(2);
const client = new ArizeClient(); // takes the key from ARIZE_API_KEY

const { data: users, pagination } = await client.users.list({
  email, // in any case; left out, every address
  status: ["active", "invited"], // left out, every status
  limit: 10, // 1 to 100; left out, 50
});

for (const user of users) {
  console.log(user.id, user.email, user.status, user.createdAt.toISOString());
}
console.log(pagination.hasMore ? `There are more, from cursor ${pagination.nextCursor} on.` : "That is all.");
