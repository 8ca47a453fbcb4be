// Invites a whole roster, with one result for each address. Arguments: addresses (default: two).
import { ArizeClient, type CreateUserParams } from "ax-users";

const given = process.argv.slice(2);
const emails = given.length > 0 ? given : ["ada@example.com", "edsger@example.com"];
const client = new ArizeClient();

const roster = emails.map(
  (email): CreateUserParams => ({
    name: email.split("@")[0] ?? email,
    email,
    role: { type: "predefined", name: "member" },
    inviteMode: "temporary_password",
  }),
);

// If a row fails, the others continue. Two rows with the same address count as one if they agree.
const results = await client.users.createMany({ users: roster });

for (const result of results) {
  if (result.status === "failed") console.log(`${result.email} failed: ${result.error}`);
  else if (result.status === "existing") console.log(`${result.email} is ${result.user.status}`);
  else console.log(`${result.email}: hand over ${result.user.temporaryPassword}`);
}

// Existing users are left unchanged, so you can run the whole roster again.
if (results.some(({ status }) => status === "failed")) process.exitCode = 1;
