// Seed 001, "Create a User".
import { ArizeClient } from "ax-users";

const client = new ArizeClient();

const user = await client.users.create({
  name: "Ada Lovelace",
  email: "ada@example.com",
  role: { type: "predefined", name: "member" }, // "admin", "member", or "annotator"
  inviteMode: "email_link", // "none", "email_link", or "temporary_password"
});

console.log(user.id, user.email);

// To assign a custom RBAC role instead:
const grace = await client.users.create({
  name: "Grace Hopper",
  email: "grace@example.com",
  role: { type: "custom", id: "your-custom-role-id" },
  inviteMode: "email_link",
});

console.log(grace.id, grace.role);

// isDeveloper defaults to true for admin and member roles and false for annotator. To override it:
const bot = await client.users.create({
  name: "Annotator Bot",
  email: "bot@example.com",
  role: { type: "predefined", name: "annotator" },
  inviteMode: "none",
  isDeveloper: false,
});

console.log(bot.id, bot.isDeveloper);
