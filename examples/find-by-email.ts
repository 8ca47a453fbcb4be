// Looks up a user by address; returns null if there is none. Argument: an address (default: ada@example.com).
import { ArizeClient } from "ax-users";

const [email = "ada@example.com"] = process.argv.slice(2);
const client = new ArizeClient();

const user = await client.users.findByEmail(email); // surrounding whitespace and case are ignored
console.log(user ? `${user.email} is ${user.name} (${user.id})` : `nobody has ${email}`);
