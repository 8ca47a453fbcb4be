// Seed 002, "Resend Invitation".
import { ArizeClient, BadRequestError } from "ax-users";

const client = new ArizeClient({ apiKey: "your-api-key" });

try {
  await client.users.resendInvitation({ userId: "your-user-id" });
} catch (error) {
  if (!(error instanceof BadRequestError)) throw error;
  console.error(`user is not in invited state: ${error.message}`);
  process.exitCode = 1;
}
