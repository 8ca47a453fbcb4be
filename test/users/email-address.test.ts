/** `isEmailAddress` has the rule of `create`, and the lists of values are those that the API knows. */
import {
  INVITE_MODES,
  isEmailAddress,
  ORGANIZATION_ROLES,
  USER_ROLES,
  USER_STATUSES,
  ValidationError,
} from "ax-users";
import { expect, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";

test.each([
  ["ada@example.com", true],
  [" ada@example.com\n", true],
  ["o'hara+x@example", true],
  [`${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`, true],
  ["", false],
  ["ada", false],
  ["ada@", false],
  ["ada @example.com", false],
  ["Ada <ada@example.com>", false],
  [`ada@${"example.".repeat(32)}com`, false],
  ["ada\ud800@example.com", false],
])("%j is taken by isEmailAddress as by create: %s", async (email, expected) => {
  const { client } = await openAccount();
  const role = { type: "predefined", name: "member" } as const;
  const error = await client.users.create({ name: "Ada", email, role, inviteMode: "none" }).catch((e) => e);
  expect(!(error instanceof ValidationError)).toBe(expected);
  expect(isEmailAddress(email)).toBe(expected);
});

test("what is no text is no address", () => {
  for (const value of [undefined, null, 5, {}, ["ada@example.com"]]) {
    expect(isEmailAddress(value as unknown as string)).toBe(false);
  }
});

test("the lists of values are those of the API, as callers and results spell them", () => {
  expect({ USER_STATUSES, USER_ROLES, INVITE_MODES, ORGANIZATION_ROLES }).toEqual({
    USER_STATUSES: ["active", "invited", "expired"],
    USER_ROLES: ["admin", "member", "annotator"],
    INVITE_MODES: ["none", "email_link", "temporary_password"],
    ORGANIZATION_ROLES: ["admin", "member", "read-only", "annotator"],
  });
});
