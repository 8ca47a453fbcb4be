// Creates a user with a one-time password instead of an email. Argument: an address (default: ada@example.com).
import { ArizeClient } from "ax-users";

const [email = "ada@example.com"] = process.argv.slice(2);
const client = new ArizeClient();

const user = await client.users.create({
  name: "Ada Lovelace",
  email,
  role: { type: "predefined", name: "member" },
  inviteMode: "temporary_password",
});

if (user.outcome === "created") {
  // The password is returned only once. Logs, JSON and copies of the user do not contain it.
  console.log(`Hand this to ${user.name}: ${user.temporaryPassword}`);
  console.log(user);
} else {
  console.log(`${user.email} already exists (${user.status}), and gets no password.`);
}
