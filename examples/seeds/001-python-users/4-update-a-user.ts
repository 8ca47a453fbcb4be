// Seed 001, "Update a User".
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

const user = await client.users.update({
  userId: "your-user-id",
  name: "Updated Name",
  isDeveloper: true, // requires an account admin since June 2026
});

console.log(user.id, user.name, user.isDeveloper);
