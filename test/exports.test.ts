import { readFileSync } from "node:fs";
import * as main from "ax-users";
import * as roster from "ax-users/roster";
import * as testing from "ax-users/testing";
import ts from "typescript";
import { expect, test } from "vitest";

/** The types that a file of `src` exports, of which nothing is there at runtime: `values` are the others. */
const typesOf = (name: string, values: object): string[] =>
  exportsOf(new URL(`../src/${name}`, import.meta.url), false)
    .filter((type) => !(type in values))
    .sort();

/** The names that a file exports as types; with `all`, every name, for what exports it does so as a type. */
function exportsOf(file: URL, all: boolean): string[] {
  const { statements } = ts.createSourceFile(file.href, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return exportedBy(statement, file, all);
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    const isNamed = isType || (all && ts.isClassDeclaration(statement));
    const isExported =
      isNamed && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported && statement.name ? [statement.name.text] : [];
  });
}

function exportedBy(statement: ts.ExportDeclaration, file: URL, all: boolean): string[] {
  const { exportClause, isTypeOnly, moduleSpecifier } = statement;
  if (exportClause && ts.isNamedExports(exportClause)) {
    const types = exportClause.elements.filter((specifier) => all || isTypeOnly || specifier.isTypeOnly);
    return types.map((specifier) => specifier.name.text);
  }
  if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
  return exportsOf(new URL(moduleSpecifier.text, file), all || isTypeOnly);
}

const methodsOf = (resource: object) => Object.getOwnPropertyNames(Object.getPrototypeOf(resource)).sort();

test("the main entry exports just these values", () => {
  expect(Object.keys(main).sort()).toEqual([
    "APIError",
    "AmbiguousMatchError",
    "ArizeClient",
    "ArizeError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "ConnectionError",
    "INVITE_MODES",
    "NotFoundError",
    "ORGANIZATION_ROLES",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "TimeoutError",
    "USER_ROLES",
    "USER_STATUSES",
    "UnexpectedResponseError",
    "UnprocessableEntityError",
    "ValidationError",
    "addOrganizationUser",
    "addOrganizationUsers",
    "bulkDeleteUsers",
    "createOrganization",
    "createUser",
    "createUsers",
    "deleteOrganization",
    "deleteUser",
    "findUserByEmail",
    "findUsersByEmails",
    "getOrganization",
    "getUser",
    "isEmailAddress",
    "listOrganizations",
    "listUsers",
    "removeOrganizationUser",
    "removeOrganizationUsers",
    "resendInvitation",
    "resetPassword",
    "updateOrganization",
    "updateUser",
    "updateUsers",
  ]);
});

test("the main entry exports just these types", () => {
  expect(typesOf("index.ts", main)).toEqual([
    "APIErrorFields",
    "AbortedEvent",
    "AddOrganizationUserParams",
    "AddOrganizationUsersParams",
    "AddOrganizationUsersProgress",
    "ArizeClientOptions",
    "BulkDeleteProgress",
    "BulkDeleteUsersParams",
    "BulkFailure",
    "BulkMemberAdditionResult",
    "BulkMemberRemovalResult",
    "BulkNotFound",
    "BulkOptions",
    "BulkProgress",
    "BulkUserCreationResult",
    "BulkUserDeletionResult",
    "BulkUserResult",
    "BulkUserUpdateResult",
    "ChangeableOptions",
    "ClientEvent",
    "CreateOrganizationParams",
    "CreateUserParams",
    "CreateUserRequest",
    "CreateUsersParams",
    "CreateUsersProgress",
    "CreatedUser",
    "CustomRoleAssignment",
    "CustomRoleAssignmentRequest",
    "EventBase",
    "FailedEvent",
    "FailedRequest",
    "GetUserParams",
    "InviteMode",
    "InviteModeInput",
    "ListOrganizationsParams",
    "ListUsersParams",
    "LogLevel",
    "Logger",
    "OperationId",
    "Organization",
    "OrganizationCreate",
    "OrganizationMembership",
    "OrganizationParams",
    "OrganizationRole",
    "OrganizationRoleAssignment",
    "OrganizationRoleAssignmentRequest",
    "OrganizationRoleInput",
    "OrganizationRoleNameInput",
    "OrganizationUpdate",
    "OrganizationUser",
    "OrganizationUserParams",
    "Organizations",
    "Outcome",
    "Page",
    "PagePromise",
    "Pagination",
    "PredefinedOrganizationRoleAssignment",
    "PredefinedOrganizationRoleAssignmentInput",
    "PredefinedUserRoleAssignment",
    "PredefinedUserRoleAssignmentInput",
    "PrereleaseWarning",
    "RateLimitedEvent",
    "Region",
    "RemoveOrganizationUsersParams",
    "RemoveOrganizationUsersProgress",
    "RequestEvent",
    "RequestOptions",
    "ResponseEvent",
    "ResponseInfo",
    "RetryEvent",
    "UnknownEnumValue",
    "UpdateManyUser",
    "UpdateOrganizationParams",
    "UpdateUserParams",
    "UpdateUsersParams",
    "UpdateUsersProgress",
    "User",
    "UserIdParams",
    "UserRole",
    "UserRoleAssignment",
    "UserRoleAssignmentRequest",
    "UserRoleInput",
    "UserRoleNameInput",
    "UserStatus",
    "UserStatusInput",
    "UserUpdate",
    "Users",
    "ValidationIssue",
    "WithClient",
  ]);
});

test("the roster entry exports just these values", () => {
  expect(Object.keys(roster).sort()).toEqual([
    "JournalError",
    "PlanRefusedError",
    "applyPlan",
    "fileJournal",
    "memoryJournal",
    "openPlan",
    "parseRoster",
    "passwordFile",
    "planRoster",
    "readJournal",
    "readRosterFile",
    "resumePlan",
    "summarizeResults",
    "toCsv",
  ]);
});

test("the testing entry exports just these names", () => {
  expect(Object.keys(testing)).toEqual(["startSandbox"]);
  expect(typesOf("testing/index.ts", testing)).toEqual([
    "ActiveFault",
    "Fault",
    "Sandbox",
    "SandboxMail",
    "SandboxMember",
    "SandboxOptions",
    "SandboxOrganization",
    "SandboxOrganizationRole",
    "SandboxRequest",
    "SandboxRole",
    "SandboxUser",
    "SandboxUserUpdate",
    "SeedMember",
    "SeedOrganization",
    "SeedUser",
  ]);
});

test("the type test knows every exported type", () => {
  const tested = readFileSync(new URL("types/consumer.ts", import.meta.url), "utf8");
  const types = [...typesOf("index.ts", main), ...typesOf("testing/index.ts", testing)];
  expect(types.filter((name) => !new RegExp(`\\b${name}\\b`).test(tested))).toEqual([]);
});

test("the users resource has just these methods", () => {
  const { users } = new main.ArizeClient({ apiKey: "k" });
  expect(methodsOf(users)).toEqual([
    "bulkDelete",
    "constructor",
    "create",
    "createMany",
    "delete",
    "findByEmail",
    "findByEmails",
    "get",
    "list",
    "resendInvitation",
    "resetPassword",
    "update",
    "updateMany",
  ]);
});

test("the organizations resource has just these methods", () => {
  const { organizations } = new main.ArizeClient({ apiKey: "k" });
  expect(methodsOf(organizations)).toEqual([
    "addUser",
    "addUsers",
    "constructor",
    "create",
    "delete",
    "get",
    "list",
    "removeUser",
    "removeUsers",
    "update",
  ]);
});
