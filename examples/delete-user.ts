// Removes a user; the address cannot be invited again. Argument: an ID or address (default: ada@example.com).
import { ArizeClient } from "ax-users";

const [idOrEmail = "ada@example.com"] = process.argv.slice(2);
const client = new ArizeClient();

const { id: userId, email } = await client.users.get({ user: idOrEmail });
await client.users.delete({ userId });
await client.users.delete({ userId }); // deleting a deleted user succeeds
console.log(`${email} is removed`);
