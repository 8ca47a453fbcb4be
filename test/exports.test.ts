import * as main from "ax-users";
import * as testing from "ax-users/testing";
import { expect, test } from "vitest";

test("the main entry exports just these names", () => {
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
  ]);
});

test("the testing entry exports just these names", () => {
  expect(Object.keys(testing)).toEqual(["startSandbox"]);
});

test("the users resource has just these methods", () => {
  const { users } = new main.ArizeClient({ apiKey: "k" });
  expect(Object.getOwnPropertyNames(Object.getPrototypeOf(users)).sort()).toEqual([
    "bulkDelete",
    "constructor",
    "create",
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
  expect(Object.getOwnPropertyNames(Object.getPrototypeOf(organizations)).sort()).toEqual([
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
