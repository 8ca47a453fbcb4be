import type { OperationId } from "../../generated/operations.gen.ts";

/**
 * Whether an operation may be repeated after an attempt with an unknown outcome. After a rejection it may always be repeated,
 * since the request was not processed.
 *
 * - `safe`: a second request changes nothing more, or its response shows the result of the first (create, remove).
 * - `unsafe`: a second request may do harm, such as another email or a conflict with the first.
 */
export type RetrySafety = "safe" | "unsafe";

/** The type requires every operation: a new one in the spec does not compile until it is listed here. */
export const retrySafety: Readonly<Record<OperationId, RetrySafety>> = {
  users_list: "safe",
  users_get: "safe",
  users_create: "safe",
  users_update: "safe",
  users_delete: "safe",
  users_resend_invitation: "unsafe",
  users_password_reset: "unsafe",
  organizations_list: "safe",
  organizations_get: "safe",
  organizations_create: "unsafe",
  organizations_update: "safe",
  organizations_delete: "safe",
  organizations_add_user: "safe",
  organizations_remove_user: "safe",
};
