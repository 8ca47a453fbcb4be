// Seed 001, "Delete a User".
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

await client.users.delete({ userId: "your-user-id" });

console.log("User deleted");
