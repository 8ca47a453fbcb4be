import {
  type Change,
  type JournalEntry,
  JournalError,
  memoryJournal,
  openPlan,
  type PlanOptions,
  PlanRefusedError,
  planRoster,
  type RosterRow,
} from "ax-users/roster";
import type { SeedUser } from "ax-users/testing";
import { describe, expect, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";

const role = { type: "predefined" as const, name: "member" as const };

const USERS: SeedUser[] = [
  { id: "ada", email: "ada@example.com", name: "Ada", role },
  { id: "bob", email: "bob@example.com", name: "Bob", role },
  { id: "eve", email: "eve@example.com", name: "Eve", role, status: "expired" },
];

async function openRoster(rows: RosterRow[], options?: PlanOptions) {
  const organizations = [{ id: "org1", name: "Data Ops" }];
  const { client, sandbox } = await openAccount({ users: USERS, organizations });
  const plan = await planRoster(client, rows, options);
  const opened = await openPlan(client, plan);
  const before = sandbox.requests.length;
  const requests = () => sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  return { client, sandbox, plan, ...opened, requests };
}

const first = ([change]: readonly Change[]): string => change?.id ?? "";

const intent = (id: string): JournalEntry => ({ type: "intent", id, at: "2026-01-01T00:00:00Z" });

const NEW: RosterRow = { email: "new@example.com", name: "New", organization: "Data Ops" };
const ABSENT_BOB: RosterRow = { email: "bob@example.com", state: "absent" };

describe("one change by itself", () => {
  test("is read, recorded and sent; other changes are left alone", async () => {
    const rows = [ABSENT_BOB, { email: "ada@example.com", name: "Lady Lovelace" }];
    const { changes, applyChange, requests, sandbox } = await openRoster(rows);
    const journal = memoryJournal();
    const id = changes.find(({ kind }) => kind === "delete")?.id ?? "";
    expect(await applyChange(id, { journal })).toMatchObject({
      ...{ id, kind: "delete", email: "bob@example.com", userId: "bob", status: "done" },
    });
    expect(requests()).toEqual(["GET /v2/users/bob", "DELETE /v2/users/bob"]);
    expect(journal.entries).toMatchObject([
      { type: "plan", plan: { changes: [{ id }] } },
      { type: "intent", id },
      { type: "result", id, status: "done" },
    ]);
    expect(sandbox.users().find(({ id }) => id === "ada")?.name).toBe("Ada");
  });

  test("has its result already: that, and no request", async () => {
    const { changes, applyChange, requests } = await openRoster([ABSENT_BOB]);
    const journal = memoryJournal();
    const result = await applyChange(first(changes), { journal });
    const sent = requests();
    expect(await applyChange(first(changes), { journal })).toEqual(result);
    expect(requests()).toEqual(sent);
  });

  test("of a person who is created by the plan finds who that is in the journal of the person", async () => {
    const { changes, applyChange, sandbox } = await openRoster([NEW]);
    const journal = memoryJournal();
    const [create, member] = changes.map(({ id }) => id);
    expect(await applyChange(member ?? "", { journal })).toMatchObject({ status: "not_attempted" });
    expect(await applyChange(create ?? "", { journal })).toMatchObject({ status: "done" });
    expect(await applyChange(member ?? "", { journal })).toMatchObject({ status: "done" });
    expect(sandbox.organizations()[0]?.members).toHaveLength(1);
  });

  test("is stale where the person has changed since the plan", async () => {
    const { changes, applyChange, client, requests } = await openRoster([ABSENT_BOB]);
    await client.users.update({ userId: "bob", name: "Robert" });
    const sent = requests().length;
    expect(await applyChange(first(changes), { journal: memoryJournal() })).toMatchObject({
      status: "stale",
    });
    expect(requests().slice(sent)).toEqual(["GET /v2/users/bob"]);
  });

  test("is not attempted where the journal cannot be written, with the reason", async () => {
    const { changes, applyChange, requests } = await openRoster([NEW]);
    const append = () => Promise.reject(new Error("the lock is lost"));
    expect(await applyChange(first(changes), { journal: { ...memoryJournal(), append } })).toMatchObject({
      status: "not_attempted",
      error: { message: "the lock is lost" },
    });
    expect(requests()).toEqual([]);
  });

  test("is not attempted after a 401, and made when it is applied again", async () => {
    const { changes, applyChange, sandbox } = await openRoster([NEW]);
    const journal = memoryJournal();
    const fault = { method: "POST", status: 401, times: 1 } as const;
    sandbox.fail(fault);
    expect(await applyChange(first(changes), { journal })).toMatchObject({
      error: { name: "AuthenticationError" },
    });
    expect(await applyChange(first(changes), { journal })).toMatchObject({ status: "done" });
  });
});

describe("an intent without a result is settled before anything is sent again", () => {
  test("a deletion whose person is gone is done", async () => {
    const { changes, applyChange, client, requests } = await openRoster([ABSENT_BOB]);
    await client.users.delete({ userId: "bob" });
    const sent = requests().length;
    const journal = memoryJournal([intent(first(changes))]);
    expect(await applyChange(first(changes), { journal })).toMatchObject({
      ...{ status: "done", outcome: "recovered" },
    });
    expect(requests().slice(sent)).toEqual(["GET /v2/users/bob"]);
  });

  test("a create whose person is there is done, and its membership can be made", async () => {
    const { changes, applyChange, client, requests, sandbox } = await openRoster([NEW]);
    await client.users.create({ email: NEW.email, name: "New", role, inviteMode: "email_link" });
    const journal = memoryJournal([intent(first(changes))]);
    const sent = requests().length;
    expect(await applyChange(first(changes), { journal })).toMatchObject({ outcome: "recovered" });
    expect(
      requests()
        .slice(sent)
        .filter((one) => one.startsWith("POST")),
    ).toEqual([]);
    expect(await applyChange(changes[1]?.id ?? "", { journal })).toMatchObject({ status: "done" });
    expect(sandbox.mails).toHaveLength(1);
  });

  test("a renewal that was sent is not sent again", async () => {
    const { changes, applyChange, sandbox } = await openRoster([{ email: "eve@example.com" }], {
      renew: true,
    });
    const id = first(changes);
    const journal = memoryJournal();
    await applyChange(id, { journal });
    const cut = memoryJournal(journal.entries.slice(0, 2));
    expect(await applyChange(id, { journal: cut })).toMatchObject({ status: "done", outcome: "recovered" });
    expect(sandbox.mails).toHaveLength(1);
  });
});

describe("what is refused before anything is sent", () => {
  test("a plan that was edited, of another account, or over a limit", async () => {
    const { client, plan } = await openRoster([ABSENT_BOB]);
    expect(await rejection(openPlan(client, { ...plan, createdAt: "" }))).toBeInstanceOf(PlanRefusedError);
    const other = await openAccount({ users: [{ id: "zoe", email: "zoe@example.com" }] });
    expect(await rejection(openPlan(other.client, plan))).toBeInstanceOf(PlanRefusedError);
  });

  test("a plan that breaks a limit by now", async () => {
    const users = Array.from({ length: 60 }, (_, n) => ({ id: `u${n}`, email: `u${n}@example.com`, role }));
    const { client } = await openAccount({ users });
    const leaving = users.slice(0, 6).map(({ email }): RosterRow => ({ email, state: "absent" }));
    const plan = await planRoster(client, leaving);
    expect((await openPlan(client, plan)).changes).toHaveLength(6);
    await client.users.bulkDelete({ userIds: ["u55", "u56", "u57", "u58", "u59"] });
    expect(await rejection(openPlan(client, plan))).toMatchObject({ reason: "max_removals" });
  });

  test("a change that the plan does not have, a journal of another plan, a misspelt option", async () => {
    const { changes, applyChange, plan, requests } = await openRoster([ABSENT_BOB]);
    const journal = memoryJournal();
    expect(String(await rejection(applyChange("none", { journal })))).toMatch(
      /id must be the ID of a change/,
    );
    const of = memoryJournal([{ type: "plan", plan: { ...plan, digest: "other" } }]);
    expect(await rejection(applyChange(first(changes), { journal: of }))).toBeInstanceOf(JournalError);
    const misspelt = { journal, retryfailed: true };
    expect(String(await rejection(applyChange(first(changes), misspelt)))).toMatch(/unknown argument/);
    expect(requests()).toEqual([]);
  });

  test("a temporary password without a place for it", async () => {
    const rows = [{ email: "new@example.com", name: "New", invite_mode: "temporary_password" }];
    const { changes, applyChange, requests } = await openRoster(rows);
    const journal = memoryJournal();
    expect(String(await rejection(applyChange(first(changes), { journal })))).toMatch(
      /applyChange: passwords is required/,
    );
    expect(requests()).toEqual([]);
    const given: string[] = [];
    const passwords = ({ email }: { email: string }) => void given.push(email);
    expect(await applyChange(first(changes), { journal, passwords })).toMatchObject({ status: "done" });
    expect(given).toEqual(["new@example.com"]);
  });
});
