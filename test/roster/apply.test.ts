import { ArizeClient } from "ax-users";
import {
  type ApplyProgress,
  applyPlan,
  type ChangeResult,
  memoryJournal,
  openPlan,
  type Plan,
  type PlanOptions,
  PlanRefusedError,
  planRoster,
  type RosterRow,
  readJournal,
  resumePlan,
  summarizeResults,
  type TemporaryPassword,
} from "ax-users/roster";
import type { SeedUser } from "ax-users/testing";
import { expect, test } from "vitest";
import { planDigest } from "../../src/roster/plan/digest.ts";
import { openAccount, openSandbox } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";

const role = (name: "admin" | "member" | "annotator") => ({ type: "predefined" as const, name });

const USERS: SeedUser[] = [
  { id: "root", email: "root@example.com", name: "Root", role: role("admin") },
  { id: "ada", email: "ada@example.com", name: "Ada", role: role("member") },
  { id: "bob", email: "bob@example.com", name: "Bob", role: role("member") },
  { id: "kat", email: "kat@example.com", name: "Kat", role: role("member"), status: "invited" },
  { id: "eve", email: "eve@example.com", name: "Eve", role: role("member"), status: "expired" },
];

async function openRoster(rows: RosterRow[], options?: PlanOptions, users: SeedUser[] = USERS) {
  const organizations = [
    {
      id: "org1",
      name: "Data Ops",
      members: users.some(({ id }) => id === "ada") ? [{ userId: "ada" }] : [],
    },
  ];
  const { client, sandbox } = await openAccount({ users, organizations });
  const plan = await planRoster(client, rows, options);
  const before = sandbox.requests.length;
  return {
    client,
    sandbox,
    plan,
    /** The requests since the plan that were no reads. */
    writes: () =>
      sandbox.requests
        .slice(before)
        .filter(({ method }) => method !== "GET")
        .map(({ method, path }) => `${method} ${path}`),
    reads: () => sandbox.requests.slice(before).filter(({ method }) => method === "GET").length,
  };
}

const statuses = (results: readonly ChangeResult[]) =>
  results.map(({ kind, email, status }) => `${kind} ${email} ${status}`);

const ABSENT_BOB: RosterRow = { email: "bob@example.com", state: "absent" };

test("everything a plan has is done, in its order", async () => {
  const { client, sandbox, plan, writes } = await openRoster(
    [
      ABSENT_BOB,
      { email: "ada@example.com", name: "Ada King", organization: "Data Ops", state: "present" },
      { email: "new@example.com", name: "New", invite_mode: "none", organization: "Data Ops" },
      { email: "eve@example.com", name: "Eva", organization: "org1", organization_role: "read-only" },
      { email: "kat@example.com", organization: "Data Ops", state: "absent" },
    ],
    { renew: true },
  );
  const progress: ApplyProgress[] = [];
  const seen: ChangeResult[] = [];
  const results = await applyPlan(client, plan, {
    onProgress: (one) => {
      progress.push(one);
      throw new Error("of the caller");
    },
    onResult: (one) => void seen.push(one),
  });
  expect(statuses(results)).toEqual([
    "create new@example.com done",
    "renew eve@example.com done",
    "update ada@example.com done",
    "ensure_member ada@example.com done",
    "ensure_member new@example.com done",
    "ensure_member eve@example.com done",
    "remove_member kat@example.com unchanged",
    "delete bob@example.com done",
  ]);
  const newId = sandbox.users().find(({ email }) => email === "new@example.com")?.id;
  expect(results[0]).toMatchObject({ userId: newId, outcome: "created" });
  expect(results[4]).toMatchObject({ userId: newId });
  expect(writes().slice(-2)).toEqual(["DELETE /v2/organizations/org1/users/kat", "DELETE /v2/users/bob"]);
  const [dataOps] = sandbox.organizations();
  expect(
    dataOps?.members.map(({ userId, role: given }) => [userId, given.type === "predefined" && given.name]),
  ).toEqual(
    expect.arrayContaining([
      ["ada", "member"],
      [newId, "member"],
      ["eve", "read-only"],
    ]),
  );
  expect(sandbox.users().find(({ id }) => id === "eve")).toMatchObject({ name: "Eva", status: "invited" });
  expect(sandbox.mails).toEqual([{ to: "eve@example.com", userId: "eve", kind: "invitation" }]);
  expect(summarizeResults(results)).toEqual({
    done: 7,
    unchanged: 1,
    failed: 0,
    unknown: 0,
    stale: 0,
    notAttempted: 0,
  });
  expect(progress.at(-1)).toEqual({ ...summarizeResults(results), total: 8, settled: 8 });
  expect(seen).toHaveLength(8);
});

