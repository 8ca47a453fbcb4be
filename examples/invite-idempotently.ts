// Invites somebody who may already exist, and prints whether they did. Argument: an address (default: ada@example.com).
import { ArizeClient, ConflictError, type CreateUserParams } from "ax-users";

const [email = "ada@example.com"] = process.argv.slice(2);
const client = new ArizeClient();
const ada: CreateUserParams = {
  name: "Ada Lovelace",
  email,
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
};

// Afterwards, the account has a user with this address, whether or not it had one before.
const user = await client.users.create(ada);
console.log(user.outcome === "created" ? "invited now" : `already exists, ${user.status}: no email was sent`);

// To treat an existing user as an error:
try {
  await client.users.create({ ...ada, onExisting: "throw" });
} catch (error) {
  if (!(error instanceof ConflictError)) throw error;
  if (error.reason === "unknown") throw error; // the conflicting user could not be looked up
  if (error.existing) console.log(`exists already: ${error.existing.name} (${error.existing.id})`);
  else console.log("conflict: the address was removed for good, or this key cannot see its user");
}
