import type { User } from "ax-users";
import { type Change, type Plan, PlanRefusedError } from "ax-users/roster";
import { expect, test } from "vitest";
import type { KnownPeople } from "../../src/roster/apply/people.ts";
import { checkLimits, needsWholeList } from "../../src/roster/apply/preflight.ts";
import { rejection } from "../helpers/server.ts";
import { change, intent, person, planOf, recorderOf, result } from "./fake-account.ts";

const ids = (count: number) => Array.from({ length: count }, (_, index) => `u${index}`);
const removals = (count: number) => ids(count).map((id) => change("delete", id));
const limits = (maxRemovals: number | string): Partial<Plan> => ({
  limits: { maxRemovals, protect: [], removeAdmins: true },
});
const ADMIN = { type: "predefined" as const, name: "admin" as const };
const adminSeen = { status: "active", role: "admin", isDeveloper: false };
const root = person("root", { role: ADMIN });
const removeRoot = change("delete", "root", { seen: { ...adminSeen, name: "root" } });

const known = (all: User[]): KnownPeople => ({
  all,
  byId: async (id) => all.find((user) => user.id === id),
  byEmail: async () => undefined,
});

test.each<[what: string, changes: Change[], max: number | string, isNeeded: boolean]>([
  ["no removals", [change("update", "u1")], "10%", false],
  ["so few that any account may lose them", removals(5), "10%", false],
  ["more, with a limit in percent", removals(6), "10%", true],
  ["more, with a limit in people", removals(6), 6, false],
  ["more than the limit in people", removals(6), 5, true],
  ["some, with a limit of nobody", removals(1), "0%", true],
  ["an admin", [...removals(1), removeRoot], 9, true],
])("whether the whole account is read, for %s", (_, changes, max, isNeeded) => {
  const plan = planOf(changes, limits(max));
  expect(needsWholeList(plan, changes)).toBe(isNeeded);
  expect(
    needsWholeList(
      plan,
      changes.filter(({ kind }) => kind !== "delete"),
    ),
  ).toBe(false);
});

test("a removal that the plan saw nobody for needs no list", () => {
  const { seen: _, ...blind } = change("delete", "u1");
  expect(needsWholeList(planOf([blind], limits(9)), [blind])).toBe(false);
});

test("the limit counts removals that are made or not stale, of the people who were there", async () => {
  const plan = planOf(removals(4), limits(3));
  const all = ids(4).map((id) => person(id));
  const error = await rejection(checkLimits(plan, known(all), recorderOf(plan).recorder));
  expect(error).toBeInstanceOf(PlanRefusedError);
  expect(error).toMatchObject({ reason: "max_removals", counts: { removals: 4, people: 4, maxRemovals: 3 } });
  const gone = known(all.slice(1));
  expect(await checkLimits(plan, gone, recorderOf(plan).recorder)).toBeUndefined();
  const renamed = known([person("u0", { name: "Somebody" }), ...all.slice(1)]);
  expect(await checkLimits(plan, renamed, recorderOf(plan).recorder)).toBeUndefined();
  const done = recorderOf(plan, [intent("delete u0"), result(plan.changes[0] ?? removeRoot, {})]);
  expect(await rejection(checkLimits(plan, gone, done.recorder))).toMatchObject({
    counts: { removals: 4, people: 4, maxRemovals: 3 },
  });
  const unchanged = recorderOf(plan, [result(plan.changes[0] ?? removeRoot, { status: "unchanged" })]);
  expect(await checkLimits(plan, gone, unchanged.recorder)).toBeUndefined();
});

test("where all removals are done, no limit is checked", async () => {
  const plan = planOf(removals(2), limits(1));
  const done = plan.changes.map((one) => result(one, {}));
  expect(await checkLimits(plan, known([]), recorderOf(plan, done).recorder)).toBeUndefined();
});

test("of the active admins, one stays", async () => {
  const plan = planOf([removeRoot, change("delete", "u1")], limits(9));
  const check = (all: User[]) => checkLimits(plan, known(all), recorderOf(plan).recorder);
  const error = await rejection(check([root, person("u1"), person("u2")]));
  expect(error).toBeInstanceOf(PlanRefusedError);
  expect(error).toMatchObject({
    reason: "last_admin",
    message: "The plan would remove the last active account admin.",
    counts: { removals: 2, people: 3 },
  });
  const invited = person("u3", { role: ADMIN, status: "invited" });
  expect(await rejection(check([root, person("u1"), invited]))).toMatchObject({ reason: "last_admin" });
  expect(await check([root, person("u1"), { ...invited, status: "active" }])).toBeUndefined();
  expect(await check([person("u1"), person("u2")])).toBeUndefined();
});