test.each<[what: string, change: (client: ArizeClient) => Promise<unknown>, message: RegExp]>([
  [
    "another name",
    (client) => client.users.update({ userId: "bob", name: "Robert" }),
    /the name is Robert, the plan saw Bob/,
  ],
])("somebody with %s is stale, and nothing is sent", async (_, change, message) => {
  const { client, plan, sandbox, writes } = await openRoster([
    ABSENT_BOB,
    { email: "ada@example.com", name: "Ada King" },
  ]);
  await change(client);
  const before = writes().length;
  const results = await applyPlan(client, plan);
  expect(statuses(results)).toEqual(["update ada@example.com done", "delete bob@example.com stale"]);
  expect(results[1]?.error?.message).toMatch(message);
  expect(writes().slice(before)).toEqual(["PATCH /v2/users/ada"]);
  expect(sandbox.removedUsers()).toEqual([]);
});

test("people are read again before each kind of change: somebody may have changed meanwhile", async () => {
  const {
    client: outsider,
    plan,
    sandbox,
  } = await openRoster([
    ABSENT_BOB,
    { email: "kat@example.com", state: "absent" },
    { email: "ada@example.com", name: "Ada King" },
  ]);
  const fetchAndRename: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method === "PATCH") await outsider.users.update({ userId: "bob", name: "Robert" });
    return response;
  };
  const client = new ArizeClient({
    baseUrl: sandbox.baseUrl,
    apiKey: sandbox.apiKey,
    prereleaseWarnings: false,
    fetch: fetchAndRename,
  });
  expect(statuses(await applyPlan(client, plan))).toEqual([
    "update ada@example.com done",
    "delete bob@example.com stale",
    "delete kat@example.com done",
  ]);
  expect(sandbox.removedUsers().map(({ id }) => id)).toEqual(["kat"]);
});

/** The plan as it would be, had it seen somebody else; its digest is right. */
async function planThatSaw(
  client: ArizeClient,
  rows: RosterRow[],
  seen: Record<string, unknown>,
): Promise<Plan> {
  const plan = await planRoster(client, rows);
  const changes = plan.changes.map((change) => {
    const { email = change.email, userId, ...rest } = seen;
    return {
      ...change,
      email: String(email),
      ...(change.userId !== undefined && { userId: String(userId ?? change.userId) }),
      ...(change.seen && { seen: { ...change.seen, ...rest } }),
    };
  });
  return { ...plan, changes, digest: planDigest({ ...plan, changes }) };
}

const ACTIONS: [kind: string, row: RosterRow][] = [
  ["update", { email: "bob@example.com", name: "Robert" }],
  ["ensure_member", { email: "bob@example.com", organization: "Data Ops" }],
  ["remove_member", { email: "bob@example.com", organization: "Data Ops", state: "absent" }],
  ["delete", ABSENT_BOB],
];
const CHANGED: [what: string, seen: Record<string, unknown>][] = [
  ["status", { status: "invited" }],
  ["role", { role: "annotator" }],
  ["name", { name: "Bobby" }],
  ["address", { email: "bobby@example.com" }],
  ["ID", { userId: "ada" }],
];

