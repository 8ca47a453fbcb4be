// Seed 000, the source of Python's UsersClient: its methods in the same order, with all their arguments.
import { ArizeClient, NotFoundError, ValidationError } from "ax-users";

const client = new ArizeClient();

// list(email, status, limit, cursor)
const first = await client.users.list({ email: "example.com", status: ["active", "invited"], limit: 2 });
const { nextCursor: cursor } = first.pagination;
const second = await client.users.list({ email: "example.com", status: ["active", "invited"], cursor });
console.log("listed", first.data.length, "and", second.data.length);

// get(user_id), which raises ApiException for an unknown ID
const user = await client.users.get({ userId: "your-user-id" });
console.log("got", user.email);
await client.users.get({ userId: "no-such-id" }).catch((error: unknown) => {
  if (!(error instanceof NotFoundError)) throw error;
  console.log("not found:", error.status);
});

// create(name, email, role, invite_mode, is_developer)
const ada = await client.users.create({
  name: "Ada Lovelace",
  email: "ada@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "temporary_password",
});
// The Python client drops the temporary password. Here it is on the user, and logs do not show it.
console.log("created", ada.email, ada.isDeveloper, ada.temporaryPassword?.length);
const grace = await client.users.create({
  name: "Grace Hopper",
  email: "grace@example.com",
  role: { type: "custom", id: "your-custom-role-id" },
  inviteMode: "none",
  isDeveloper: false,
});
console.log("created", grace.email, grace.isDeveloper, grace.role);

// update(user_id, name, is_developer), which raises ValueError if neither is given
const updated = await client.users.update({
  userId: "your-user-id",
  name: "Updated Name",
  isDeveloper: false,
});
console.log("updated", updated.name, updated.isDeveloper);
await client.users.update({ userId: "your-user-id" }).catch((error: unknown) => {
  if (!(error instanceof ValidationError)) throw error;
  console.log("refused:", error.message);
});

// delete(user_id)
await client.users.delete({ userId: "leaving-user-id" });

// resend_invitation(user_id). The API responds with 204 since May 2026, not 202; both are a success.
await client.users.resendInvitation({ userId: ada.id });

// reset_password(user_id)
await client.users.resetPassword({ userId: "your-user-id" });
