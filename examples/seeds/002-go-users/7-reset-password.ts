// Seed 002, "Reset Password".
import { ArizeClient, BadRequestError } from "ax-users";

const client = new ArizeClient({ apiKey: "your-api-key" });

try {
  await client.users.resetPassword({ userId: "your-user-id" });
} catch (error) {
  if (!(error instanceof BadRequestError)) throw error;
  console.error(`password reset not allowed: ${error.message}`);
  process.exitCode = 1;
}