test.each(ACTIONS.flatMap(([kind, row]) => CHANGED.map(([what, seen]) => ({ kind, row, what, seen }))))(
  "$kind of somebody with another $what is stale, and nothing is sent",
  async ({ kind, row, seen }) => {
    const { client, writes } = await openRoster([]);
    const results = await applyPlan(client, await planThatSaw(client, [row], seen));
    expect(results).toMatchObject([{ kind, status: "stale", error: { name: "StaleError" } }]);
    expect(writes()).toEqual([]);
  },
);

test("what is in place already is unchanged, and nothing is sent", async () => {
  const { client, plan, sandbox, writes } = await openRoster(
    [
      ABSENT_BOB,
      { email: "ada@example.com", name: "Ada King" },
      { email: "eve@example.com", name: "Eve" },
      { email: "new@example.com", name: "New" },
    ],
    { renew: true },
  );
  const member = { role: role("member"), inviteMode: "none" as const };
  await client.users.delete({ userId: "bob" });
  await client.users.update({ userId: "ada", name: "Ada King" });
  await client.users.create({ name: "Eve", email: "eve@example.com", ...member });
  await client.users.create({ name: "Somebody", email: "new@example.com", ...member });
  const before = writes().length;
  const results = await applyPlan(client, plan);
  expect(statuses(results)).toEqual([
    "renew eve@example.com unchanged",
    "create new@example.com unchanged",
    "update ada@example.com unchanged",
    "delete bob@example.com unchanged",
  ]);
  expect(writes().slice(before)).toEqual(["POST /v2/users"]);
  expect(sandbox.users().find(({ email }) => email === "new@example.com")?.name).toBe("Somebody");
});

async function refusedWith(promise: Promise<unknown>): Promise<PlanRefusedError> {
  const error = await rejection(promise);
  if (!(error instanceof PlanRefusedError)) throw error;
  return error;
}

test("a plan of another address, of another account, or that was edited, is refused whole", async () => {
  const rows: RosterRow[] = [ABSENT_BOB, { email: "new@example.com", name: "New" }];
  const { client, plan, writes } = await openRoster(rows);
  const { client: other, writes: otherWrites } = await openRoster(
    [],
    {},
    USERS.map((user) => ({ ...user, id: `other ${user.id}` })),
  );
  expect(await refusedWith(applyPlan(other, plan))).toMatchObject({ reason: "base_url" });
  const moved = { ...plan, baseUrl: other.baseUrl };
  const forged = { ...moved, digest: planDigest(moved) };
  expect(await refusedWith(applyPlan(other, forged))).toMatchObject({ reason: "account" });
  expect(otherWrites()).toEqual([]);
  const edits: ((plan: Plan) => void)[] = [
    (copy) => copy.changes.pop(),
    (copy) => Object.assign(copy.changes[0] ?? {}, { email: "mallory@example.com" }),
    (copy) => Object.assign(copy.limits, { maxRemovals: 1000 }),
    (copy) => Object.assign(copy.counts, { delete: 0 }),
    (copy) => Object.assign(copy, { account: "" }),
    (copy) => Object.assign(copy, { more: true }),
  ];
  for (const edit of edits) {
    const copy = structuredClone(plan);
    edit(copy);
    expect(await refusedWith(applyPlan(client, copy))).toMatchObject({ reason: "edited" });
  }
  expect(writes()).toEqual([]);
  const reordered = JSON.parse(JSON.stringify(plan, Object.keys(plan).reverse().concat(keysOf(plan))));
  expect((await applyPlan(client, reordered)).map(({ status }) => status)).toEqual(["done", "done"]);
});

/** Every name of a member anywhere in a value. */
const keysOf = (value: unknown): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)])
    : [];

test("the account is recognised also when its oldest users are gone, the plan's own removals among them", async () => {
  const users = Array.from(
    { length: 12 },
    (_, index): SeedUser => ({ id: `u${index}`, email: `u${index}@example.com` }),
  );
  const rows = users.slice(0, 5).map(({ email }): RosterRow => ({ email, state: "absent" }));
  const { client, plan } = await openRoster(rows, { maxRemovals: 5 }, [...users, ...USERS]);
  await client.users.delete({ userId: "u5" });
  const journal = memoryJournal();
  const results = await applyPlan(client, plan, { journal });
  expect(summarizeResults(results).done).toBe(5);
  expect(summarizeResults(await resumePlan(client, journal)).done).toBe(5);
});

