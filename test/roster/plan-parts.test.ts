/** The parts of a plan, each by itself. */
import { AmbiguousMatchError, ArizeError, NotFoundError, type User } from "ax-users";
import { type ChangeKind, type PlanOptions, PlanRefusedError, type Roster } from "ax-users/roster";
import { describe, expect, test } from "vitest";
import type { RosterMembership, RosterPerson } from "../../src/roster/formats/types.ts";
import { readAccount, readOrganizations, roleText } from "../../src/roster/plan/account.ts";
import { changesFor } from "../../src/roster/plan/changes.ts";
import { accountDigest, accountPart, changeId, planDigest } from "../../src/roster/plan/digest.ts";
import { isProtected, mostRemovals, needsPeople } from "../../src/roster/plan/limits.ts";
import { limitIssues, percentOf, readPlanOptions } from "../../src/roster/plan/options.ts";
import { planRemovals } from "../../src/roster/plan/removals.ts";
import { rejection } from "../helpers/server.ts";
import { change, planOf, person as user } from "./fake-account.ts";

const EMAIL = "ada@example.com";
const ada = (more: Partial<User> = {}) => user("ada", { name: "Ada", ...more });
const row = (more: Partial<RosterPerson> = {}): RosterPerson => ({
  email: EMAIL,
  at: "row 1",
  organizations: [],
  ...more,
});
const present = (more: Partial<RosterPerson> = {}) => row({ state: "present", ...more });
const member = (more: Partial<RosterMembership> = {}): RosterMembership => ({
  organization: "Ops",
  state: "present",
  at: "row 1",
  ...more,
});
const ORGANIZATIONS = new Map([
  ["Ops", { id: "o1", name: "Ops" }],
  ["o1", { id: "o1", name: "Ops" }],
]);
const role = (name: "admin" | "member" | "annotator") => ({ type: "predefined" as const, name });

function plan(person: RosterPerson, of: User | undefined, options: PlanOptions = {}) {
  const problems: string[] = [];
  const problem = (at: string, message: string) => problems.push(`${at} ${message}`);
  const settings = readPlanOptions(options);
  const changes = changesFor(person, of, { settings, organizations: ORGANIZATIONS, problem });
  return { changes, problems };
}

const about = (of: User) => ({
  ...{ email: of.email, userId: of.id },
  seen: { status: of.status, name: of.name, role: roleText(of.role), isDeveloper: of.isDeveloper },
});

describe("somebody who is not in the account", () => {
  test("is created with what the roster says, and nothing else", () => {
    const to = { name: "Ada", role: "member", inviteMode: "email_link" };
    expect(plan(present({ name: "Ada" }), undefined).changes).toStrictEqual([
      { kind: "create", email: EMAIL, to },
    ]);
    const full = { name: "Ada", role: "admin", inviteMode: "none", isDeveloper: false } as const;
    expect(plan(present(full), undefined).changes).toStrictEqual([
      { kind: "create", email: EMAIL, to: full },
    ]);
  });

  test.each<[what: string, person: RosterPerson, options: PlanOptions]>([
    ["who is to be absent", row({ state: "absent" }), {}],
    ["of whom nothing is said", row(), {}],
    ["who only leaves an organization", row({ organizations: [member({ state: "absent" })] }), {}],
    ["where no one is to be created", present({ name: "Ada" }), { only: ["delete"] }],
  ])("is left alone: one %s", (_, person, options) => {
    expect(plan(person, undefined, options)).toStrictEqual({
      ...{ changes: [{ kind: "unchanged", email: EMAIL, note: "not in the account" }], problems: [] },
    });
  });

  test("needs a name", () => {
    expect(plan(present(), undefined).problems).toEqual([`row 1, name is required to create ${EMAIL}`]);
  });

  const addressProblem = (email: string) =>
    `row 1, email must be an email address that the API accepts, since nobody in the account has ${JSON.stringify(email)}`;

  test.each(["jörg@example.com", '"Ada King"@example.com'])(
    "needs an address that the API accepts, but not to leave: %s",
    (email) => {
      const created = present({ email, name: "Jörg" });
      expect(plan(created, undefined).problems).toEqual([addressProblem(email)]);
      expect(plan(present({ email }), undefined).problems).toHaveLength(2);
      for (const [person, options] of [
        [row({ email, state: "absent" }), {}],
        [row({ email }), {}],
        [created, { only: ["delete"] }],
      ] as const) {
        expect(plan(person, undefined, { ...options })).toStrictEqual({
          changes: [{ kind: "unchanged", email, note: "not in the account" }],
          problems: [],
        });
      }
    },
  );

  test.each(["ada@example.com,eve@example.com", "'ada@example.com'", "ada@@example.com"])(
    "cannot even leave with %s, which is probably a mistake",
    (email) => {
      expect(plan(row({ email, state: "absent" }), undefined).problems).toEqual([addressProblem(email)]);
      const own = ada({ email });
      expect(plan(row({ email, state: "absent" }), own)).toEqual({ changes: [], problems: [] });
    },
  );

  test("becomes a member, too", () => {
    const person = present({ name: "Ada", role: "annotator", organizations: [member()] });
    expect(plan(person, undefined).changes[1]).toStrictEqual({
      ...{ email: EMAIL, kind: "ensure_member", role: "annotator", organization: { id: "o1", name: "Ops" } },
    });
  });
});

