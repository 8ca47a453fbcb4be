/**
 * What users may rely on of each exported type. Compiled here against the sources, and by `npm run check:package` as a
 * user's file against the declarations that are published, with the oldest TypeScript supported up to the newest.
 */

import type {
  AbortedEvent,
  AddOrganizationUserParams,
  AddOrganizationUsersParams,
  AddOrganizationUsersProgress,
  APIErrorFields,
  ArizeClientOptions,
  BulkDeleteProgress,
  BulkDeleteUsersParams,
  BulkFailure,
  BulkMemberAdditionResult,
  BulkMemberRemovalResult,
  BulkNotFound,
  BulkOptions,
  BulkProgress,
  BulkUserCreationResult,
  BulkUserDeletionResult,
  BulkUserResult,
  BulkUserUpdateResult,
  ChangeableOptions,
  ClientEvent,
  CreatedUser,
  CreateOrganizationParams,
  CreateUserParams,
  CreateUserRequest,
  CreateUsersParams,
  CreateUsersProgress,
  CustomRoleAssignment,
  CustomRoleAssignmentRequest,
  EventBase,
  FailedEvent,
  FailedRequest,
  GetUserParams,
  InviteMode,
  InviteModeInput,
  ListOrganizationsParams,
  ListUsersParams,
  Logger,
  LogLevel,
  OperationId,
  Organization,
  OrganizationCreate,
  OrganizationMembership,
  OrganizationParams,
  OrganizationRole,
  OrganizationRoleAssignment,
  OrganizationRoleAssignmentRequest,
  OrganizationRoleInput,
  OrganizationRoleNameInput,
  Organizations,
  OrganizationUpdate,
  OrganizationUser,
  OrganizationUserParams,
  Outcome,
  Page,
  PagePromise,
  Pagination,
  PredefinedOrganizationRoleAssignment,
  PredefinedOrganizationRoleAssignmentInput,
  PredefinedUserRoleAssignment,
  PredefinedUserRoleAssignmentInput,
  PrereleaseWarning,
  RateLimitedEvent,
  Region,
  RemoveOrganizationUsersParams,
  RemoveOrganizationUsersProgress,
  RequestEvent,
  RequestOptions,
  ResponseEvent,
  ResponseInfo,
  RetryEvent,
  UnknownEnumValue,
  UpdateManyUser,
  UpdateOrganizationParams,
  UpdateUserParams,
  UpdateUsersParams,
  UpdateUsersProgress,
  User,
  UserIdParams,
  UserRole,
  UserRoleAssignment,
  UserRoleAssignmentRequest,
  UserRoleInput,
  UserRoleNameInput,
  UserStatus,
  UserStatusInput,
  Users,
  UserUpdate,
  ValidationIssue,
  WithClient,
} from "ax-users";
import * as ax from "ax-users";
import {
  type ActiveFault,
  type Fault,
  type Sandbox,
  type SandboxMail,
  type SandboxMember,
  type SandboxOptions,
  type SandboxOrganization,
  type SandboxOrganizationRole,
  type SandboxRequest,
  type SandboxRole,
  type SandboxUser,
  type SandboxUserUpdate,
  type SeedMember,
  type SeedOrganization,
  type SeedUser,
  startSandbox,
} from "ax-users/testing";

type IsAny<T> = 0 extends 1 & T ? true : false;

/** Whether an `A` does where a `B` is wanted; `any`, which is what a name that leads nowhere is, never does. */
type Fits<A, B> = true extends IsAny<A> | IsAny<B> ? false : [A] extends [B] ? true : false;

/** Compiles where all of them hold. */
type Hold<All extends readonly true[]> = All;

type Predefined<Name> = { type: "predefined"; name: Name };
type Custom = { type: "custom"; id: string; name?: string };

