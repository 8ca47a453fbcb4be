// Creates a user who signs in by SSO, active at once. Argument: an address (default: bot@example.com).
import { ArizeClient } from "ax-users";

const [email = "bot@example.com"] = process.argv.slice(2);
const client = new ArizeClient();

const user = await client.users.create({
  name: "Annotator Bot",
  email,
  role: { type: "predefined", name: "annotator" },
  inviteMode: "none",
  isDeveloper: false, // the default of an annotator; for admins and members it is true
});
console.log(`${user.email} is ${user.status}, developer: ${user.isDeveloper}`);
