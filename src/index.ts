/**
 * The client: `ArizeClient` with its `users` and `organizations`, its methods as functions, and the errors.
 *
 * @module ax-users
 * @group Reference
 */
export {
  INVITE_MODES,
  ORGANIZATION_ROLES,
  USER_ROLES,
  USER_STATUSES,
} from "../generated/models.gen.ts";
export type { OperationId } from "../generated/operations.gen.ts";
export type { UnknownEnumValue } from "./api/decoding.ts";
export * from "./client.ts";
export type * from "./config/client-events.ts";
export type {
  ArizeClientOptions,
  ChangeableOptions,
  Region,
  RequestOptions,
} from "./config/client-options.ts";
export type { Logger, LogLevel } from "./config/logging.ts";
export type * from "./config/prerelease-warning.ts";
export * from "./errors/errors.ts";
export type { ValidationIssue } from "./errors/issue.ts";
export type * from "./errors/types.ts";
export type { BulkFailure, BulkNotFound, BulkProgress } from "./facade/batch.ts";
export type { BulkOptions } from "./facade/bulk-options.ts";
export type { WithClient } from "./facade/function-style.ts";
export type { Page, PagePromise, Pagination } from "./facade/pages.ts";
export * from "./organizations/functions.ts";
export type * from "./organizations/organizations.ts";
export type * from "./organizations/types.ts";
export { isEmailAddress } from "./users/email.ts";
export * from "./users/functions.ts";
export type * from "./users/types.ts";
export type * from "./users/users.ts";
