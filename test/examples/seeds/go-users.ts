import { added, mailed, removed, updated, userId } from "./account.ts";
import { type SeedRun, yourUser } from "./run.ts";

const UNAUTHORIZED = [{ status: 401, times: Number.POSITIVE_INFINITY }];

export const GO_USERS: Record<string, SeedRun[]> = {
  "002-go-users/1-list-users.ts": [
    {
      users: [yourUser(), { email: "invited@example.com", status: "invited" }],
      prints: "your-user-id: user@example.com (active)\n",
      warns: ["users.list"],
    },
    {
      when: "the key is refused",
      users: [],
      faults: UNAUTHORIZED,
      complains: "unauthorized: GET /v2/users: HTTP 401",
      warns: ["users.list"],
    },
  ],
  "002-go-users/2-get-a-user.ts": [
    {
      users: [yourUser({ email: "User@Example.com" })],
      prints: "user your-user-id: User@Example.com (active)\n",
      warns: ["users.get"],
    },
    {
      when: "nobody has the address",
      users: [{ email: "another.user@example.com" }],
      complains: "user not found: users.get: no user has this email address",
      warns: ["users.get"],
    },
  ],
  "002-go-users/3-create-a-user.ts": [
    {
      users: [],
      prints: `created user ${userId(1)} (ada@example.com)\n`,
      warns: ["users.create"],
      changes: [
        added({ name: "Ada Lovelace", email: "ada@example.com" }),
        mailed("invitation", "ada@example.com"),
      ],
    },
    {
      when: "she is invited already",
      users: [{ id: "ada-id", email: "ada@example.com", status: "invited" }],
      prints: "existing user ada-id (ada@example.com)\n",
      warns: ["users.create"],
    },
    {
      when: "she is active",
      users: [{ id: "ada-id", email: "ada@example.com" }],
      prints: "existing user ada-id (ada@example.com)\n",
      warns: ["users.create"],
    },
    {
      when: "the request is refused",
      users: [],
      faults: [{ method: "POST", status: 400, times: Number.POSITIVE_INFINITY }],
      complains: "invalid request: POST /v2/users: HTTP 400",
      warns: ["users.create"],
      refusals: 2,
    },
  ],
  "002-go-users/4-update-a-user.ts": [
    {
      users: [yourUser({ isDeveloper: false })],
      prints: "updated user your-user-id: Ada Lovelace (renamed)\n",
      warns: ["users.update"],
      changes: [updated("your-user-id", { name: "Ada Lovelace (renamed)" })],
    },
    {
      when: "nobody has the ID",
      users: [],
      complains: "user not found: PATCH /v2/users/your-user-id: HTTP 404",
      warns: ["users.update"],
    },
  ],
  "002-go-users/5-delete-a-user.ts": [
    { users: [yourUser()], warns: ["users.delete"], changes: [removed("your-user-id")] },
    {
      when: "the user is removed already",
      users: [yourUser({ status: "inactive" })],
      warns: ["users.delete"],
    },
    {
      when: "nobody has the ID",
      users: [],
      prints: /^no user to remove: DELETE \/v2\/users\/your-user-id: HTTP 404.*\n$/,
      warns: ["users.delete"],
    },
  ],
  "002-go-users/6-resend-invitation.ts": [
    {
      users: [yourUser({ status: "invited" })],
      warns: ["users.resend_invitation"],
      changes: [mailed("invitation", "user@example.com")],
    },
    {
      when: "the user is active",
      users: [yourUser()],
      complains: "user is not in invited state: POST /v2/users/your-user-id/resend-invitation: HTTP 400",
      warns: ["users.resend_invitation"],
      refusals: 1,
    },
  ],
  "002-go-users/7-reset-password.ts": [
    {
      users: [yourUser()],
      warns: ["users.reset_password"],
      changes: [mailed("password_reset", "user@example.com")],
    },
    {
      when: "the user is not verified",
      users: [yourUser({ status: "invited" })],
      complains: "password reset not allowed: POST /v2/users/your-user-id/reset-password: HTTP 400",
      warns: ["users.reset_password"],
      refusals: 1,
    },
  ],
  "002-go-users/8-bulk-delete-users.ts": [
    {
      users: [
        { id: "user-id-1", email: "one@example.com" },
        { id: "ada-id", email: "ada@example.com" },
      ],
      prints: "deleted user-id-1 ()\ndeleted ada-id (ada@example.com)\nnot found: missing@example.com\n",
      warns: ["users.bulk_delete"],
      changes: [removed("user-id-1"), removed("ada-id")],
    },
    {
      when: "the key is refused",
      users: [{ id: "user-id-1", email: "one@example.com" }],
      faults: UNAUTHORIZED,
      prints: /^failed user-id-1: .+\nfailed ada@example\.com: .+\nfailed missing@example\.com: .+\n$/,
      complains: "unauthorized\n",
      warns: ["users.bulk_delete"],
    },
  ],
};
