// Seed 002, "Get a User".
import { ArizeClient, NotFoundError } from "ax-users";

const client = new ArizeClient({ apiKey: "your-api-key" });

try {
  const u = await client.users.get({ user: "user@example.com" });
  console.log(`user ${u.id}: ${u.email} (${u.status})`);
} catch (error) {
  // An unknown email is a NotFoundError, as the seed says. The Go client returns a ResourceNotFoundError instead.
  if (!(error instanceof NotFoundError)) throw error;
  console.error(`user not found: ${error.message}`);
  process.exitCode = 1;
}