describe("somebody who is in the account", () => {
  test.each<[what: string, status: User["status"], kind: ChangeKind]>([
    ["active", "active", "unchanged"],
    ["invited", "invited", "pending"],
  ])("and %s, of whom the roster says nothing new", (_, status, kind) => {
    const of = ada({ status });
    expect(plan(present({ name: "Ada", role: "member", isDeveloper: false }), of).changes).toStrictEqual([
      { kind, ...about(of) },
    ]);
  });

  test.each<[more: Partial<RosterPerson>, to: object]>([
    [{ name: "Lady" }, { name: "Lady" }],
    [{ isDeveloper: true }, { isDeveloper: true }],
    [
      { name: "Lady", isDeveloper: true },
      { name: "Lady", isDeveloper: true },
    ],
    [{ name: "Ada", isDeveloper: true }, { isDeveloper: true }],
  ])("is updated to what differs: %j", (more, to) => {
    expect(plan(present(more), ada({ name: " Ada " })).changes).toStrictEqual([
      { kind: "update", ...about(ada({ name: " Ada " })), to },
    ]);
  });

  test("and leaves is removed by the plan of removals, not here", () => {
    expect(plan(row({ state: "absent", name: "Lady" }), ada()).changes).toEqual([]);
  });

  test("has changes that a plan of some kinds leaves out", () => {
    const person = present({ name: "Lady", organizations: [member()] });
    expect(plan(person, ada(), { only: ["delete"] }).changes).toStrictEqual([
      { kind: "unchanged", ...about(ada()), note: "has changes of kinds that this plan leaves out" },
    ]);
    expect(plan(person, ada(), { only: ["ensure_member"] }).changes.map(({ kind }) => kind)).toEqual([
      "ensure_member",
    ]);
    expect(plan(present(), ada(), { only: ["delete"] }).changes).toStrictEqual([
      { kind: "unchanged", ...about(ada()) },
    ]);
    const other = present({ role: "admin" });
    expect(plan(other, ada(), { only: ["delete"] }).changes.map(({ kind }) => kind)).toEqual([
      "unchangeable",
    ]);
  });
});

describe("somebody whose invitation has expired", () => {
  const expired = ada({ status: "expired" });

  test("is invited again where that is asked for", () => {
    const to = { name: "Ada", role: "member", inviteMode: "email_link" };
    expect(plan(present(), expired, { renew: true }).changes).toStrictEqual([
      { kind: "renew", ...about(expired), to },
    ]);
    const other = { name: "Lady", role: "admin", inviteMode: "none", isDeveloper: true } as const;
    expect(plan(present(other), expired, { renew: true }).changes).toStrictEqual([
      { kind: "renew", ...about(expired), to: other },
    ]);
  });

  test("and is not in the roster's account is not invited", () => {
    for (const renew of [true, false])
      expect(plan(row(), expired, { renew }).changes).toStrictEqual([{ kind: "pending", ...about(expired) }]);
    expect(plan(present(), expired).changes).toStrictEqual([
      { kind: "pending", ...about(expired), note: "the invitation has expired (see renew)" },
    ]);
  });

  test("cannot be invited again at an address that the API does not accept today", () => {
    const of = ada({ email: "jörg@example.com", status: "expired" });
    const note = "the invitation has expired; the API does not accept the address for a new one";
    expect(plan(present({ email: of.email }), of, { renew: true }).changes).toStrictEqual([
      { kind: "pending", ...about(of), note },
    ]);
  });

  test("gets the memberships of the new role", () => {
    const person = present({ role: "annotator", organizations: [member()] });
    expect(plan(person, expired, { renew: true }).changes[1]).toMatchObject({
      kind: "ensure_member",
      role: "annotator",
    });
    expect(plan(person, expired).changes[1]).toMatchObject({ kind: "ensure_member", role: "member" });
  });

  test("keeps the role where the plan leaves renewals out", () => {
    const options: PlanOptions = { renew: true, only: ["ensure_member"] };
    const person = (role?: string) =>
      present({ role: "annotator", organizations: [member(role === undefined ? {} : { role })] });
    for (const organizationRole of ["member", undefined]) {
      expect(plan(person(organizationRole), expired, options)).toMatchObject({
        ...{ changes: [{ kind: "ensure_member", role: "member" }], problems: [] },
      });
    }
  });
});

