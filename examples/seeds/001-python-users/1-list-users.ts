// Seed 001, "List Users".
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

const resp = await client.users.list({
  email: "@acme.com", // optional substring filter
  status: ["active", "invited"], // optional status filter
  limit: 50,
});

for (const user of resp.data) {
  console.log(user.id, user.email, user.status);
}
