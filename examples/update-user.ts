// Changes name and developer permission. Arguments: an ID or address (default: ada@example.com), a name.
import { ArizeClient } from "ax-users";

const [idOrEmail = "ada@example.com", name = "Ada King"] = process.argv.slice(2);
const client = new ArizeClient();

const { id: userId } = await client.users.get({ user: idOrEmail });
const user = await client.users.update({ userId, name, isDeveloper: true }); // name, isDeveloper, or both
console.log(user.id, user.name, user.isDeveloper);