/** What is read may get more fields and values; what is written may not need more, nor take fewer. */
export type Promises = Hold<
  [
    Fits<"active" | "invited" | "expired", UserStatus>,
    Fits<"admin" | "member" | "annotator", UserRole>,
    Fits<"none" | "email_link" | "temporary_password", InviteMode>,
    Fits<UserRoleAssignment, Predefined<UserRole> | Custom>,
    Fits<Predefined<"member"> | Custom, UserRoleAssignment>,
    Fits<UserRoleAssignment, PredefinedUserRoleAssignment | CustomRoleAssignment>,
    Fits<PredefinedUserRoleAssignmentInput | CustomRoleAssignmentRequest, UserRoleAssignmentRequest>,
    Fits<UserRoleAssignmentRequest | UserRoleAssignment, UserRoleInput>,
    Fits<UnknownEnumValue, PredefinedUserRoleAssignment["name"]>,
    Fits<(typeof ax.USER_ROLES)[number], UserRole>,
    Fits<(typeof ax.USER_STATUSES)[number], UserStatus>,
    Fits<(typeof ax.INVITE_MODES)[number], InviteMode>,
    Fits<(typeof ax.ORGANIZATION_ROLES)[number], OrganizationRole>,
    Fits<InviteModeInput, CreateUserParams["inviteMode"]>,
    Fits<Predefined<UserRoleNameInput>, UserRoleInput>,
    Fits<Predefined<OrganizationRoleNameInput>, OrganizationRoleInput>,
    Fits<{ status: UserStatusInput[] }, ListUsersParams>,
    Fits<"none" | "EMAIL_LINK", InviteModeInput>,
    Fits<"admin" | "ADMIN", UserRoleNameInput>,
    Fits<"read-only" | "READ_ONLY", OrganizationRoleNameInput>,
    Fits<"active" | "ACTIVE", UserStatusInput>,
    Fits<User, { id: string; name: string; email: string; createdAt: Date; isDeveloper: boolean }>,
    Fits<User, { status: UserStatus; role: UserRoleAssignment }>,
    Fits<CreatedUser, User & { outcome: "created" | "existing" | "recovered" }>,
    Fits<BulkUserCreationResult["status"], "created" | "existing" | "failed">,
    Fits<Extract<BulkUserCreationResult, { status: "failed" }>, BulkFailure>,
    Fits<Extract<BulkUserDeletionResult, { status: "failed" }>, BulkFailure>,
    Fits<BulkFailure, { status: "failed"; error: string; outcome: Outcome; attempted: boolean }>,
    Fits<CreateUsersParams, BulkOptions<CreateUsersProgress>>,
    Fits<BulkDeleteUsersParams, BulkOptions<BulkDeleteProgress>>,
    Fits<BulkUserDeletionResult["status"], "deleted" | "not_found" | "failed">,
    Fits<BulkUserUpdateResult["status"], "updated" | "not_found" | "failed">,
    Fits<Extract<BulkUserUpdateResult, { status: "updated" }>, { userId: string; user: User }>,
    Fits<Extract<BulkUserUpdateResult, { status: "not_found" }>, BulkNotFound>,
    Fits<BulkMemberAdditionResult["status"], "added" | "not_found" | "failed">,
    Fits<Extract<BulkMemberAdditionResult, { status: "added" }>, { membership: OrganizationMembership }>,
    Fits<BulkMemberRemovalResult, BulkUserResult<{ status: "removed" }>>,
    Fits<UpdateUsersParams, BulkOptions<UpdateUsersProgress, BulkUserUpdateResult>>,
    Fits<AddOrganizationUsersParams, BulkOptions<AddOrganizationUsersProgress>>,
    Fits<RemoveOrganizationUsersParams, BulkOptions<RemoveOrganizationUsersProgress>>,
    Fits<UpdateUsersProgress | BulkDeleteProgress | CreateUsersProgress, BulkProgress>,
    Fits<AddOrganizationUsersProgress, Record<"total" | "done" | "added" | "notFound" | "failed", number>>,
    Fits<RemoveOrganizationUsersProgress, Record<"removed" | "notFound", number>>,
    Fits<BulkDeleteProgress, Record<"total" | "done" | "deleted" | "notFound" | "failed", number>>,
    Fits<CreateUsersProgress, Record<"total" | "done" | "created" | "existing" | "failed", number>>,
    Fits<"admin" | "member" | "read-only" | "annotator", OrganizationRole>,
    Fits<OrganizationRoleAssignment, Predefined<OrganizationRole> | Custom>,
    Fits<OrganizationRoleAssignment, PredefinedOrganizationRoleAssignment | CustomRoleAssignment>,
    Fits<PredefinedOrganizationRoleAssignmentInput, OrganizationRoleAssignmentRequest>,
    Fits<OrganizationRoleAssignmentRequest | OrganizationRoleAssignment, OrganizationRoleInput>,
    Fits<Organization, { id: string; name: string; description: string; createdAt: Date }>,
    Fits<OrganizationMembership, { id: string; userId: string; organizationId: string }>,
    Fits<OrganizationMembership["role"], OrganizationRoleAssignment>,
    Fits<Outcome, "not_applied" | "unknown">,
    Fits<"us-central-1a" | "eu-west-1a" | "ca-central-1a" | "us-east-1b", Region>,
    Fits<
      RequestEvent | ResponseEvent | RetryEvent | RateLimitedEvent | FailedEvent | AbortedEvent,
      ClientEvent
    >,
    Fits<ClientEvent, EventBase>,
    Fits<ClientEvent, { callId: string; timestamp: number }>,
    Fits<Console, Logger>,
    Fits<Parameters<Logger["warn"]>, [string, ClientEvent]>,
    Fits<"off" | "error" | "warn" | "info" | "debug", LogLevel>,
    Fits<ResponseInfo, { operation: string; status: number; headers: Headers; attempts: number }>,
    Fits<"users_list" | "organizations_add_user", OperationId>,
    Fits<OperationId, ClientEvent["operation"]>,
    Fits<ClientEvent, { operation: string; method: string; path: string; attempt: number }>,
    Fits<PrereleaseWarning, { key: string; stage: string; code: string; message: string }>,
    Fits<Pagination, { nextCursor?: string; hasMore: boolean }>,
    Fits<Awaited<PagePromise<User>>, Page<User>>,
    Fits<Page<User>, { data: User[]; pagination: Pagination }>,
    Fits<{ userId: string; client: ax.ArizeClient }, WithClient<UserIdParams>>,
    Fits<ax.ArizeClient, { users: Users; organizations: Organizations; baseUrl: string }>,
    Fits<Parameters<ax.ArizeClient["withOptions"]>, [ChangeableOptions]>,
    Fits<Page<User>, AsyncIterable<User>>,
    Fits<Awaited<ReturnType<Users["findByEmails"]>>, Map<string, User>>,
    Fits<ax.NotFoundError["status"], 404>,
    Fits<ax.ConflictError["existing"], User | undefined>,
  ]
