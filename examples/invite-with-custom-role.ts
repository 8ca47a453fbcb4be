// Invites somebody with a custom role. Arguments: an address (default: grace@example.com), a role ID.
import { ArizeClient } from "ax-users";

const [email = "grace@example.com", roleId = "your-custom-role-id"] = process.argv.slice(2);
const client = new ArizeClient();

const user = await client.users.create({
  name: "Grace Hopper",
  email,
  role: { type: "custom", id: roleId },
  inviteMode: "email_link",
});
console.log(user.email, user.role);