test("two rows for one organization must agree", () => {
  const both = (one: Partial<RosterMembership>, other: Partial<RosterMembership>) =>
    plan(row({ organizations: [member(one), member({ organization: "o1", at: "row 2", ...other })] }), ada());
  expect(both({}, {})).toMatchObject({ changes: [{ kind: "ensure_member" }], problems: [] });
  const problem = `row 2, organization disagrees with row 1 about ${EMAIL} in Ops`;
  expect(both({ role: "admin" }, { role: "member" }).problems).toEqual([problem]);
  for (const [one, other] of [
    [{}, { role: "admin" }],
    [{ role: "admin" }, {}],
    [{ role: "admin" }, { role: "admin" }],
  ] as const) {
    expect(both(one, other)).toMatchObject({
      ...{ changes: [{ kind: "ensure_member", role: "admin", organization: { id: "o1" } }], problems: [] },
    });
    expect(both(one, other).changes).toHaveLength(1);
  }
  expect(both({}, { role: "annotator" }).problems).toEqual([
    `row 2, organization_role cannot be annotator, since the account role of ${EMAIL} is member`,
  ]);
  expect(both({}, { state: "absent" }).problems).toEqual([problem]);
  expect(both({ state: "absent" }, {}).problems).toEqual([problem]);
});

test("an organization that is unknown is left to the check of the roster", () => {
  const person = row({ organizations: [member({ organization: "Nowhere" })] });
  expect(plan(person, ada())).toStrictEqual({
    changes: [{ kind: "unchanged", ...about(ada()) }],
    problems: [],
  });
});

/** A client that lists these people, and has this organization. */
function reading(users: User[], get: () => unknown = () => undefined) {
  const asked: unknown[][] = [];
  async function* list(...args: unknown[]) {
    asked.push(args);
    yield* users;
  }
  const organizations = {
    get: async (...args: unknown[]) => {
      asked.push(args);
      return get();
    },
  };
  const client = { users: { list }, organizations };
  return { client: client as unknown as Parameters<typeof readAccount>[0], asked };
}

test("the account is read whole, oldest first, each person once", async () => {
  const [old, young] = [ada({ id: "1", createdAt: new Date(1) }), user("bob", { createdAt: new Date(2) })];
  const again = { ...young, name: "Robert" };
  const { client, asked } = reading([young, old, again]);
  const { signal } = new AbortController();
  const account = await readAccount(client, signal);
  expect(asked).toEqual([[{ limit: 100 }, { signal }]]);
  expect(account.users).toEqual([old, again]);
  expect(account.byEmail.get(EMAIL)).toBe(old);
});

test("two people with one address are an error that names both", async () => {
  const other = user("2", { email: "ADA@example.com", createdAt: new Date(5) });
  const error = await rejection(readAccount(reading([ada({ id: "1" }), other]).client, undefined));
  expect(error).toBeInstanceOf(AmbiguousMatchError);
  expect((error as Error).message).toBe("Two users have the address ADA@example.com: 1, 2.");
  expect(error).toMatchObject({ matchingIds: ["1", "2"] });
});

