import { timestamp } from "../creation.ts";
import { type Era, spellRole } from "../era.ts";
import type { StoredUser } from "./users.ts";

/** A user as an answer has it. */
export const toWireUser = (
  { id, name, email, status, role, isDeveloper, createdAtMs }: StoredUser,
  era: Era,
) => ({
  id,
  name,
  email,
  created_at: timestamp(createdAtMs),
  status: era.spell(status),
  role: spellRole(role, era),
  is_developer: isDeveloper,
});