test("no plan at all is a ValidationError", async () => {
  const { client, plan } = await openRoster([]);
  const wrong = { ...plan, version: 2 } as unknown as Plan;
  expect(String(await rejection(applyPlan(client, wrong)))).toMatch(/plan: version must be 1, received 2/);
  expect(String(await rejection(applyPlan(client, [] as unknown as Plan)))).toMatch(
    /plan: version must be 1/,
  );
});

test("the limit on removals is checked again, over those that are not stale", async () => {
  const many = Array.from(
    { length: 60 },
    (_, index): SeedUser => ({ id: `m${index}`, email: `m${index}@example.com`, role: role("member") }),
  );
  const rows = many.slice(0, 6).map(({ email }): RosterRow => ({ email, state: "absent" }));
  const { client, plan, writes } = await openRoster(rows, {}, [...many, ...USERS]);
  expect(plan.limits.maxRemovals).toBe("10%");
  // Of 59 people the limit is 5.
  for (let index = 10; index < 16; index += 1) await client.users.delete({ userId: `m${index}` });
  const before = writes().length;
  const error = await refusedWith(applyPlan(client, plan));
  expect(error).toMatchObject({
    reason: "max_removals",
    counts: { removals: 6, people: 59, maxRemovals: 5 },
  });
  expect(writes().length).toBe(before);
  await client.users.update({ userId: "m0", name: "Somebody else" });
  expect(summarizeResults(await applyPlan(client, plan))).toMatchObject({ done: 5, stale: 1 });
});

test("the last active admin is not removed, also where the others have left since", async () => {
  const rows: RosterRow[] = [{ email: "a2@example.com", state: "absent" }];
  const admin = { id: "a2", email: "a2@example.com", name: "A2", role: role("admin") };
  const { client, plan, sandbox } = await openRoster(rows, { removeAdmins: true }, [...USERS, admin]);
  expect(plan.counts.delete).toBe(1);
  await client.users.delete({ userId: "root" });
  expect(await refusedWith(applyPlan(client, plan))).toMatchObject({ reason: "last_admin" });
  expect(sandbox.users().some(({ id }) => id === "a2")).toBe(true);
});

test("where the person cannot be created, the memberships are not attempted", async () => {
  const { client, plan, sandbox, writes } = await openRoster([
    { email: "new@example.com", name: "New", organization: "Data Ops" },
    { email: "ada@example.com", organization: "Data Ops" },
  ]);
  sandbox.fail({ method: "POST", path: "/v2/users", status: 400, body: { title: "No", status: 400 } });
  const journal = memoryJournal();
  const results = await applyPlan(client, plan, { journal });
  expect(statuses(results)).toEqual([
    "create new@example.com failed",
    "ensure_member new@example.com not_attempted",
    "ensure_member ada@example.com done",
  ]);
  expect(results[0]).toMatchObject({
    outcome: "not_applied",
    error: { name: "BadRequestError", status: 400 },
  });
  expect(results[0]?.requestId).toMatch(/^req_/);
  expect(writes()).toHaveLength(2);
  // A failure is final, unless it is to be repeated.
  expect(statuses(await resumePlan(client, journal))).toEqual(statuses(results));
  expect(writes()).toHaveLength(2);
  const again = await resumePlan(client, journal, { retryFailed: true });
  expect(summarizeResults(again)).toMatchObject({ done: 3 });
  expect(writes()).toHaveLength(4);
});

