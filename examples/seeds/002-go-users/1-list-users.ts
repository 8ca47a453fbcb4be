// Seed 002, "List Users".
import { ArizeClient, AuthenticationError } from "ax-users";

const client = new ArizeClient({ apiKey: "your-api-key" });

try {
  const resp = await client.users.list({ status: ["active"], limit: 25 });
  for (const u of resp.data) {
    console.log(`${u.id}: ${u.email} (${u.status})`);
  }
} catch (error) {
  if (!(error instanceof AuthenticationError)) throw error;
  console.error(`unauthorized: ${error.message}`);
  process.exitCode = 1;
}
