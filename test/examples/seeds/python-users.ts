import { added, mailed, removed, updated, userId } from "./account.ts";
import { crowd, type SeedRun, yourUser } from "./run.ts";

export const PYTHON_USERS: Record<string, SeedRun[]> = {
  "001-python-users/1-list-users.ts": [
    {
      users: [
        { id: "a", email: "ada@acme.com" },
        { id: "b", email: "grace@ACME.com", status: "invited" },
        { id: "c", email: "alan@acme.com", status: "expired" },
        { id: "d", email: "edsger@example.com" },
      ],
      prints: "a ada@acme.com active\nb grace@ACME.com invited\n",
      warns: ["users.list"],
    },
  ],
  "001-python-users/2-get-a-user.ts": [
    {
      users: [yourUser(), ...crowd("ada@example.com", 120), { id: "ada-id", email: "Ada@Example.com" }],
      prints:
        "your-user-id user@example.com { type: 'predefined', name: 'member' }\n" +
        "ada-id Ada@Example.com { type: 'predefined', name: 'member' }\n" +
        "null\n",
      warns: ["users.get", "users.find_by_email"],
    },
  ],
  "001-python-users/3-create-a-user.ts": [
    {
      users: [yourUser()],
      prints:
        `${userId(2)} ada@example.com\n` +
        `${userId(3)} { type: 'custom', id: 'your-custom-role-id' }\n` +
        `${userId(4)} false\n`,
      warns: ["users.create"],
      changes: [
        added({ name: "Ada Lovelace", email: "ada@example.com" }),
        mailed("invitation", "ada@example.com"),
        added({
          name: "Grace Hopper",
          email: "grace@example.com",
          role: { type: "custom", id: "your-custom-role-id" },
        }),
        mailed("invitation", "grace@example.com"),
        added({
          name: "Annotator Bot",
          email: "bot@example.com",
          status: "active",
          role: { type: "predefined", name: "annotator" },
          isDeveloper: false,
        }),
      ],
    },
  ],
  "001-python-users/4-update-a-user.ts": [
    {
      users: [yourUser({ isDeveloper: false })],
      prints: "your-user-id Updated Name true\n",
      warns: ["users.update"],
      changes: [updated("your-user-id", { name: "Updated Name", isDeveloper: true })],
    },
  ],
  "001-python-users/5-delete-a-user.ts": [
    {
      users: [yourUser()],
      organizations: [{ name: "Research", members: [{ userId: "your-user-id" }] }],
      prints: "User deleted\n",
      warns: ["users.delete"],
      changes: [removed("your-user-id")],
    },
  ],
  "001-python-users/6-bulk-delete-users.ts": [
    {
      when: "one ID is nobody's",
      users: [
        { id: "user-id-1", email: "one@example.com" },
        { id: "someone-id", email: "Someone@example.com" },
      ],
      prints:
        "user-id-1 deleted undefined\n" +
        "user-id-2 not_found no user has this ID, or this key may not read it\n" +
        "someone-id deleted undefined\n",
      warns: ["users.bulk_delete"],
      changes: [removed("user-id-1"), removed("someone-id")],
    },
    {
      when: "one delete fails and nobody has the address",
      users: [
        { id: "user-id-1", email: "one@example.com" },
        { id: "user-id-2", email: "two@example.com" },
        { id: "no-match-id", email: "not.someone@example.com" },
      ],
      faults: [{ method: "DELETE", path: "/v2/users/user-id-2", status: 403 }],
      prints:
        /^user-id-1 deleted undefined\nuser-id-2 failed .* HTTP 403.*\nsomeone@example\.com not_found no user .*\n$/,
      warns: ["users.bulk_delete"],
      changes: [removed("user-id-1")],
    },
  ],
  "001-python-users/7-resend-an-invitation.ts": [
    {
      users: [yourUser({ status: "invited" })],
      prints: "Invitation resent\n",
      warns: ["users.resend_invitation"],
      changes: [mailed("invitation", "user@example.com")],
    },
  ],
  "001-python-users/8-reset-a-password.ts": [
    {
      users: [yourUser()],
      prints: "Password reset email sent\n",
      warns: ["users.reset_password"],
      changes: [mailed("password_reset", "user@example.com")],
    },
  ],
};
