/** Whatever befalls a run, and wherever it is killed: what it says is so, and resumed it ends as it would have without. */
import {
  applyPlan,
  type ChangeResult,
  JournalError,
  type Plan,
  type PlanOptions,
  planRoster,
  type RosterRow,
  resumePlan,
} from "ax-users/roster";
import type { SeedUser } from "ax-users/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { IS_FULL_RUN } from "../helpers/full.ts";
import { type Fate, type Program, RosterWorld } from "./roster-world.ts";

const RUNS = IS_FULL_RUN ? 700 : 40;

const ORGANIZATIONS = ["Data Ops", "Sales"];

interface Scenario {
  users: SeedUser[];
  rows: RosterRow[];
  options: PlanOptions;
}

const email = fc.nat(11).map((number) => `u${number}@example.com`);
const roleName = fc.constantFrom("admin" as const, "member" as const, "annotator" as const);
const seedUser: fc.Arbitrary<SeedUser> = fc.record({
  email,
  name: fc.constantFrom("One", "Two"),
  status: fc.constantFrom("active", "active", "invited", "expired"),
  role: roleName.map((name) => ({ type: "predefined" as const, name })),
  isDeveloper: fc.boolean(),
});
const row: fc.Arbitrary<RosterRow> = fc.record({
  email,
  name: fc.constantFrom("One", "Two", "Three"),
  role: fc.constantFrom("", "member", "annotator"),
  invite_mode: fc.constantFrom("", "none", "temporary_password"),
  developer: fc.constantFrom("", true, false),
  organizations: fc.subarray(ORGANIZATIONS).map((names) => names.map((organization) => ({ organization }))),
  state: fc.constantFrom("present", "present", "absent"),
});
const byEmail = { selector: (one: { email: string }) => one.email, maxLength: 9 };

const scenario: fc.Arbitrary<Scenario> = fc.record({
  users: fc.uniqueArray(seedUser, { ...byEmail, minLength: 1 }),
  rows: fc.uniqueArray(row, { ...byEmail, minLength: 1 }),
  options: fc.record({
    renew: fc.boolean(),
    removeAbsent: fc.boolean(),
    removeAdmins: fc.boolean(),
    maxRemovals: fc.constant(100),
  }),
});

const startWorld = ({ users }: Scenario, nextFate?: () => Fate) =>
  new RosterWorld(
    users.map((user) => ({ id: `id of ${user.email}`, ...user })),
    ORGANIZATIONS,
    nextFate,
  );

/** Undefined where the scenario breaks a limit. */
async function planOf(world: RosterWorld, { rows, options }: Scenario): Promise<Plan | undefined> {
  const program = world.program();
  const plan = await program.run(planRoster(program.client, rows, options).catch(() => undefined));
  return plan === "killed" ? undefined : plan;
}

/** As the command does: apply, or resume where there is a journal. */
async function goOn(program: Program, plan: Plan): Promise<ChangeResult[] | "killed"> {
  const { client, journal, passwords } = program;
  const resumed = resumePlan(client, journal, { passwords }).catch((error) => {
    if (!(error instanceof JournalError)) throw error;
    return applyPlan(client, plan, { journal, passwords });
  });
  return program.run(resumed);
}

async function untilDone(world: RosterWorld, plan: Plan, kills: readonly number[]): Promise<ChangeResult[]> {
  for (const killAt of kills) await goOn(world.program(killAt), plan);
  const results = await goOn(world.program(), plan);
  if (results === "killed") throw new Error("killed without a reason");
  return results;
}

/** That what results say of an account is so, and that nothing happened that the plan does not have. */
function checkTruth(world: RosterWorld, plan: Plan, results: readonly ChangeResult[]): void {
  const all = world.users.all(() => true);
  const writes = plan.changes.filter(({ kind }) => !["unchanged", "unchangeable", "pending"].includes(kind));
  expect(results.map(({ id }) => id)).toEqual(writes.map(({ id }) => id));
  for (const [index, { status, userId, kind }] of results.entries()) {
    if (status !== "done" && status !== "unchanged") continue;
    const change = writes[index];
    const user = all.find((one) => one.email === change?.email);
    if (userId !== undefined) expect(userId).toBe(user?.id);
    const members =
      world.organizations.all().find(({ id }) => id === change?.organization?.id)?.members ?? [];
    const isMember = members.some((member) => member.userId === user?.id);
    if (kind === "delete") expect(user?.status).toBe("inactive");
    else if (kind === "remove_member") expect(isMember).toBe(false);
    else expect(user?.status).not.toBe("inactive");
    if (kind === "create" || kind === "renew") expect(["active", "invited"]).toContain(user?.status);
    if (kind === "ensure_member") expect(isMember).toBe(true);
    if (kind === "update") expect(user).toMatchObject(change?.to ?? {});
    if (kind === "create" && status === "done") expect(user?.name).toBe(change?.to?.name);
  }
  const mailed = world.users.mails.map(({ to }) => to);
  expect(mailed, "a mail is sent once").toEqual([...new Set(mailed)]);
  const deleted = all.filter((user) => user.status === "inactive").map(({ email: address }) => address);
  const planned = writes.filter(({ kind }) => kind === "delete").map(({ email: address }) => address);
  expect(planned, "who was deleted").toEqual(expect.arrayContaining(deleted));
  const givesPassword = results.filter(
    ({ status, kind }, index) =>
      status === "done" &&
      (kind === "create" || kind === "renew") &&
      writes[index]?.to?.inviteMode === "temporary_password",
  );
  for (const { userId, passwordLost } of givesPassword) {
    const isKept = world.passwords.some((password) => password.userId === userId);
    expect(isKept, "a password is kept, or reported as lost").toBe(!passwordLost);
  }
  expect(world.journal).not.toMatch(/temporaryPassword|secret-key/);
}

