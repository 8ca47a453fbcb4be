// Seed 001, "Bulk Delete Users".
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

const results = await client.users.bulkDelete({
  userIds: ["user-id-1", "user-id-2"],
  emails: ["someone@example.com"],
});

for (const r of results) {
  // The seed's r.id is userId here. It is missing if an email has no user. A status is "deleted", "not_found" or "failed".
  console.log(r.userId ?? r.email, r.status, "error" in r ? r.error : undefined);
}
