// Seed 002, "Delete a User".
import { ArizeClient, NotFoundError } from "ax-users";

const client = new ArizeClient({ apiKey: "your-api-key" });

try {
  await client.users.delete({ userId: "your-user-id" });
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  console.log(`no user to remove: ${error.message}`);
}