/** Whether somebody is a member, only the attempt to remove them tells. */
function expectAllDone(results: readonly ChangeResult[]): void {
  for (const { kind, status } of results) {
    expect(kind === "remove_member" ? ["done", "unchanged"] : ["done"]).toContain(status);
  }
}

test("a run without faults does all, and what it did is planned no more", async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (given) => {
      const world = startWorld(given);
      const plan = await planOf(world, given);
      if (!plan) return;
      const results = await untilDone(world, plan, []);
      expectAllDone(results);
      checkTruth(world, plan, results);
      const again = await planOf(world, given);
      // The last active admin is kept, until the run has made another one.
      const kept = plan.changes.flatMap(({ kind, note, email }) =>
        kind === "unchanged" && note ? [email] : [],
      );
      const writes = again?.changes.filter(
        ({ kind, email }) =>
          ["create", "renew", "update"].includes(kind) || (kind === "delete" && !kept.includes(email)),
      );
      expect(writes ?? []).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test("killed at any writes and resumed, a run ends as one that was not", async () => {
  await fc.assert(
    fc.asyncProperty(
      scenario,
      fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 4 }),
      async (given, kills) => {
        const undisturbed = startWorld(given);
        const plan = await planOf(undisturbed, given);
        if (!plan) return;
        await untilDone(undisturbed, plan, []);
        const world = startWorld(given);
        const results = await untilDone(world, plan, kills);
        expectAllDone(results);
        checkTruth(world, plan, results);
        expect(world.state()).toEqual(undisturbed.state());
      },
    ),
    { numRuns: RUNS },
  );
});

const EVERYTHING: Scenario = {
  users: [
    { email: "root@example.com", role: { type: "predefined", name: "admin" } },
    { email: "a@example.com", name: "A" },
    { email: "b@example.com" },
    { email: "c@example.com", status: "expired" },
    { email: "d@example.com", status: "expired" },
  ],
  rows: [
    { email: "a@example.com", name: "Another", organization: "Sales", developer: false },
    { email: "b@example.com", state: "absent" },
    { email: "c@example.com", name: "C", organization: "Sales" },
    { email: "d@example.com", name: "D", invite_mode: "temporary_password" },
    { email: "e@example.com", name: "E", organization: "Data Ops" },
    { email: "f@example.com", name: "F", invite_mode: "temporary_password" },
  ],
  options: { renew: true },
};

test("killed at each write in turn, before it, in its midst and after it", async () => {
  const undisturbed = startWorld(EVERYTHING);
  const plan = await planOf(undisturbed, EVERYTHING);
  if (!plan) throw new Error("there is no plan");
  await untilDone(undisturbed, plan, []);
  let kills = 0;
  for (let killAt = 1; ; killAt += 1) {
    const world = startWorld(EVERYTHING);
    const first = await goOn(world.program(killAt), plan);
    if (first !== "killed") break;
    kills += 1;
    const results = await untilDone(world, plan, []);
    expectAllDone(results);
    checkTruth(world, plan, results);
    expect(world.state(), `killed at ${killAt}`).toEqual(undisturbed.state());
  }
  // A plan, ten changes with intent, request and result each, and two passwords.
  expect(kills).toBe(3 * (1 + 3 * plan.changes.filter(({ kind }) => kind !== "unchanged").length + 2));
});

const FATES: Fate[] = ["fine", "lost before", "lost after", "500 before", "500 after", "429"];

test("with faults and kills, what is said of each change is so", async () => {
  const faulty = fc.record({
    fates: fc.array(fc.constantFrom("fine" as Fate, "fine" as Fate, ...FATES, "401" as Fate), {
      maxLength: 60,
    }),
    kills: fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(scenario, faulty, async (given, { fates, kills }) => {
      const plan = await planOf(startWorld(given), given);
      if (!plan) return;
      let count = 0;
      const world = startWorld(given, () => fates[count++] ?? "fine");
      for (const killAt of [...kills, Number.POSITIVE_INFINITY]) {
        // The account cannot be read, or the key is refused: nothing was sent, and the next attempt goes on.
        await goOn(world.program(killAt), plan).catch(() => "refused");
      }
      count = fates.length;
      const results = await untilDone(world, plan, []);
      checkTruth(world, plan, results);
      for (const { status, outcome } of results) {
        if (status === "failed") expect(outcome).toBe("not_applied");
        if (status === "unknown") expect(outcome).toBe("unknown");
      }
    }),
    { numRuns: RUNS },
  );
});
