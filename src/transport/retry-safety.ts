import type { OperationId } from "../../generated/operations.gen.ts";

/**
 * Whether an operation may be sent again where nobody can tell if the first one was carried out. What certainly
 * was not carried out may always be sent again.
 *
 * - `repeat`: a second one changes nothing more, or (create, remove) what became of the first shows in its answer.
 * - `ask`: a second one may do harm: another mail, a conflict with the first.
 */
export type RetrySafety = "repeat" | "ask";

/** Complete by its type: an operation new in the spec does not compile before somebody has thought about it. */
export const retrySafety: Readonly<Record<OperationId, RetrySafety>> = {
  users_list: "repeat",
  users_get: "repeat",
  users_create: "repeat",
  users_update: "repeat",
  users_delete: "repeat",
  users_resend_invitation: "ask",
  users_password_reset: "ask",
  organizations_list: "repeat",
  organizations_get: "repeat",
  organizations_create: "ask",
  organizations_update: "repeat",
  organizations_delete: "repeat",
  organizations_add_user: "repeat",
  organizations_remove_user: "repeat",
};
