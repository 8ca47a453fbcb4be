// Seed 002, "Create a User".
import { ArizeClient, BadRequestError } from "ax-users";

const client = new ArizeClient({ apiKey: "your-api-key" });

try {
  const u = await client.users.create({
    name: "Ada Lovelace",
    email: "ada@example.com",
    role: { type: "predefined", name: "member" },
    inviteMode: "email_link",
  });
  // The user may have existed before: see `outcome`. Go returns an error if the user is active.
  console.log(`${u.outcome} user ${u.id} (${u.email})`);
} catch (error) {
  if (!(error instanceof BadRequestError)) throw error;
  console.error(`invalid request: ${error.message}`);
  process.exitCode = 1;
}
