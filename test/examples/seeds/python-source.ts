import { added, mailed, removed, updated } from "./account.ts";
import { type SeedRun, yourUser } from "./run.ts";

export const PYTHON_SOURCE: Record<string, SeedRun[]> = {
  "000-python-users-source.ts": [
    {
      users: [
        yourUser(),
        { id: "leaving-user-id", email: "leaving@example.com" },
        { email: "grace.h@example.com", status: "invited" },
        { email: "late@example.com", status: "expired" },
        { email: "other@example.org" },
      ],
      prints:
        "listed 2 and 1\n" +
        "got user@example.com\n" +
        "not found: 404\n" +
        "created ada@example.com true 16\n" +
        "created grace@example.com false { type: 'custom', id: 'your-custom-role-id' }\n" +
        "updated Updated Name false\n" +
        "refused: users.update: name or isDeveloper is required\n",
      warns: ["list", "get", "create", "update", "delete", "resend_invitation", "reset_password"].map(
        (method) => `users.${method}`,
      ),
      changes: [
        added({ name: "Ada Lovelace", email: "ada@example.com" }),
        added({
          name: "Grace Hopper",
          email: "grace@example.com",
          status: "active",
          role: { type: "custom", id: "your-custom-role-id" },
          isDeveloper: false,
        }),
        updated("your-user-id", { name: "Updated Name", isDeveloper: false }),
        removed("leaving-user-id"),
        mailed("invitation", "ada@example.com"),
        mailed("password_reset", "user@example.com"),
      ],
    },
  ],
};
