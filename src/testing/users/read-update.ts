import { requireKind, requireMembers, requireOneOf } from "../require.ts";
import { readRole, readText } from "../seeds/read-seed.ts";
import { emailKey, isEmailAddress, ROLE_NAMES, STATUSES } from "../vocabulary.ts";
import type { SandboxUserUpdate } from "./types.ts";
import type { StoredUser } from "./users.ts";

const MEMBERS = ["name", "email", "status", "role", "isDeveloper"];

/** Checks the changes to a user. Undefined members change nothing. */
export function readUserUpdate(changes: SandboxUserUpdate): Partial<StoredUser> {
  requireMembers("changes", changes, MEMBERS);
  const { name, email, status, role, isDeveloper } = changes;
  const isBoolean = (value: unknown): value is boolean => typeof value === "boolean";
  return {
    ...(name !== undefined && { name: readText("changes.name", name) }),
    ...(email !== undefined && readEmail(email)),
    ...(status !== undefined && { status: requireOneOf("changes.status", status, STATUSES) }),
    ...(role !== undefined && { role: readRole("changes.role", role, ROLE_NAMES) }),
    ...(isDeveloper !== undefined && {
      isDeveloper: requireKind("changes.isDeveloper", isDeveloper, "a boolean", isBoolean),
    }),
  };
}

function readEmail(given: string): Pick<StoredUser, "email" | "emailKey"> {
  const email = requireKind("changes.email", given, "an email address", isEmailAddress);
  return { email, emailKey: emailKey(email) };
}