test("a 401 ends the run, and a resumed one goes on where it was", async () => {
  const rows = Array.from({ length: 30 }, (_, index) => ({
    email: `n${index}@example.com`,
    name: `N${index}`,
  }));
  const { plan, sandbox, writes } = await openRoster([
    ...rows,
    { email: "ada@example.com", name: "Ada King" },
  ]);
  let creates = 0;
  let isRevoked = true;
  const fetchRevoked: typeof fetch = async (input, init) => {
    if (init?.method === "POST") creates += 1;
    if (!isRevoked || creates <= 10) return fetch(input, init);
    return new Response(JSON.stringify({ title: "Authentication required", status: 401 }), { status: 401 });
  };
  const client = new ArizeClient({
    baseUrl: sandbox.baseUrl,
    apiKey: sandbox.apiKey,
    prereleaseWarnings: false,
    maxRetries: 0,
    fetch: fetchRevoked,
  });
  const journal = memoryJournal();
  const results = await applyPlan(client, plan, { journal });
  const { done, failed, notAttempted } = summarizeResults(results);
  expect(done).toBe(10);
  expect(creates).toBe(done + failed);
  expect(failed).toBeLessThanOrEqual(8);
  expect(done + failed + notAttempted).toBe(31);
  expect(results.at(-1)).toMatchObject({ status: "not_attempted", error: { name: "AuthenticationError" } });
  isRevoked = false;
  expect(summarizeResults(await resumePlan(client, journal)).done).toBe(31);
  expect(writes()).toHaveLength(31);
});

test("an aborted run awaits and records what it sent, and sends nothing more", async () => {
  const rows = Array.from({ length: 40 }, (_, index) => ({
    email: `n${index}@example.com`,
    name: `N${index}`,
  }));
  const { client, plan, sandbox, writes } = await openRoster(rows);
  const controller = new AbortController();
  const journal = memoryJournal();
  let settled = 0;
  const onResult = () => {
    settled += 1;
    if (settled === 5) controller.abort(new Error("enough"));
  };
  const results = await applyPlan(client, plan, { journal, signal: controller.signal, onResult });
  const { done, notAttempted } = summarizeResults(results);
  expect(done).toBe(writes().length);
  expect(done).toBeLessThan(20);
  expect(done + notAttempted).toBe(40);
  expect(results.at(-1)?.error).toMatchObject({ message: "enough" });
  const recorded = journal.entries.flatMap((entry) => (entry.type === "result" ? [entry.status] : []));
  expect(recorded.filter((status) => status === "done")).toHaveLength(done);
  // An intent without a result would stand for a request that may have been sent.
  expect(new Set(recorded)).toEqual(new Set(["done", "not_attempted"]));
  expect((await readJournal(journal)).open.size).toBe(0);
  expect(summarizeResults(await resumePlan(client, journal)).done).toBe(40);
  expect(new Set(sandbox.mails.map(({ to }) => to)).size).toBe(sandbox.mails.length);
  expect(writes()).toHaveLength(40);
});

test("a run has the speed of the bulk calls, and waits rate limits out", async () => {
  const sandbox = await openSandbox({ users: USERS, latencyMs: 20 });
  // Each change is sent once, so that a 429 that counts as an attempt would fail it.
  sandbox.fail({ method: "POST", skip: 100, times: 3, status: 429, headers: { "retry-after": "0" } });
  let inFlight = 0;
  let most = 0;
  const counting: typeof fetch = async (input, init) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    return fetch(input, init).finally(() => {
      inFlight -= 1;
    });
  };
  const { baseUrl, apiKey } = sandbox;
  const client = new ArizeClient({
    baseUrl,
    apiKey,
    prereleaseWarnings: false,
    maxRetries: 0,
    fetch: counting,
  });
  const rows = Array.from({ length: 150 }, (_, index) => ({
    email: `n${index}@example.com`,
    name: `N${index}`,
  }));
  const results = await applyPlan(client, await planRoster(client, rows));
  expect(summarizeResults(results)).toMatchObject({ done: 150, failed: 0, notAttempted: 0 });
  expect(most).toBeGreaterThan(8);
  expect(most).toBeLessThanOrEqual(64);
  expect(sandbox.requests.filter(({ status }) => status === 429)).toHaveLength(3);
});

