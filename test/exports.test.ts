import { readFileSync } from "node:fs";
import * as main from "ax-users";
import * as testing from "ax-users/testing";
import ts from "typescript";
import { expect, test } from "vitest";

/** The types that a file of `src` exports, of which nothing is there at runtime. */
function typesOf(name: string): string[] {
  const text = readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8");
  const { statements } = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
  const exported = statements.filter(ts.isExportDeclaration).flatMap(({ isTypeOnly, exportClause }) => {
    const specifiers = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [];
    return specifiers.filter((specifier) => isTypeOnly || specifier.isTypeOnly);
  });
  return exported.map((specifier) => specifier.name.text).sort();
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
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "TimeoutError",
    "UnexpectedResponseError",
    "UnprocessableEntityError",
    "ValidationError",
    "addOrganizationUser",
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
    "listOrganizations",
    "listUsers",
    "removeOrganizationUser",
    "resendInvitation",
    "resetPassword",
    "updateOrganization",
    "updateUser",
  ]);
});

test("the main entry exports just these types", () => {
  expect(typesOf("index.ts")).toEqual([
    "APIErrorFields",
    "AddOrganizationUserParams",
    "ArizeClientOptions",
    "BulkDeleteProgress",
    "BulkDeleteUsersParams",
    "BulkUserCreationResult",
    "BulkUserDeletionResult",
    "ClientEvent",
    "CreateOrganizationParams",
    "CreateUserParams",
    "CreateUsersParams",
    "CreateUsersProgress",
    "CreatedUser",
    "FailedEvent",
    "FailedRequest",
    "GetUserParams",
    "InviteMode",
    "ListOrganizationsParams",
    "ListUsersParams",
    "Organization",
    "OrganizationMembership",
    "OrganizationParams",
    "OrganizationRole",
    "OrganizationRoleAssignment",
    "OrganizationRoleInput",
    "OrganizationUserParams",
    "Organizations",
    "Outcome",
    "Page",
    "PagePromise",
    "Pagination",
    "PrereleaseWarning",
    "RateLimitedEvent",
    "Region",
    "RequestEvent",
    "RequestOptions",
    "ResponseEvent",
    "RetryEvent",
    "UpdateOrganizationParams",
    "UpdateUserParams",
    "User",
    "UserIdParams",
    "UserRole",
    "UserRoleAssignment",
    "UserRoleInput",
    "UserStatus",
    "Users",
    "ValidationIssue",
    "WithClient",
  ]);
});

test("the testing entry exports just these names", () => {
  expect(Object.keys(testing)).toEqual(["startSandbox"]);
  expect(typesOf("testing/index.ts")).toEqual([
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
    "SeedMember",
    "SeedOrganization",
    "SeedUser",
  ]);
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
  ]);
});

test("the organizations resource has just these methods", () => {
  const { organizations } = new main.ArizeClient({ apiKey: "k" });
  expect(methodsOf(organizations)).toEqual([
    "addUser",
    "constructor",
    "create",
    "delete",
    "get",
    "list",
    "removeUser",
    "update",
  ]);
});