>;

/** What may be left out: nothing else would notice that it is gone. */
export type Options = Hold<
  [
    Fits<"apiKey" | "baseUrl" | "region" | "allowHttp" | "headers" | "fetch", keyof ArizeClientOptions>,
    Fits<"timeoutMs" | "deadlineMs" | "maxRetries" | "maxRetryAfterMs", keyof ArizeClientOptions>,
    Fits<
      "onEvent" | "prereleaseWarnings" | "enumCase" | "userAgent" | "logger" | "logLevel",
      keyof ArizeClientOptions
    >,
    Fits<
      Exclude<keyof ArizeClientOptions, "apiKey" | "baseUrl" | "region" | "allowHttp">,
      keyof ChangeableOptions
    >,
    Fits<
      "signal" | "timeoutMs" | "deadlineMs" | "maxRetries" | "headers" | "onResponse",
      keyof RequestOptions
    >,
    Fits<"email" | "status" | "limit" | "cursor", keyof ListUsersParams>,
    Fits<"name" | "limit" | "cursor", keyof ListOrganizationsParams>,
    Fits<"isDeveloper" | "onExisting", keyof CreateUserParams>,
    Fits<"name" | "isDeveloper", keyof UpdateUserParams>,
    Fits<keyof CreateUserRequest, keyof CreateUserParams>,
    Fits<keyof UserUpdate, keyof UpdateUserParams>,
    Fits<keyof OrganizationCreate, keyof CreateOrganizationParams>,
    Fits<keyof OrganizationUpdate, keyof UpdateOrganizationParams>,
    Fits<"concurrency" | "onProgress" | "onResult", keyof CreateUsersParams>,
    Fits<"userIds" | "emails" | "concurrency" | "onProgress" | "onResult", keyof BulkDeleteUsersParams>,
    Fits<"description", keyof CreateOrganizationParams>,
    Fits<"temporaryPassword" | "inviteMode", keyof CreatedUser>,
    Fits<"nextCursor", keyof Pagination>,
    Fits<"requestId" | "durationMs", keyof ResponseEvent>,
    Fits<"status" | "reason" | "waitMs", keyof RetryEvent>,
    Fits<"waitMs", keyof RateLimitedEvent>,
    Fits<"error" | "status" | "outcome" | "durationMs", keyof FailedEvent>,
    Fits<"outcome" | "durationMs", keyof AbortedEvent>,
    Fits<"requestId" | "durationMs", keyof ResponseInfo>,
    Fits<"detail" | "type" | "instance" | "requestId" | "retryAfterMs", keyof APIErrorFields>,
    Fits<
      "users" | "organizations" | "apiKey" | "dialect" | "latencyMs" | "rateLimit" | "port",
      keyof SandboxOptions
    >,
  ]
