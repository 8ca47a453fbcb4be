// Gets one user, by ID or by email address. Argument: either of them (default: ada@example.com).
import { ArizeClient, NotFoundError } from "ax-users";

const [idOrEmail = "ada@example.com"] = process.argv.slice(2);
const client = new ArizeClient();

try {
  const user = await client.users.get({ user: idOrEmail }); // a value with an @ is an address
  const same = await client.users.get({ userId: user.id }); // userId is always an ID
  console.log(same.id, same.name, same.email, same.status, same.role);
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  console.log(`There is no such user: ${error.message}`);
}
