import { type Dialect, spellRole } from "../dialect.ts";
import { timestamp } from "../seeds/creation.ts";
import type { StoredUser } from "./users.ts";

/** Formats a user for responses. */
export const toWireUser = (
  { id, name, email, status, role, isDeveloper, createdAtMs }: StoredUser,
  dialect: Dialect,
) => ({
  id,
  name,
  email,
  created_at: timestamp(createdAtMs),
  status: dialect.spell(status),
  role: spellRole(role, dialect),
  is_developer: isDeveloper,
});