test("a success has the ID of its own request", async () => {
  const { client, sandbox, plan } = await openRoster([
    { email: "new@example.com", name: "New", organization: "Data Ops" },
    { email: "ada@example.com", name: "Ada King" },
    ABSENT_BOB,
  ]);
  for (const { kind, requestId } of await applyPlan(client, plan)) {
    const method = { create: "POST", ensure_member: "POST", update: "PATCH", delete: "DELETE" }[
      kind as "create"
    ];
    // The sandbox numbers its requests.
    expect(sandbox.requests[Number(requestId?.slice(4)) - 1]).toMatchObject({ method });
  }
});

test("where the person cannot be read again because of a 401, nothing is sent, and the run ends", async () => {
  const others = Array.from({ length: 250 }, (_, index): SeedUser => ({ email: `u${index}@example.com` }));
  const users = [...USERS, ...others];
  const { client, sandbox, plan, writes } = await openRoster(
    [{ email: "ada@example.com", name: "Ada King" }, ABSENT_BOB],
    {},
    users,
  );
  sandbox.fail({ method: "GET", path: "/v2/users/ada", status: 401 });
  const journal = memoryJournal();
  const results = await applyPlan(client, plan, { journal });
  const error = { name: "AuthenticationError" };
  expect(results).toMatchObject([
    { kind: "update", status: "not_attempted", error },
    { kind: "delete", status: "not_attempted", error },
  ]);
  expect(writes()).toEqual([]);
  expect(journal.entries.map(({ type }) => type)).toEqual(["plan"]);
});

test("a lost response is settled by reading: done where it took effect", async () => {
  const { client, plan, sandbox } = await openRoster([
    { email: "ada@example.com", name: "Ada King" },
    { email: "new@example.com", name: "New" },
  ]);
  sandbox.fail({ method: "PATCH", when: "after", socket: "drop" });
  sandbox.fail({ method: "POST", when: "after", socket: "drop" });
  const results = await applyPlan(client, plan);
  expect(results).toMatchObject([
    { status: "done", outcome: "recovered", userId: expect.any(String) },
    { status: "done", outcome: "recovered", userId: "ada" },
  ]);
});

test("what cannot be settled at once is unknown, and settled by reading when the run is resumed", async () => {
  const { client, plan, sandbox, writes } = await openRoster([{ email: "new@example.com", name: "New" }]);
  sandbox.fail({ method: "POST", when: "after", socket: "drop" });
  sandbox.fail({ method: "GET", skip: 1, status: 500 });
  const journal = memoryJournal();
  const results = await applyPlan(client, plan, { journal });
  expect(results).toMatchObject([
    { status: "unknown", outcome: "unknown", error: { name: "ConnectionError" } },
  ]);
  expect(await resumePlan(client, journal)).toMatchObject([{ status: "done", outcome: "recovered" }]);
  expect(writes()).toHaveLength(1);
});

test("what stays unknown is not sent again, not even with retryFailed", async () => {
  const { client, plan, sandbox, writes } = await openRoster([{ email: "new@example.com", name: "New" }]);
  sandbox.fail({ method: "POST", socket: "drop" });
  const journal = memoryJournal();
  const unknown = [{ status: "unknown", outcome: "unknown", error: { name: "ConnectionError" } }];
  expect(await applyPlan(client, plan, { journal })).toMatchObject(unknown);
  expect(await resumePlan(client, journal, { retryFailed: true })).toMatchObject(unknown);
  expect(await resumePlan(client, journal)).toMatchObject(unknown);
  expect(writes()).toHaveLength(1);
});

test("people are read again by the list where that is cheaper, and one by one where not", async () => {
  const users = Array.from(
    { length: 450 },
    (_, index): SeedUser => ({
      id: `u${index}`,
      email: `u${index}@example.com`,
      role: role("member"),
      name: "U",
    }),
  );
  const renamed = (count: number) => users.slice(0, count).map(({ email }) => ({ email, name: "V" }));
  const few = await openRoster(renamed(2), {}, users);
  expect(summarizeResults(await applyPlan(few.client, few.plan)).done).toBe(2);
  expect(few.reads()).toBe(2 + 2);
  const many = await openRoster(renamed(60), {}, users);
  expect(summarizeResults(await applyPlan(many.client, many.plan)).done).toBe(60);
  expect(many.reads()).toBe(5);
});