test("an organization that is not found is unknown, and another failure is one", async () => {
  const { signal } = new AbortController();
  const { client, asked } = reading([], () => ({ id: "o1", name: "Ops", description: "more" }));
  const found = new Map([["Ops", { id: "o1", name: "Ops" }]]);
  expect(await readOrganizations(client, ["Ops"], signal)).toStrictEqual({ found, wrong: new Map() });
  expect(asked).toEqual([[{ organization: "Ops" }, { signal }]]);
  const absent = reading([], () => {
    throw Object.create(NotFoundError.prototype);
  });
  const wrong = new Map([["Ops", 'is unknown: "Ops"']]);
  expect(await readOrganizations(absent.client, ["Ops"], signal)).toEqual({ found: new Map(), wrong });
  const failing = reading([], () => {
    throw new ArizeError("no");
  });
  const call = readOrganizations(failing.client, ["Ops"], signal);
  expect(await rejection(call)).toBeInstanceOf(ArizeError);
});

test("a role in a roster's words", () => {
  expect(roleText({ type: "custom", id: "r1", name: "Ops" })).toBe("custom:r1");
  expect(roleText(role("admin"))).toBe("admin");
});

test("an ID is that of the kind, the person and the organization", () => {
  const base = change("ensure_member", "u1", { organization: { id: "o1", name: "Ops" } });
  const id = changeId(base);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(changeId({ ...base, email: base.email.toUpperCase(), role: "admin", note: "x" })).toBe(id);
  const { userId: _, ...nobody } = base;
  const { organization: __, ...nowhere } = base;
  const others = [
    { ...base, kind: "remove_member" as const },
    { ...base, userId: "u2" },
    { ...base, organization: { id: "o2", name: "Ops" } },
    nobody,
    nowhere,
  ];
  expect(new Set([id, ...others.map(changeId)]).size).toBe(6);
});

test("a digest is of all that a plan has, in any order of members", () => {
  const made = planOf([change("delete", "a"), change("delete", "b")]);
  const { digest, ...rest } = made;
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(planDigest(rest)).toBe(digest);
  expect(planDigest(Object.fromEntries(Object.entries(made).reverse()) as never)).toBe(digest);
  const reversed = made.changes.map((one) => Object.fromEntries(Object.entries(one).reverse()));
  expect(planDigest({ ...made, changes: reversed as never })).toBe(digest);
  expect(planDigest({ ...made, changes: made.changes.toReversed() })).not.toBe(digest);
  expect(planDigest({ ...made, notes: ["a", "b"] })).not.toBe(planDigest({ ...made, notes: ["b", "a"] }));
  expect(planDigest({ ...made, extra: null } as never)).not.toBe(digest);
});

test("an account is identified by its five oldest users", () => {
  const ids = ["1", "2", "3", "4", "5", "6"];
  expect(accountDigest(ids)).toBe(accountDigest(ids.slice(0, 5)));
  expect(accountDigest(ids)).toBe(ids.slice(0, 5).map(accountPart).join("."));
  expect(accountPart("1")).toMatch(/^[0-9a-f]{16}$/);
  expect(accountDigest([])).toBe("");
});

test.each([
  ["10%", 10],
  [" 7.25 % ", 7.25],
  ["0%", 0],
  ["100%", 100],
  ["101%", undefined],
  ["5", undefined],
  ["-5%", undefined],
  ["5%x", undefined],
  ["x5%", undefined],
  ["1.%", undefined],
  ["5 x%", undefined],
  ["5% x", undefined],
])("%j is a percentage of %s", (text, percent) => {
  expect(percentOf(text)).toBe(percent);
});

const limits = (maxRemovals: unknown, protect: unknown[] = []) =>
  limitIssues({ maxRemovals: maxRemovals as number, protect: protect as string[], removeAdmins: false });

test.each([0, 7, "0%", "10%"])("%j may be the limit", (max) => {
  expect(limits(max)).toEqual([]);
});

test.each<[max: unknown, message: RegExp]>([
  [-1, /^must be a whole number of at least 0, or a percentage such as "5%", received -1$/],
  [1.5, /received 1\.5$/],
  [Number.NaN, /^must be a whole number/],
  [true, /^must be a whole number/],
  [["3"], /^must be a whole number/],
  ["3", /^must be a whole number/],
  ["11%", /^must be a number if it is more than 10%, received "11%"$/],
])("%j may not be the limit", (max, message) => {
  expect(limits(max)).toEqual([{ path: "maxRemovals", message: expect.stringMatching(message) }]);
});

