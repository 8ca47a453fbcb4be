// Invites somebody by email. Arguments: an address (default: ada@example.com) and a name.
import { ArizeClient } from "ax-users";

const [email = "ada@example.com", name = "Ada Lovelace"] = process.argv.slice(2);
const client = new ArizeClient();

const user = await client.users.create({
  name,
  email,
  role: { type: "predefined", name: "member" }, // or "admin", "annotator"
  inviteMode: "email_link",
});
console.log(`${user.email} is ${user.status} (${user.id}): ${user.outcome}`);
