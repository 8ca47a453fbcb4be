// Seed 001, "Reset a Password".
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

await client.users.resetPassword({ userId: "your-user-id" });

console.log("Password reset email sent");
