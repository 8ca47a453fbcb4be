/**
 * The client: `ArizeClient` with its `users` and `organizations`, each method as a function as well, and the errors.
 *
 * @module ax-users
 * @group Reference
 */
export { ArizeClient } from "./client.ts";
export type {
  ClientEvent,
  FailedEvent,
  RateLimitedEvent,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from "./config/client-events.ts";
export type { ArizeClientOptions, Region, RequestOptions } from "./config/client-options.ts";
export type { PrereleaseWarning } from "./config/prerelease-warning.ts";
export {
  AmbiguousMatchError,
  APIError,
  ArizeError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnexpectedResponseError,
  UnprocessableEntityError,
  ValidationError,
} from "./errors/errors.ts";
export type { APIErrorFields, FailedRequest, Outcome, ValidationIssue } from "./errors/types.ts";
export type { WithClient } from "./facade/function-style.ts";
export type { Page, PagePromise, Pagination } from "./facade/pages.ts";
export {
  addOrganizationUser,
  createOrganization,
  deleteOrganization,
  getOrganization,
  listOrganizations,
  removeOrganizationUser,
  updateOrganization,
} from "./organizations/functions.ts";
export type { Organizations } from "./organizations/organizations.ts";
export type {
  AddOrganizationUserParams,
  CreateOrganizationParams,
  ListOrganizationsParams,
  Organization,
  OrganizationMembership,
  OrganizationParams,
  OrganizationRole,
  OrganizationRoleAssignment,
  OrganizationRoleInput,
  OrganizationUserParams,
  UpdateOrganizationParams,
} from "./organizations/types.ts";
export {
  bulkDeleteUsers,
  createUser,
  createUsers,
  deleteUser,
  findUserByEmail,
  findUsersByEmails,
  getUser,
  listUsers,
  resendInvitation,
  resetPassword,
  updateUser,
} from "./users/functions.ts";
export type {
  BulkDeleteProgress,
  BulkDeleteUsersParams,
  BulkUserCreationResult,
  BulkUserDeletionResult,
  CreatedUser,
  CreateUserParams,
  CreateUsersParams,
  CreateUsersProgress,
  GetUserParams,
  InviteMode,
  ListUsersParams,
  UpdateUserParams,
  User,
  UserIdParams,
  UserRole,
  UserRoleAssignment,
  UserRoleInput,
  UserStatus,
} from "./users/types.ts";
export type { Users } from "./users/users.ts";
