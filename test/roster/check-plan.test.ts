import { ArizeClient, ValidationError } from "ax-users";
import { type Change, type Plan, PlanRefusedError } from "ax-users/roster";
import { expect, test } from "vitest";
import { checkPlan, removalsOf, writesOf } from "../../src/roster/apply/check.ts";
import { BASE_URL, change, planOf } from "./fake-account.ts";

const client = new ArizeClient({ apiKey: "k", baseUrl: BASE_URL, prereleaseWarnings: false });
const check = (plan: unknown) => checkPlan("applyPlan", client, plan as Plan);

function thrownBy(plan: unknown): unknown {
  try {
    return check(plan);
  } catch (error) {
    return error;
  }
}

const good = planOf([change("delete", "ada")]);

test("a plan of this client, as it was made, is good", () => {
  expect(check(good)).toBeUndefined();
  expect(check(planOf([]))).toBeUndefined();
});

test.each<[plan: unknown, message: string]>([
  [null, "plan: must be a plan, received null"],
  [undefined, "plan: must be a plan, received undefined"],
  ["plan", 'plan: must be a plan, received "plan"'],
  [{ ...good, version: 2 }, "plan: version must be 1, received 2"],
  [{ ...good, changes: {} }, "plan: changes must be a list, received {}"],
  [{ ...good, account: 5 }, "plan: account must be a string, received 5"],
  [{ ...good, limits: null }, "plan: limits must have protect, received null"],
  [{ ...good, limits: undefined }, "plan: limits must have protect, received undefined"],
  [{ ...good, limits: "10%" }, 'plan: limits must have protect, received "10%"'],
  [{ ...good, limits: { protect: "a" } }, 'plan: limits must have protect, received {"protect":"a"}'],
  [
    { ...good, limits: Object.assign(() => {}, { protect: [] }) },
    "plan: limits must have protect, received a function",
  ],
  [{ ...good, changes: [null] }, "plan: changes have an unknown kind: undefined"],
  [{ ...good, changes: [...good.changes, undefined] }, "plan: changes have an unknown kind: undefined"],
  [{ ...good, changes: [{ kind: "rename" }] }, 'plan: changes have an unknown kind: "rename"'],
])("%j is no plan", (plan, message) => {
  const error = thrownBy(plan);
  expect(error).toBeInstanceOf(ValidationError);
  expect((error as Error).message).toBe(message);
});

test("limits that a plan cannot have are named", () => {
  const error = thrownBy({ ...good, limits: { ...good.limits, maxRemovals: -1 } });
  expect(error).toBeInstanceOf(ValidationError);
  expect((error as Error).message).toMatch(/^plan\.limits: maxRemovals must/);
});

const admin = { status: "active", name: "root", role: "admin", isDeveloper: false };
const limits = (more: object) => ({ limits: { ...good.limits, ...more } });

test.each<[plan: Plan, reason: string, message: string]>([
  [
    { ...good, notes: ["more"] },
    "edited",
    "The plan was changed after it was made (its digest differs). Make a new plan.",
  ],
  [
    planOf([change("delete", "ada"), change("delete", "bob"), change("update", "cy")], {
      baseUrl: "https://other.example.com",
    }),
    "base_url",
    `The plan was made for https://other.example.com, but this client uses ${BASE_URL}.`,
  ],
  [
    planOf([change("delete", "ada")], limits({ protect: ["Ada@example.com"] })),
    "protected",
    "The plan removes ada@example.com, who is protected.",
  ],
  [
    planOf([change("delete", "root", { seen: admin })]),
    "protected",
    "The plan removes root@example.com, an account admin, without removeAdmins.",
  ],
])("a plan that is refused: %#", (plan, reason, message) => {
  const error = thrownBy(plan);
  expect(error).toBeInstanceOf(PlanRefusedError);
  expect(error).toMatchObject({ reason, message, counts: { removals: removalsOf(plan.changes).length } });
});

test("who is protected may be changed, and an admin may be removed where the plan was made so", () => {
  expect(check(planOf([change("update", "ada")], limits({ protect: ["*@example.com"] })))).toBeUndefined();
  const removal = change("delete", "root", { seen: admin });
  expect(check(planOf([removal], limits({ removeAdmins: true })))).toBeUndefined();
  const { seen: _, ...blind } = change("delete", "root");
  expect(check(planOf([blind]))).toBeUndefined();
});

test("the changes that send requests, and those that remove people", () => {
  const kinds = ["create", "renew", "update", "ensure_member", "remove_member", "delete"] as const;
  const others = ["unchanged", "unchangeable", "pending"] as const;
  const changes = [...kinds, ...others].map((kind): Change => change(kind, "ada"));
  expect(writesOf(planOf(changes)).map(({ kind }) => kind)).toEqual(kinds);
  expect(removalsOf(changes).map(({ kind }) => kind)).toEqual(["delete"]);
});
