// Emails an invitation again. Argument: an ID or address of an invited user (default: ada@example.com).
import { ArizeClient, BadRequestError } from "ax-users";

const [idOrEmail = "ada@example.com"] = process.argv.slice(2);
const client = new ArizeClient();

const { id: userId, email, status } = await client.users.get({ user: idOrEmail });
try {
  await client.users.resendInvitation({ userId });
  console.log(`a new email is on its way to ${email}`);
} catch (error) {
  if (!(error instanceof BadRequestError)) throw error;
  console.log(`${email} is ${status}, and cannot be sent an invitation: ${error.detail}`);
}