>;

export type SandboxPromises = Hold<
  [
    Fits<SandboxRole, Predefined<UserRole> | Custom>,
    Fits<SandboxOrganizationRole, Predefined<OrganizationRole> | Custom>,
    Fits<SandboxUser, { id: string; email: string; role: SandboxRole; createdAt: string }>,
    Fits<"active" | "invited" | "expired" | "inactive", SandboxUser["status"]>,
    Fits<SandboxMember, { userId: string; role: SandboxOrganizationRole; membershipId: string }>,
    Fits<SandboxOrganization, { id: string; name: string; members: SandboxMember[] }>,
    Fits<SandboxRequest, { method: string; path: string; query: URLSearchParams; receivedAtMs: number }>,
    Fits<SandboxMail, { to: string; userId: string; kind: string }>,
    Fits<Sandbox["requests"], readonly SandboxRequest[]>,
    Fits<Sandbox["mails"], readonly SandboxMail[]>,
    Fits<Fault, Parameters<Sandbox["fail"]>[0]>,
    Fits<ReturnType<Sandbox["fail"]>, ActiveFault>,
    Fits<[id: string, changes: SandboxUserUpdate], Parameters<Sandbox["updateUser"]>>,
    Fits<ReturnType<Sandbox["acceptInvitation" | "expireInvitation" | "updateUser"]>, SandboxUser>,
  ]
>;

const role: UserRoleInput = { type: "PREDEFINED", name: "ANNOTATOR" };
const organizationRole: OrganizationRoleInput = { type: "predefined", name: "READ_ONLY" };
const ada: CreateUserParams = { name: "Ada", email: "ada@example.com", role, inviteMode: "EMAIL_LINK" };
const options: RequestOptions = { timeoutMs: 1_000, signal: undefined, headers: { "x-a": undefined } };

const settings: ArizeClientOptions = {
  apiKey: undefined,
  region: "eu-west-1a",
  enumCase: "auto",
  maxResponseBytes: 1_000_000,
  headers: Math.random() < 0.5 ? new Headers() : [["x-a", "1"]],
  prereleaseWarnings: ({ key, code }) => console.log(key, code),
  onEvent: (event) => console.log(event.operation, event.type === "response" ? event.status : event.attempt),
};

