import type { Account } from "../http/endpoint.ts";
import { complaint } from "../require.ts";
import { readUserUpdate } from "./read-update.ts";
import type { SandboxUser, SandboxUserUpdate } from "./types.ts";

/** Changes a user in ways that the API does not offer. A user who becomes inactive leaves all organizations. */
export function changeUser(
  { users, organizations }: Account,
  id: string,
  given: SandboxUserUpdate,
): SandboxUser {
  const changes = readUserUpdate(given);
  const isRemoved = changes.status === "inactive";
  if (changes.role && !isRemoved && !organizations.permitAccountRole(id, changes.role)) {
    const rule = "annotator if that is the user's role in organizations, and only then";
    throw new TypeError(complaint("changes.role", rule, given.role));
  }
  const user = users.change(id, changes);
  if (isRemoved) organizations.removeUser(id);
  return user;
}
