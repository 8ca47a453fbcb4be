// Emails a link to set a new password. Argument: an ID or address of an active user (default: ada@example.com).
import { ArizeClient, BadRequestError } from "ax-users";

const [idOrEmail = "ada@example.com"] = process.argv.slice(2);
const client = new ArizeClient();

const { id: userId, email } = await client.users.get({ user: idOrEmail });
try {
  await client.users.resetPassword({ userId });
  console.log(`an email is on its way to ${email}`);
} catch (error) {
  if (!(error instanceof BadRequestError)) throw error;
  console.log(`${email} signs in by SSO or SAML, or is not verified yet: ${error.detail}`);
}
