import type { User } from "ax-users";
import { describe, expect, test } from "vitest";
import { assess } from "../../src/roster/apply/assess.ts";
import type { Change, ChangeKind, SeenUser, TargetUser } from "../../src/roster/plan/types.ts";

const SEEN: SeenUser = { status: "active", name: "Ada", role: "member", isDeveloper: true };

const change = (kind: ChangeKind, more: Partial<Change> = {}): Change => ({
  ...{ id: kind, kind, email: "ada@example.com", userId: "u1", seen: SEEN, ...more },
});

const ada = (more: Partial<User> = {}): User => ({
  id: "u1",
  email: "ada@example.com",
  name: "Ada",
  status: "active",
  role: { type: "predefined", name: "member" },
  isDeveloper: true,
  createdAt: new Date(0),
  ...more,
});

const EXPIRED: SeenUser = { ...SEEN, status: "expired" };
const admin = { type: "predefined" as const, name: "admin" as const };
const stale = (reason: string) => ({ status: "stale", reason });
const GO = { status: "go" };

test("a create is in place where somebody has the address, whoever it is", () => {
  expect(assess(change("create"), undefined, [])).toEqual(GO);
  const other = ada({ name: "Somebody else", status: "expired" });
  expect(assess(change("create"), other, [])).toEqual({ status: "in_place", user: other });
});

test.each(["delete", "remove_member"] as const)("a %s of somebody who is gone is in place", (kind) => {
  expect(assess(change(kind), undefined, [])).toEqual({ status: "in_place" });
});

test.each(["update", "ensure_member"] as const)("an %s of somebody who is gone is stale", (kind) => {
  expect(assess(change(kind), undefined, [])).toEqual(stale("the user u1 is no longer in the account"));
});

describe.each(["update", "ensure_member", "remove_member", "delete"] as const)("a %s", (kind) => {
  test("of the person that the plan saw is made, spaces around a name aside", () => {
    expect(assess(change(kind), ada({ name: " Ada " }), [])).toEqual(GO);
    expect(assess(change(kind, { seen: { ...SEEN, name: " Ada" } }), ada(), [])).toEqual(GO);
    expect(assess(change(kind), ada({ email: "ADA@example.com" }), [])).toEqual(GO);
  });

  test.each<[field: string, now: Partial<User>, reason: string]>([
    ["address", { email: "eve@example.com" }, "the address is eve@example.com, the plan saw ada@example.com"],
    ["status", { status: "invited" }, "the status is invited, the plan saw active"],
    ["role", { role: admin }, "the role is admin, the plan saw member"],
    ["name", { name: "Eve" }, "the name is Eve, the plan saw Ada"],
  ])("of somebody with another %s is stale", (_, now, reason) => {
    expect(assess(change(kind), ada(now), [])).toEqual(stale(reason));
  });

  test("is not stale by what this plan has made of the person", () => {
    const attempted = [
      change("renew", { to: { name: "Eve", role: "admin" } }),
      change("update", { to: { name: "Evelyn" } }),
    ];
    const own = change(kind, { seen: EXPIRED });
    for (const status of ["expired", "invited", "active"] as const)
      expect(assess(own, ada({ status, name: "Eve", role: admin }), attempted)).toEqual(GO);
    expect(assess(own, ada({ status: "expired", name: "Evelyn" }), attempted)).toEqual(GO);
    expect(assess(own, ada({ status: "expired", name: "Lyn" }), attempted)).toMatchObject({
      status: "stale",
    });
    expect(assess(own, ada({ status: "invited" }), attempted.slice(1))).toEqual(
      stale("the status is invited, the plan saw expired"),
    );
  });

  test("that saw nobody is compared by the address only", () => {
    const { seen: _, ...blind } = change(kind);
    expect(assess(blind, ada({ name: "Eve", status: "invited" }), [])).toEqual(GO);
    expect(assess(blind, ada({ email: "eve@example.com" }), [])).toMatchObject({ status: "stale" });
  });
});

test.each<[to: TargetUser, now: Partial<User>, isInPlace: boolean]>([
  [{ name: "Lady" }, { name: "Lady" }, true],
  [{ name: "Lady" }, { name: " Lady " }, true],
  [{ name: "Lady" }, {}, false],
  [{ isDeveloper: false }, { isDeveloper: false }, true],
  [{ isDeveloper: false }, {}, false],
  [{ name: "Lady", isDeveloper: false }, { name: "Lady", isDeveloper: false }, true],
  [{ name: "Lady", isDeveloper: false }, { name: "Lady" }, false],
  [{ name: "Lady", isDeveloper: false }, { isDeveloper: false }, false],
])("an update to %j of somebody with %j is in place: %s", (to, now, isInPlace) => {
  const user = ada(now);
  expect(assess(change("update", { to }), user, [])).toEqual(isInPlace ? { status: "in_place", user } : GO);
});

test("only an update can be in place by its values", () => {
  expect(assess(change("ensure_member", { to: { name: "Ada" } }), ada(), [])).toEqual(GO);
  expect(assess(change("update"), ada(), [])).toEqual(GO);
});

describe("a renewal", () => {
  const renew = change("renew", { seen: EXPIRED, to: { name: "Ada", role: "member" } });

  test("of an expired invitation is made", () => {
    expect(assess(renew, ada({ status: "expired" }), [])).toEqual(GO);
  });

  test("of a person who is gone, or of another one, is stale", () => {
    expect(assess(renew, undefined, [])).toEqual(stale("the user is no longer in the account"));
    expect(assess(renew, ada({ email: "eve@example.com" }), [])).toEqual(
      stale("the address is eve@example.com, the plan saw ada@example.com"),
    );
  });

  test.each(["invited", "active"] as const)("of a person who is %s is in place", (status) => {
    const user = ada({ status, email: "Ada@example.com", name: "Eve" });
    expect(assess(renew, user, [])).toEqual({ status: "in_place", user });
  });

  test("of an invitation that is expired, but of another name, is stale", () => {
    expect(assess(renew, ada({ status: "expired", name: "Eve" }), [])).toEqual(
      stale("the name is Eve, the plan saw Ada"),
    );
  });
});
