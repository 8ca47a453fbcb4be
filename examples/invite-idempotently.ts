// Invites somebody who may be there already, and says so. Argument: an address (default: ada@example.com).
import { ArizeClient, ConflictError, type CreateUserParams } from "ax-users";

const [email = "ada@example.com"] = process.argv.slice(2);
const client = new ArizeClient();
const ada: CreateUserParams = {
  name: "Ada Lovelace",
  email,
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
};

// Whatever was before, the account has a user with this address now.
const user = await client.users.create(ada);
console.log(user.outcome === "created" ? "invited now" : `there before, ${user.status}: no mail was sent`);

// Where somebody who is there already is an error:
try {
  await client.users.create({ ...ada, onExisting: "throw" });
} catch (error) {
  if (!(error instanceof ConflictError)) throw error;
  if (error.reason === "unknown") throw error; // who has the address could not be found out
  if (error.existing) console.log(`exists already: ${error.existing.name} (${error.existing.id})`);
  else console.log("conflict: the address was removed for good, or this key cannot see its user");
}
