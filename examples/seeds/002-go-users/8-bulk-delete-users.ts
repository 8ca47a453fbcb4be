// Seed 002, "Bulk Delete Users".
import { ArizeClient, AuthenticationError } from "ax-users";

const client = new ArizeClient({ apiKey: "your-api-key" });

const results = await client.users.bulkDelete({
  userIds: ["user-id-1"],
  emails: ["ada@example.com", "missing@example.com"],
});

for (const r of results) {
  if (r.status === "deleted") console.log(`deleted ${r.userId} (${r.email ?? ""})`);
  else if (r.status === "not_found") console.log(`not found: ${r.email ?? r.userId}`);
  else console.log(`failed ${r.userId ?? r.email}: ${r.error}`);
}

// Failed lookups and a 401 are results as well. In Go, they end the call.
const unauthorized = results.find((r) => r.status === "failed" && r.cause instanceof AuthenticationError);
if (unauthorized) {
  console.error("unauthorized");
  process.exitCode = 1;
}