test("who is protected is an address or a domain", () => {
  expect(limits(0, [EMAIL, " *@example.com ", "*@sub.example.com"])).toEqual([]);
  expect(limits(0, [EMAIL, "example.com", 5, "x*@example.com", "*"])).toEqual(
    [
      [1, '"example.com"'],
      [2, "5"],
      [4, '"*"'],
    ].map(([index, received]) => ({
      path: `protect[${index}]`,
      message: `must be an email address or *@domain, received ${received}`,
    })),
  );
  const older = ["jörg@example.com", '"Ada King"@example.com', "*@bücher.example"];
  expect(limits(0, older)).toEqual([]);
  const mistakes = [
    "*@*.example.com",
    "'*@example.com'",
    "a@example.com,b@example.com",
    "*@@example.com",
    "a b@c.de",
  ];
  expect(limits(0, mistakes).map(({ path }) => path)).toEqual(
    mistakes.map((_, index) => `protect[${index}]`),
  );
  expect(isProtected("x@bücher.EXAMPLE", older)).toBe(true);
  expect(isProtected("Ada@Example.com", [" *@EXAMPLE.com"])).toBe(true);
  expect(isProtected("ada@sub.example.com", ["*@example.com"])).toBe(false);
  expect(isProtected("ada@example.com", ["eve@example.com", "ADA@example.com "])).toBe(true);
});

test("a few people may be removed by any percentage but none, and a number is one", () => {
  const of = (maxRemovals: number | string) => ({ maxRemovals, protect: [], removeAdmins: false });
  expect([
    mostRemovals(of("10%"), 59),
    mostRemovals(of("10%"), 60),
    mostRemovals(of("0%"), 900),
    mostRemovals(of(3), 900),
  ]).toEqual([5, 6, 0, 3]);
  expect([needsPeople(of("10%"), 5), needsPeople(of("10%"), 6), needsPeople(of(2), 6)]).toEqual([
    false,
    true,
    false,
  ]);
});

const roster = (...people: RosterPerson[]): Roster => ({
  people,
  source: "roster",
  rows: people.length,
  blankRows: 0,
});
const accountOf = (users: User[]) => ({ users, byEmail: new Map(users.map((one) => [one.email, one])) });

test("people who are kept are named with the reason", () => {
  const root = user("root", { role: role("admin") });
  const users = [root, user("a"), user("b")];
  const removals = (options: PlanOptions, ...people: RosterPerson[]) =>
    planRemovals(roster(...people), accountOf(users), readPlanOptions(options)).map(
      ({ kind, email, note }) => [kind, email, note],
    );
  const absent = users.map(({ email }) => row({ email, state: "absent" }));
  expect(removals({ removeAdmins: true, protect: ["a@example.com"] }, ...absent)).toEqual([
    ["unchanged", "root@example.com", "kept: the last active account admin"],
    ["unchanged", "a@example.com", "kept: protected"],
    ["delete", "b@example.com", undefined],
  ]);
  expect(removals({ only: ["create"] }, ...absent)).toEqual([
    ["unchanged", "root@example.com", "kept: an account admin (see removeAdmins)"],
    ["unchanged", "a@example.com", "kept: this plan leaves out deletions"],
    ["unchanged", "b@example.com", "kept: this plan leaves out deletions"],
  ]);
  expect(removals({ removeAbsent: true, only: ["create"] }, row({ email: "a@example.com" }))).toEqual([]);
  const invited = user("c", { role: role("admin"), status: "invited" });
  users.push(invited);
  expect(removals({ removeAdmins: true }, row({ email: root.email, state: "absent" }))).toEqual([
    ["unchanged", "root@example.com", "kept: the last active account admin"],
  ]);
});

test("a roster of nobody, or of strangers, removes nobody", () => {
  const users = [user("a"), user("b")];
  const refused = (...people: RosterPerson[]) => {
    try {
      return planRemovals(roster(...people), accountOf(users), readPlanOptions({ removeAbsent: true }));
    } catch (error) {
      return error;
    }
  };
  const empty = refused();
  expect(empty).toBeInstanceOf(PlanRefusedError);
  const counts = { removals: 2, people: 2 };
  expect(empty).toMatchObject({
    name: "PlanRefusedError",
    reason: "empty_roster",
    message: "The roster is empty: it would remove 2 of 2 people.",
    counts,
  });
  expect(refused(row({ email: "zoe@example.com" }))).toMatchObject({
    reason: "nobody_found",
    message:
      "Nobody in the roster is in the account, and 2 of 2 people would be removed: the roster may belong to another account.",
    counts,
  });
});
