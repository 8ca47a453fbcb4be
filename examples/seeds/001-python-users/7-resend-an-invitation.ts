// Seed 001, "Resend an Invitation".
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

await client.users.resendInvitation({ userId: "your-user-id" });

console.log("Invitation resent");
