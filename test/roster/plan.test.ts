import type { ArizeClient } from "ax-users";
import { ArizeError } from "ax-users";
import {
  type Plan,
  type PlanOptions,
  PlanRefusedError,
  parseRoster,
  planRoster,
  type RosterRow,
} from "ax-users/roster";
import type { SeedUser } from "ax-users/testing";
import { expect, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";

const role = (name: "admin" | "member" | "annotator") => ({ type: "predefined" as const, name });

const USERS: SeedUser[] = [
  { id: "root", email: "root@example.com", name: "Root", role: role("admin") },
  { id: "ada", email: "Ada@example.com", name: "Ada Lovelace ", role: role("member"), isDeveloper: true },
  { id: "bot", email: "bot@example.com", name: "Bot", role: role("annotator"), isDeveloper: false },
  { id: "kat", email: "kat@example.com", name: "Kat", role: role("member"), status: "invited" },
  { id: "eve", email: "eve@example.com", name: "Eve", role: role("member"), status: "expired" },
];

const open = (users: SeedUser[] | number = USERS) =>
  openAccount({ users, organizations: [{ id: "org1", name: "Data Ops" }] });

const steps = ({ changes }: Plan) => changes.map(({ kind, email }) => `${kind} ${email}`);

async function refusal(
  client: ArizeClient,
  rows: RosterRow[],
  options?: PlanOptions,
): Promise<PlanRefusedError> {
  const error = await rejection(planRoster(client, rows, options));
  if (!(error instanceof PlanRefusedError)) throw error;
  return error;
}

test("each kind of change, in the order of execution", async () => {
  const { client, sandbox } = await open();
  const plan = await planRoster(
    client,
    [
      { email: "root@example.com", state: "absent" },
      { email: "bot@example.com", state: "absent" },
      { email: "new@example.com", name: "New", organization: "Data Ops" },
      {
        email: "ada@example.com",
        name: "Ada King",
        role: "admin",
        organization: "Data Ops",
        developer: false,
      },
      { email: "kat@example.com", name: " Kat " },
      { email: "kat@example.com", organization: "Data Ops", state: "absent" },
      { email: "eve@example.com", role: "annotator" },
      { email: "gone@example.com", state: "absent" },
      { email: "nobody@example.com", organization: "Data Ops", state: "absent" },
    ],
    { renew: true },
  );
  expect(steps(plan)).toEqual([
    "create new@example.com",
    "renew eve@example.com",
    "update Ada@example.com",
    "ensure_member new@example.com",
    "ensure_member Ada@example.com",
    "remove_member kat@example.com",
    "delete bot@example.com",
    "unchanged gone@example.com",
    "unchanged nobody@example.com",
    "unchanged root@example.com",
    "unchangeable Ada@example.com",
  ]);
  const [create, renew, update, newcomer, , removal, deletion] = plan.changes;
  expect(create).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    kind: "create",
    email: "new@example.com",
    to: { name: "New", role: "member", inviteMode: "email_link" },
  });
  expect(renew).toMatchObject({
    userId: "eve",
    seen: { status: "expired", name: "Eve", role: "member", isDeveloper: true },
    to: { name: "Eve", role: "annotator", inviteMode: "email_link" },
  });
  expect(update?.to).toEqual({ name: "Ada King", isDeveloper: false });
  expect(newcomer).toMatchObject({ organization: { id: "org1", name: "Data Ops" }, role: "member" });
  expect(newcomer?.userId).toBeUndefined();
  expect(removal).toMatchObject({ userId: "kat", organization: { id: "org1" } });
  expect(deletion).toMatchObject({ userId: "bot", email: "bot@example.com", seen: { name: "Bot" } });
  expect(plan.changes.at(-2)?.note).toMatch(/account admin/);
  expect(plan.changes.at(-1)?.note).toMatch(
    /role is member, the roster says admin; the API cannot change it/,
  );
  expect(plan.counts).toEqual({
    create: 1,
    renew: 1,
    update: 1,
    ensure_member: 2,
    remove_member: 1,
    delete: 1,
    unchanged: 3,
    unchangeable: 1,
    pending: 0,
  });
  expect(plan.notes).toEqual([expect.stringMatching(/does not list the members of an organization/)]);
  expect(plan).toMatchObject({ version: 1, baseUrl: client.baseUrl });
  expect(plan.limits).toEqual({ maxRemovals: "10%", protect: [], removeAdmins: false });
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  expect(new Set(sandbox.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

test("nothing to do: names are compared trimmed, blank cells are left alone, expired ones stay pending", async () => {
  const { client } = await open();
  const plan = await planRoster(client, [
    { email: "ADA@EXAMPLE.COM", name: "Ada Lovelace", role: "member", developer: true },
    { email: "kat@example.com" },
    { email: "eve@example.com", name: "Other" },
  ]);
  expect(steps(plan)).toEqual([
    "unchanged Ada@example.com",
    "pending kat@example.com",
    "pending eve@example.com",
  ]);
  expect(plan.changes.at(-1)?.note).toMatch(/expired/);
});

test("a change has the same ID whenever it is planned, and no other has it", async () => {
  const { client } = await open();
  const rows = [
    { email: "new@example.com", name: "New", organization: "Data Ops" },
    { email: "ada@example.com" },
  ];
  const ids = ({ changes }: Plan) => changes.map(({ id }) => id);
  const plan = await planRoster(client, rows);
  expect(ids(await planRoster(client, rows))).toEqual(ids(plan));
  expect(ids(await planRoster(client, rows.toReversed())).sort()).toEqual(ids(plan).sort());
  expect(new Set(ids(plan)).size).toBe(3);
});

test("an annotator is an annotator in organizations, unless the roster has another role", async () => {
  const { client } = await open();
  const { changes } = await planRoster(client, [
    { email: "bot@example.com", organization: "Data Ops" },
    { email: "b2@example.com", name: "B2", role: "annotator", organization: "org1" },
    { email: "ada@example.com", organization: "Data Ops", organization_role: "admin" },
  ]);
  const roles = changes.filter(({ kind }) => kind === "ensure_member").map(({ role: given }) => given);
  expect(roles).toEqual(["annotator", "annotator", "admin"]);
});

test("an unknown organization, and a person to be created without a name, are errors of the roster", async () => {
  const { client, sandbox } = await open();
  const error = await rejection(
    planRoster(client, [
      { email: "new@example.com" },
      { email: "ada@example.com", organization: "Nowhere" },
      { email: "new2@example.com", organization: "Data Ops" },
      { email: "bot@example.com", organization: "Elsewhere" },
      { email: "kat@example.com", organization: "Nowhere" },
    ]),
  );
  expect(error).toMatchObject({
    name: "ValidationError",
    message:
      'roster: row 2, organization is unknown: "Nowhere"; row 4, organization is unknown: "Elsewhere"; ' +
      'row 5, organization is unknown: "Nowhere"; row 1, name is required to create new@example.com; ' +
      "row 3, name is required to create new2@example.com",
  });
  expect(sandbox.requests.every(({ method }) => method === "GET")).toBe(true);
});

test("an ambiguous organization is an error of each row that names it", async () => {
  const organizations = [
    { id: "org1", name: "Data Ops" },
    { id: "org2", name: "data ops" },
  ];
  const { client } = await openAccount({ users: USERS, organizations });
  const csv =
    "email,name,organization\nada@example.com,,\nada@example.com,,DATA OPS\nbot@example.com,,DATA OPS\n";
  const error = await rejection(planRoster(client, await parseRoster(csv)));
  const place = (line: number) =>
    `line ${line}, organization is ambiguous: "DATA OPS" is the name of org1, org2`;
  expect(error).toMatchObject({ name: "ValidationError", message: `roster: ${place(3)}; ${place(4)}` });
});

test("one organization by name and by ID is one membership, if the rows agree", async () => {
  const { client } = await open();
  const rows = (last: string) => [
    { email: "ada@example.com", organization: "Data Ops", organization_role: "member" },
    { email: "ada@example.com", organization: "org1", organization_role: last },
  ];
  expect(steps(await planRoster(client, rows("member")))).toEqual(["ensure_member Ada@example.com"]);
  expect(String(await rejection(planRoster(client, rows("admin"))))).toMatch(
    /row 2, organization disagrees with row 1/,
  );
});

test("an organization role that the API would reject beside the account role is an error of the roster", async () => {
  const { client, sandbox } = await open();
  const rows = [
    {
      email: "new@example.com",
      name: "New",
      role: "annotator",
      organization: "Data Ops",
      organization_role: "admin",
    },
    { email: "ada@example.com", organization: "Data Ops", organization_role: "annotator" },
    { email: "ann@example.com", name: "Ann", role: "annotator", organization: "Data Ops" },
    {
      email: "cy@example.com",
      name: "Cy",
      role: "custom:r1",
      organization: "Data Ops",
      organization_role: "annotator",
    },
  ];
  expect(await rejection(planRoster(client, rows))).toMatchObject({
    name: "ValidationError",
    message:
      "roster: row 1, organization_role must be annotator, since the account role of new@example.com is annotator; " +
      "row 2, organization_role cannot be annotator, since the account role of ada@example.com is member",
  });
  expect(sandbox.requests.every(({ method }) => method === "GET")).toBe(true);
  expect(steps(await planRoster(client, rows.slice(2)))).toHaveLength(4);
});

test("only the kinds that are asked for, and no limit on what is left out", async () => {
  const { client } = await open(40);
  const [first] = (await client.users.list()).data;
  const rows = [{ email: first?.email ?? "", name: "Another" }, { email: "new@example.com" }];
  const options = { removeAbsent: true, only: ["update" as const], maxRemovals: 0 };
  const plan = await planRoster(client, rows, options);
  expect(steps(plan)).toEqual([`update ${first?.email}`, "unchanged new@example.com"]);
});

test("people who are not in the roster are left alone, unless removeAbsent is true", async () => {
  const { client } = await open();
  expect(steps(await planRoster(client, [{ email: "ada@example.com" }]))).toEqual([
    "unchanged Ada@example.com",
  ]);
  expect(steps(await planRoster(client, [{ email: "ada@example.com" }], { removeAbsent: true }))).toEqual([
    "delete bot@example.com",
    "delete kat@example.com",
    "delete eve@example.com",
    "unchanged Ada@example.com",
    "unchanged root@example.com",
  ]);
});

const everybodyBut = (count: number, users: readonly { email: string }[]): RosterRow[] =>
  users.slice(0, users.length - count).map(({ email }) => ({ email }));

test.each([
  ["by default 10 %, of 120 people", 120, undefined, 12],
  ["never fewer than 5 people", 20, undefined, 5],
  ["a smaller percentage, too", 200, "4%", 8],
  ["a percentage of a small account", 20, "1%", 5],
  ["none, as a percentage", 20, "0%", 0],
  ["a number", 20, 7, 7],
  ["none", 20, 0, 0],
])("the limit on removals: %s", async (_, people, maxRemovals, limit) => {
  const { client, sandbox } = await open(people);
  const users = sandbox.users();
  const options = { removeAbsent: true, removeAdmins: true, maxRemovals };
  const plan = await planRoster(client, everybodyBut(limit, users), options);
  expect(plan.counts.delete).toBe(limit);
  const error = await refusal(client, everybodyBut(limit + 1, users), options);
  expect(error.reason).toBe("max_removals");
  expect(error.counts).toEqual({ removals: limit + 1, people, maxRemovals: limit });
  expect(error.message).toContain(`${limit + 1} of ${people} people would be removed`);
  expect(error.message).toContain(`the limit of ${limit} (maxRemovals: ${maxRemovals ?? "10%"})`);
  expect(error).toBeInstanceOf(ArizeError);
});

test("an empty roster removes nobody, nor does one in which nobody of the account is found", async () => {
  const { client } = await open();
  const options = { removeAbsent: true, maxRemovals: 100, removeAdmins: true };
  expect((await planRoster(client, [])).changes).toEqual([]);
  expect(await refusal(client, [], options)).toMatchObject({
    reason: "empty_roster",
    counts: { removals: 4, people: 5 },
  });
  const strangers = [{ email: "stranger@example.org", name: "Stranger" }];
  expect((await refusal(client, strangers, options)).reason).toBe("nobody_found");
  expect((await planRoster(client, strangers)).counts.create).toBe(1);
});

test("who is protected is never removed, in any case, by address or domain", async () => {
  const { client } = await open();
  const rows: RosterRow[] = ["ada", "bot", "kat"].map((name) => ({
    email: `${name}@example.com`,
    state: "absent",
  }));
  const protect = ["ADA@Example.com", "*@EXAMPLE.org"];
  const plan = await planRoster(client, rows, { protect });
  expect(steps(plan)).toEqual([
    "delete bot@example.com",
    "delete kat@example.com",
    "unchanged Ada@example.com",
  ]);
  expect(plan.changes.at(-1)?.note).toBe("kept: protected");
  expect(plan.limits.protect).toEqual(protect);
  expect((await planRoster(client, rows, { protect: ["*@example.com"] })).counts.delete).toBe(0);
  expect((await planRoster(client, rows, { protect: ["*@ample.com"] })).counts.delete).toBe(3);
});

test("admins are removed only with removeAdmins, and the last active one never", async () => {
  const admins: SeedUser[] = [
    { id: "a1", email: "a1@example.com", role: role("admin") },
    { id: "a2", email: "a2@example.com", role: role("admin") },
    { id: "a3", email: "a3@example.com", role: role("admin"), status: "invited" },
  ];
  const { client } = await open([...admins, ...USERS.slice(1)]);
  const rows: RosterRow[] = admins.map(({ email }) => ({ email, state: "absent" }));
  expect((await planRoster(client, rows)).counts).toMatchObject({ delete: 0, unchanged: 3 });
  const plan = await planRoster(client, rows, { removeAdmins: true });
  expect(steps(plan)).toEqual(["delete a2@example.com", "delete a3@example.com", "unchanged a1@example.com"]);
  expect(plan.changes.at(-1)?.note).toBe("kept: the last active account admin");
  const kept = await planRoster(client, rows, { removeAdmins: true, protect: ["a2@example.com"] });
  expect(steps(kept)).toEqual(["delete a1@example.com", "delete a3@example.com", "unchanged a2@example.com"]);
});

test.each<[PlanOptions & Record<string, unknown>, RegExp]>([
  [{ maxRemoval: 3 }, /unknown argument "maxRemoval"/],
  [{ maxRemovals: -1 }, /maxRemovals must be a whole number of at least 0, or a percentage/],
  [{ maxRemovals: "many" }, /maxRemovals must be a whole number/],
  [{ maxRemovals: "50%" }, /maxRemovals must be a number if it is more than 10%, received "50%"/],
  [{ protect: ["example.com"] }, /protect\[0\] must be an email address or \*@domain/],
  [{ only: ["unchanged"] }, /only must have create, renew/],
  [{ renew: "yes" as unknown as boolean }, /renew must be true or false/],
])("a wrong option is refused before any request: %j", async (options, message) => {
  const { client, sandbox } = await open();
  expect(String(await rejection(planRoster(client, [], options)))).toMatch(message);
  expect(sandbox.requests).toEqual([]);
});

test("all pages are read, and the list but once", async () => {
  const { client, sandbox } = await open(250);
  const rows = sandbox.users().map(({ email, name }) => ({ email, name }));
  const plan = await planRoster(client, rows);
  expect(plan.counts.unchanged + plan.counts.pending).toBe(250);
  expect(sandbox.requests.length).toBe(3);
});
