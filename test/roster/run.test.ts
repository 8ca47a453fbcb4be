/** What the result of a change says, to the letter. */
import { getEventListeners } from "node:events";
import {
  applyPlan,
  type ChangeResult,
  type JournalEntry,
  memoryJournal,
  openPlan,
  type PlanOptions,
  planRoster,
  type RosterRow,
  resumePlan,
} from "ax-users/roster";
import type { SeedUser } from "ax-users/testing";
import { expect, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { NEW, openSeeded, role, USERS } from "./seeded-account.ts";

const ABSENT_BOB: RosterRow = { email: "bob@example.com", state: "absent" };
const LEAVES_OPS: RosterRow = { ...ABSENT_BOB, organization: "Ops" };

async function openRoster(rows: RosterRow[], options?: PlanOptions, maxRetries = 0) {
  const organizations = [{ id: "org1", name: "Ops", members: [{ userId: "bob" }] }];
  const { client: first, sandbox } = await openAccount({ users: USERS, organizations });
  const client = first.withOptions({ maxRetries });
  const plan = await planRoster(client, rows, options);
  const before = sandbox.requests.length;
  const requests = () => sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  return { client, sandbox, plan, requests };
}

const intent = (id: string): JournalEntry => ({ type: "intent", id, at: "2026-01-01T00:00:00Z" });

/** A result without what differs from run to run. */
const told = ({ id: _, requestId, ...result }: ChangeResult) => ({
  ...result,
  ...(requestId !== undefined && { requestId: "its own" }),
});

const requestId = "its own";
const create = { kind: "create", email: NEW.email };

test("somebody else has created the person since the plan: unchanged", async () => {
  const { client, plan } = await openRoster([NEW]);
  const { id } = await client.users.create({ ...NEW, role, inviteMode: "none" });
  expect((await applyPlan(client, plan)).map(told)).toStrictEqual([
    { ...create, requestId, status: "unchanged", outcome: "existing", userId: id },
  ]);
});

test("somebody else has created the person since the intent: this plan may have done it", async () => {
  const { client, plan, sandbox, requests } = await openRoster([NEW]);
  const { id } = await client.users.create({ ...NEW, role, inviteMode: "none" });
  const journal = memoryJournal([{ type: "plan", plan }, intent(plan.changes[0]?.id ?? "")]);
  expect((await resumePlan(client, journal)).map(told)).toStrictEqual([
    { ...create, status: "done", outcome: "recovered", userId: id },
  ]);
  expect(requests().filter((one) => one.startsWith("POST"))).toHaveLength(1);
  expect(sandbox.mails).toEqual([]);
});

test("a person who is created is done, and her membership too", async () => {
  const { client, plan } = await openRoster([{ ...NEW, organization: "Ops" }]);
  const [person, member] = (await applyPlan(client, plan)).map(told);
  expect(person).toStrictEqual({
    ...{ ...create, requestId, status: "done", outcome: "created", userId: expect.any(String) },
  });
  expect(member).toStrictEqual({
    ...{ kind: "ensure_member", email: NEW.email, requestId, status: "done", userId: person?.userId },
  });
});

const passwordRow = { ...NEW, invite_mode: "temporary_password" };

test.each([
  ["does not have it", { add: () => Promise.resolve(), has: async () => false }, { passwordLost: true }],
  ["has it", { add: () => Promise.resolve(), has: async () => true }, {}],
  [
    "cannot say",
    { add: () => Promise.resolve(), has: () => Promise.reject(new Error("no")) },
    { passwordLost: true },
  ],
  ["is not asked", { add: () => Promise.resolve() }, { passwordLost: true }],
])(
  "a password that was given before a crash is lost, unless its store has it: it %s",
  async (_, passwords, lost) => {
    const { client, plan } = await openRoster([passwordRow]);
    const journal = memoryJournal();
    const [{ userId } = { userId: undefined }] = await applyPlan(client, plan, {
      journal,
      passwords: () => {},
    });
    const cut = memoryJournal(journal.entries.slice(0, 2));
    expect((await resumePlan(client, cut, { passwords })).map(told)).toStrictEqual([
      { ...create, status: "done", outcome: "recovered", userId, ...lost },
    ]);
  },
);

test("a password that cannot be stored ends the run", async () => {
  const { client, plan, requests } = await openRoster([
    passwordRow,
    { email: "ada@example.com", name: "Ada K" },
  ]);
  const closed = new Error("the vault is closed");
  const results = await applyPlan(client, plan, { passwords: () => Promise.reject(closed) });
  expect(results.map(told)).toStrictEqual([
    {
      ...{ ...create, requestId, status: "done", outcome: "created", userId: expect.any(String) },
      ...{ passwordLost: true, error: closed },
    },
    { kind: "update", email: "ada@example.com", userId: "ada", status: "not_attempted", error: closed },
  ]);
  expect(requests().filter((one) => one.startsWith("PATCH"))).toEqual([]);
});

const gone = { kind: "delete", email: "bob@example.com", userId: "bob" };
const left = { ...gone, kind: "remove_member" };

test.each<[row: RosterRow, of: object, fault: object]>([
  [ABSENT_BOB, gone, { method: "DELETE", path: "/v2/users/bob" }],
  [LEAVES_OPS, left, { method: "DELETE", path: "/v2/organizations/org1/users/bob" }],
])("a 404 for %j: unchanged, or this plan's own work where an intent is open", async (row, of, fault) => {
  const absent = { status: 404, body: { type: "about:blank", title: "Not found", status: 404 } };
  const { client, plan, sandbox } = await openRoster([row]);
  sandbox.fail({ ...fault, ...absent });
  expect((await applyPlan(client, plan)).map(told)).toStrictEqual([
    { ...of, requestId, status: "unchanged" },
  ]);
  sandbox.fail({ ...fault, ...absent });
  const journal = memoryJournal([{ type: "plan", plan }, intent(plan.changes[0]?.id ?? "")]);
  expect((await resumePlan(client, journal)).map(told)).toStrictEqual([
    { ...of, requestId, status: "done", outcome: "recovered" },
  ]);
});

test.each<[row: RosterRow, of: object]>([
  [LEAVES_OPS, left],
  [
    { email: "ada@example.com", organization: "Ops" },
    { kind: "ensure_member", email: "ada@example.com", userId: "ada" },
  ],
])("a lost response about a membership stays unknown: %j", async (row, of) => {
  const { client, plan, sandbox, requests } = await openRoster([row]);
  sandbox.fail({ path: "/v2/organizations/org1/users*", when: "after", socket: "drop", times: 9 });
  for (const method of ["POST", "DELETE"]) sandbox.fail({ method, when: "after", socket: "drop", times: 9 });
  const results = await applyPlan(client, plan);
  expect(results.map(told)).toStrictEqual([
    {
      ...of,
      status: "unknown",
      outcome: "unknown",
      error: expect.objectContaining({ name: "ConnectionError" }),
    },
  ]);
  expect(requests().filter((one) => one.startsWith("GET"))).toHaveLength(1);
});

test("an update that may have been sent, of somebody who is another by now, is unknown", async () => {
  const { client, plan } = await openRoster([{ email: "ada@example.com", name: "Ada King" }]);
  await client.users.update({ userId: "ada", name: "Lady" });
  const journal = memoryJournal([{ type: "plan", plan }, intent(plan.changes[0]?.id ?? "")]);
  const error = { name: "StaleError", message: "the name is Lady, the plan saw Ada" };
  const update = { kind: "update", email: "ada@example.com", userId: "ada" };
  expect((await resumePlan(client, journal)).map(told)).toStrictEqual([
    { ...update, status: "unknown", outcome: "unknown", error },
  ]);
  expect((await applyPlan(client, plan)).map(told)).toStrictEqual([{ ...update, status: "stale", error }]);
});

test("a deletion that may have been sent, of somebody who is there, was not applied", async () => {
  const { client, plan } = await openRoster([ABSENT_BOB]);
  await client.users.update({ userId: "bob", name: "Robert" });
  const journal = memoryJournal([{ type: "plan", plan }, intent(plan.changes[0]?.id ?? "")]);
  expect((await resumePlan(client, journal)).map(told)).toStrictEqual([
    {
      ...gone,
      status: "stale",
      error: { name: "StaleError", message: "the name is Robert, the plan saw Bob" },
    },
  ]);
});

test("a person who cannot be read is not changed", async () => {
  const users = Array.from({ length: 150 }, (_, index): SeedUser => ({ email: `u${index}@example.com` }));
  const { client: first, sandbox } = await openAccount({ users: [...USERS, ...users] });
  const client = first.withOptions({ maxRetries: 0 });
  const plan = await planRoster(client, [{ email: "ada@example.com", name: "Ada King" }]);
  sandbox.fail({ method: "GET", path: "/v2/users/ada", status: 500 });
  const journal = memoryJournal();
  const update = { kind: "update", email: "ada@example.com" };
  const failed = { requestId, error: expect.objectContaining({ status: 500 }) };
  expect((await applyPlan(client, plan, { journal })).map(told)).toStrictEqual([
    { ...update, userId: "ada", status: "failed", outcome: "not_applied", ...failed },
  ]);
  expect(journal.entries.map(({ type }) => type)).toEqual(["plan", "result"]);
  sandbox.fail({ method: "GET", path: "/v2/users/ada", status: 500 });
  const open = memoryJournal([{ type: "plan", plan }, intent(plan.changes[0]?.id ?? "")]);
  expect((await resumePlan(client, open)).map(told)).toStrictEqual([
    { ...update, userId: "ada", status: "unknown", outcome: "unknown", ...failed },
  ]);
});

test("where people cannot be read again between two kinds of change, the run ends", async () => {
  const { client, plan, sandbox, requests } = await openRoster([
    { email: "ada@example.com", name: "Ada K" },
    ABSENT_BOB,
  ]);
  sandbox.fail({ method: "GET", path: "/v2/users", skip: 1, status: 500 });
  const results = await applyPlan(client, plan);
  expect(results.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    "update done",
    "delete not_attempted",
  ]);
  expect(results[1]?.error).toMatchObject({ status: 500 });
  expect(requests()).toEqual(["GET /v2/users", "PATCH /v2/users/ada", "GET /v2/users"]);
});

