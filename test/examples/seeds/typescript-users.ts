import { added, mailed, removed, updated } from "./account.ts";
import { type SeedRun, yourUser } from "./run.ts";

const yours = (fields: Parameters<typeof yourUser>[0] = {}) => yourUser({ id: "your_user_id", ...fields });

export const TYPESCRIPT_USERS: Record<string, SeedRun[]> = {
  "004-typescript-users/1-list-users.ts": [
    {
      users: [
        ...Array.from({ length: 50 }, (_, index) => ({ email: `user${index}@example.com` })),
        { email: "late@example.com", status: "expired" },
        { email: "other@example.org" },
      ],
      prints: "50 { hasMore: false }\n",
      warns: ["users.list"],
    },
    {
      when: "there are more",
      users: Array.from({ length: 51 }, (_, index) => ({ email: `user${index}@EXAMPLE.com` })),
      prints: /^50 \{ hasMore: true, nextCursor: '\S+' \}\n$/,
      warns: ["users.list"],
    },
  ],
  "004-typescript-users/2-create-a-user.ts": [
    {
      users: [yours()],
      prints: "jane.smith@example.com invited created\n",
      warns: ["users.create"],
      changes: [
        added({ name: "Jane Smith", email: "jane.smith@example.com" }),
        mailed("invitation", "jane.smith@example.com"),
      ],
    },
    {
      when: "she is active",
      users: [{ email: "Jane.Smith@example.com" }],
      prints: "Jane.Smith@example.com active existing\n",
      warns: ["users.create"],
    },
  ],
  "004-typescript-users/3-get-a-user.ts": [
    {
      users: [yours({ role: "admin" })],
      prints: "user@example.com { type: 'predefined', name: 'admin' }\n",
      warns: ["users.get"],
    },
  ],
  "004-typescript-users/4-update-a-user.ts": [
    {
      users: [yours({ isDeveloper: false })],
      prints: "Jane Smith Updated true\n",
      warns: ["users.update"],
      changes: [updated("your_user_id", { name: "Jane Smith Updated", isDeveloper: true })],
    },
  ],
  "004-typescript-users/5-delete-a-user.ts": [
    { users: [yours()], warns: ["users.delete"], changes: [removed("your_user_id")] },
  ],
  "004-typescript-users/6-resend-invitation.ts": [
    {
      users: [yours({ status: "invited" })],
      warns: ["users.resend_invitation"],
      changes: [mailed("invitation", "user@example.com")],
    },
  ],
  "004-typescript-users/7-reset-password.ts": [
    {
      users: [yours()],
      warns: ["users.reset_password"],
      changes: [mailed("password_reset", "user@example.com")],
    },
  ],
};