/** What compiles, and what does not, where it is called. */
export async function calls({ users, organizations }: ax.ArizeClient, user: User): Promise<void> {
  const list: ListUsersParams = { status: ["active", "EXPIRED"], limit: 10, email: undefined };
  const get: GetUserParams = { user: user.email };
  const change: UpdateUserParams = { userId: user.id, isDeveloper: true };
  const many: CreateUsersParams = {
    users: [ada],
    concurrency: 4,
    onProgress: ({ done }) => console.log(done),
    onResult: (result, index) => console.log(index, "user" in result && result.user.temporaryPassword),
  };
  const gone: BulkDeleteUsersParams = {
    emails: [user.email],
    onProgress: ({ deleted }) => console.log(deleted),
    onResult: async ({ userId, status }) => console.log(userId, status),
  };
  const changed: UpdateManyUser[] = [{ email: user.email, name: "Ada" }, change];
  const updates: UpdateUsersParams = {
    users: changed,
    onResult: (result) => console.log("user" in result && result.user.name),
    onProgress: ({ updated, notFound }) => console.log(updated, notFound),
  };
  for await (const { role } of users.list(list)) console.log(role.type === "custom" ? role.id : role.name);
  const created = await users.create({ ...ada, role: (await users.get(get)).role }, options);
  if (created.outcome === "created") console.log(created.inviteMode.length, created.temporaryPassword);
  await users.update(change);
  for (const result of await users.updateMany(updates))
    if (result.status === "updated") console.log(result.userId, result.user.isDeveloper);
  for (const result of await users.createMany(many))
    console.log(result.status === "failed" ? result.cause : result.user);
  for (const result of await users.bulkDelete(gone))
    console.log(result.status === "failed" ? result.error : result.userId);

  const named: OrganizationParams = { organization: "Research" };
  const found: ListOrganizationsParams = { name: "res" };
  const fresh: CreateOrganizationParams = { name: "Research", description: null };
  const renamed: UpdateOrganizationParams = { ...named, name: "Basic research" };
  const member: OrganizationUserParams = { ...named, user: user.email };
  const added: AddOrganizationUserParams = { ...member, role: organizationRole };
  await organizations.list(found).toArray({ max: 3 });
  await organizations.create(fresh);
  await organizations.update(renamed);
  await organizations.addUser(added);
  await organizations.removeUser(member);
  const joining: OrganizationUser[] = [{ user: user.email, role: organizationRole }];
  for (const result of await organizations.addUsers({ ...named, users: joining }))
    console.log(result.status === "added" ? result.membership.role : result.error);
  await organizations.removeUsers({ ...named, users: [user.id, { userId: user.id }] });

  const { list: listTakenOut } = users;
  for await (const { email } of await listTakenOut()) console.log(email);

  // @ts-expect-error: an invitation says how
  await users.create({ name: "Ada", email: "ada@example.com", role });
  // @ts-expect-error: no such mode
  await users.create({ ...ada, inviteMode: "by_post" });
  // @ts-expect-error: by ID or by address, not by both
  await users.get({ user: "ada@example.com", userId: "u1" });
  // @ts-expect-error: by ID or by address, not by both
  await users.updateMany({ users: [{ userId: "u1", email: "ada@example.com", name: "Ada" }] });
  // @ts-expect-error: a role is required
  await organizations.addUsers({ organization: "Research", users: [{ user: "u1" }] });
  // @ts-expect-error: the wire's name is not the public one
  console.log(user.created_at);
  // A newer server may have a status that this version does not know.
  if (user.status === "suspended") console.log(user);
  if (user.role.type === "predefined" && user.role.name === "auditor") console.log(user);
}

/** The key and the address are those of the first client. */
export function changed(client: ax.ArizeClient): ax.ArizeClient {
  // @ts-expect-error: the key cannot be changed
  return client.withOptions({ timeoutMs: 1_000 }).withOptions({ apiKey: "another" });
}

/** What an error tells, by its class. */
export function told(error: unknown): readonly (string | number)[] {
  if (error instanceof ax.RateLimitError) return [error.status, error.retryAfterMs ?? 0];
  if (error instanceof ax.APIError) {
    const fields: APIErrorFields = error;
    return [fields.title, fields.outcome, fields.headers.get("x-request-id") ?? ""];
  }
  if (error instanceof ax.ValidationError) return error.issues.map(({ path }: ValidationIssue) => path);
  if (error instanceof ax.ConnectionError) {
    const request: FailedRequest = error;
    return [request.attempts, request.outcome];
  }
  if (error instanceof ax.AmbiguousMatchError) return error.matchingIds;
  return error instanceof ax.ArizeError ? [error.name] : [];
}

/** The sandbox of somebody's tests. */
export async function tests(): Promise<void> {
  const seed: SeedUser = { email: "ada@example.com", id: "u1", role: "annotator", createdAt: new Date(0) };
  const seedMember: SeedMember = { userId: "u1", role: { type: "predefined", name: "read-only" } };
  const seedOrganization: SeedOrganization = { name: "Research", members: [seedMember] };
  const world: SandboxOptions = { users: [seed], organizations: [seedOrganization], dialect: "current" };
  await using sandbox = await startSandbox(world);
  sandbox.updateUser("u1", { role: "admin", status: "invited" });
  console.log(sandbox.acceptInvitation("u1").status, sandbox.fail({ status: 500 }).remove());
  sandbox.fail({ method: "GET", path: /users/, status: 503, headers: { "retry-after": "1" } });
  const client = new ax.ArizeClient({ ...settings, baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey });
  await ax.createUser({ ...ada, client }, options);
  for await (const { name } of ax.listOrganizations({ client })) console.log(name);
  const { apiKey } = sandbox;
  for (const provider of [() => apiKey, async () => apiKey])
    console.log(new ax.ArizeClient({ apiKey: provider }));
  // @ts-expect-error: a key is a string
  console.log(new ax.ArizeClient({ apiKey: () => 5 }));
  console.log(sandbox.requests.map(({ path, query }) => path + query.get("email")));
}