test("newcomers are not read again", async () => {
  const { client, plan, requests } = await openRoster([{ ...NEW, organization: "Ops" }]);
  await applyPlan(client, plan);
  expect(requests()).toEqual(["GET /v2/users", "POST /v2/users", "POST /v2/organizations/org1/users"]);
});

test("a signal that is aborted before one change begins is its error, and keeps no listener", async () => {
  const { client, plan, requests } = await openRoster([ABSENT_BOB]);
  const { changes, applyChange } = await openPlan(client, plan);
  const sent = requests();
  const reason = new Error("enough");
  const id = changes[0]?.id ?? "";
  const signal = AbortSignal.abort(reason);
  expect(told(await applyChange(id, { journal: memoryJournal(), signal }))).toStrictEqual({
    ...{ ...gone, status: "not_attempted", error: reason },
  });
  expect(requests()).toEqual(sent);
  const controller = new AbortController();
  await applyChange(id, { journal: memoryJournal(), signal: controller.signal });
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

/** An account whose server refuses `isDeveloper` on create, so that an update has to follow. */
async function openDeveloper(row: RosterRow = { ...NEW, developer: "false" }, options?: PlanOptions) {
  const users = USERS.map((user) => ({ ...user, isDeveloper: true }));
  const { client, sandbox } = await openSeeded({ users, dialect: "current" }, 0);
  const plan = await planRoster(client, [row], options);
  const isDeveloper = () => sandbox.users().find(({ email }) => email === row.email)?.isDeveloper;
  return { client, sandbox, plan, isDeveloper };
}

const forbidden = { method: "PATCH", status: 403, body: { title: "Access forbidden", status: 403 } };

test.each([
  ["create", { ...NEW, developer: "false" }, {}],
  ["renew", { email: "eve@example.com", name: "Eve", developer: "false" }, { renew: true }],
])(
  "%s: a person without the isDeveloper of the plan is not done, until a resumed run sets it",
  async (_, row, options) => {
    const { client, sandbox, plan, isDeveloper } = await openDeveloper(row, options);
    const fault = sandbox.fail({ ...forbidden, times: 9 });
    const journal = memoryJournal();
    const [result] = await applyPlan(client, plan, { journal });
    expect(result).toMatchObject({ status: "unknown", outcome: "unknown" });
    expect(result?.error?.message).toContain("created without isDeveloper: false");
    expect((await resumePlan(client, journal))[0]).toMatchObject({
      ...{ status: "unknown", outcome: "unknown", userId: expect.any(String), requestId: expect.any(String) },
      error: { status: 403 },
    });
    expect(isDeveloper()).toBe(true);
    fault.remove();
    const mails = sandbox.mails.length;
    const resumed = await resumePlan(client, journal);
    expect(resumed.map(told)).toMatchObject([{ status: "done", outcome: "recovered" }]);
    expect(isDeveloper()).toBe(false);
    expect(sandbox.mails).toHaveLength(mails);
    expect(journal.entries.map(({ type }) => type)).toEqual([
      ...["plan", "intent", "result", "intent", "result", "intent", "result"],
    ]);
  },
);

test("killed between a create and the update of isDeveloper, a resumed run ends as an uninterrupted one", async () => {
  const { client, sandbox, plan, isDeveloper } = await openDeveloper();
  const journal = memoryJournal();
  sandbox.fail({ ...forbidden });
  await applyPlan(client, plan, { journal });
  const cut = memoryJournal(journal.entries.slice(0, 2));
  expect((await resumePlan(client, cut)).map(told)).toMatchObject([{ status: "done", outcome: "recovered" }]);
  expect(isDeveloper()).toBe(false);
  expect(sandbox.requests.filter(({ method }) => method === "POST")).toHaveLength(2);
});

test("a 401 to the update of isDeveloper ends the run, and the next one tries again", async () => {
  const { client, sandbox, plan, isDeveloper } = await openDeveloper();
  const journal = memoryJournal();
  sandbox.fail({ ...forbidden });
  await applyPlan(client, plan, { journal });
  sandbox.fail({ method: "PATCH", status: 401, body: { title: "Authentication required", status: 401 } });
  expect((await resumePlan(client, journal))[0]).toMatchObject({
    ...{ status: "unknown", error: { name: "AuthenticationError" } },
  });
  expect((await resumePlan(client, journal))[0]?.status).toBe("done");
  expect(isDeveloper()).toBe(false);
});

test("without an intent in the journal, isDeveloper is not updated", async () => {
  const { client, sandbox, plan, isDeveloper } = await openDeveloper();
  const first = memoryJournal();
  sandbox.fail({ ...forbidden });
  await applyPlan(client, plan, { journal: first });
  const full = new Error("no space");
  const journal = { ...memoryJournal(first.entries), append: () => Promise.reject(full) };
  expect((await resumePlan(client, journal))[0]).toMatchObject({ status: "unknown", error: full });
  expect(isDeveloper()).toBe(true);
});

test("a person who was invited again by somebody else keeps isDeveloper", async () => {
  const row = { email: "eve@example.com", name: "Eve", developer: "false" };
  const { client, plan, isDeveloper } = await openDeveloper(row, { renew: true });
  await client.users.create({
    name: "Eve",
    email: "eve@example.com",
    role,
    inviteMode: "none",
    isDeveloper: true,
  });
  expect((await applyPlan(client, plan)).map(({ status }) => status)).toEqual(["unchanged"]);
  expect(isDeveloper()).toBe(true);
});

test("a person whom the list does not show yet: her password is asked for where it may be", async () => {
  const { client, plan, sandbox } = await openRoster([passwordRow]);
  const journal = memoryJournal();
  const given: string[] = [];
  const passwords = {
    add: ({ userId }: { userId: string }) => void given.push(userId),
    has: async (userId: string) => given.includes(userId),
  };
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const before = await (await fetch(`${sandbox.baseUrl}/v2/users?limit=100`, { headers })).json();
  await applyPlan(client, plan, { journal, passwords });
  const cut = memoryJournal(journal.entries.slice(0, 2));
  sandbox.fail({ method: "GET", path: "/v2/users", times: 9, status: 200, body: before });
  const [result] = await resumePlan(client, cut, { passwords });
  expect(result).toMatchObject({ status: "done", outcome: "recovered", userId: given[0] });
  expect(result).not.toHaveProperty("passwordLost");
});
