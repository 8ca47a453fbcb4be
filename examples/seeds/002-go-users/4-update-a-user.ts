// Seed 002, "Update a User".
import { ArizeClient, NotFoundError } from "ax-users";

const client = new ArizeClient({ apiKey: "your-api-key" });

try {
  const newName = "Ada Lovelace (renamed)";
  const u = await client.users.update({ userId: "your-user-id", name: newName });
  console.log(`updated user ${u.id}: ${u.name}`);
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  console.error(`user not found: ${error.message}`);
  process.exitCode = 1;
}