test("a lost password is reported", async () => {
  const rows = [{ email: "new@example.com", name: "New", invite_mode: "temporary_password" }];
  const { client, plan } = await openRoster(rows);
  const journal = memoryJournal();
  const passwords = () => {
    throw new Error("the vault is closed");
  };
  const results = await applyPlan(client, plan, { journal, passwords });
  expect(results).toMatchObject([
    { status: "done", outcome: "created", passwordLost: true, error: { message: "the vault is closed" } },
  ]);
  const cut = memoryJournal(journal.entries.slice(0, 2));
  expect(await resumePlan(client, cut, { passwords: () => {} })).toMatchObject([
    { status: "done", outcome: "recovered", passwordLost: true },
  ]);
});

test("a password in a malformed response is kept, with the ID of the person that it is about", async () => {
  const rows = [{ email: "new@example.com", name: "New", invite_mode: "temporary_password" }];
  const { plan, sandbox } = await openRoster(rows);
  const { baseUrl, apiKey } = sandbox;
  let sent = "";
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const response = await globalThis.fetch(url, init);
    if (response.status !== 201) return response;
    const user = await response.json();
    sent = user.temporary_password;
    return Response.json({ data: [user] }, { status: 201 });
  };
  const client = new ArizeClient({ baseUrl, apiKey, fetch, prereleaseWarnings: false });
  const kept: TemporaryPassword[] = [];
  const results = await applyPlan(client, plan, { passwords: (one) => void kept.push(one) });
  expect(results).toMatchObject([{ status: "done", outcome: "recovered", userId: expect.any(String) }]);
  expect(results[0]).not.toHaveProperty("passwordLost");
  expect(sent).not.toBe("");
  expect(kept).toEqual([{ email: "new@example.com", userId: results[0]?.userId, temporaryPassword: sent }]);
});

test("a misspelt option is refused before any request", async () => {
  const { client, plan, sandbox } = await openRoster([{ email: "new@example.com", name: "New" }]);
  const sent = sandbox.requests.length;
  const misspelt: Record<string, unknown> = { jurnal: memoryJournal() };
  expect(String(await rejection(applyPlan(client, plan, misspelt)))).toMatch(
    /applyPlan: unknown argument "jurnal"; expected/,
  );
  const again: Record<string, unknown> = { retryfailed: true };
  expect(String(await rejection(resumePlan(client, memoryJournal(), again)))).toMatch(
    /unknown argument "retryfailed"/,
  );
  expect(sandbox.requests.length).toBe(sent);
});

test.each([
  ["nothing", () => undefined],
  ["a look-alike", (client: ArizeClient) => ({ baseUrl: client.baseUrl, users: client.users })],
])("%s is no client: a ValidationError before any request and any entry of a journal", async (_, make) => {
  const { client, sandbox, plan } = await openRoster([ABSENT_BOB]);
  const [requests, journal] = [sandbox.requests.length, memoryJournal()];
  // As from JavaScript.
  const wrong = make(client) as unknown as ArizeClient;
  const interrupted = memoryJournal([{ type: "plan", plan }]);
  const calls = {
    planRoster: () => planRoster(wrong, [ABSENT_BOB]),
    applyPlan: () => applyPlan(wrong, plan, { journal }),
    resumePlan: () => resumePlan(wrong, interrupted),
    openPlan: () => openPlan(wrong, plan),
  };
  for (const [name, call] of Object.entries(calls)) {
    expect(String(await rejection(call()))).toContain(`${name}: client must be an ArizeClient, received `);
  }
  expect(sandbox.requests.length).toBe(requests);
  expect(journal.entries).toEqual([]);
});
