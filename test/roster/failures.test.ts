/** What a run reports, and what it keeps for the next one, where a store, a journal or a read fails. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArizeClient } from "ax-users";
import {
  applyPlan,
  fileJournal,
  type JournalEntry,
  JournalError,
  memoryJournal,
  openPlan,
  planRoster,
  type RosterRow,
  resumePlan,
} from "ax-users/roster";
import type { SandboxOptions } from "ax-users/testing";
import { expect, onTestFinished, test } from "vitest";
import { rejection } from "../helpers/server.ts";
import { NEW, openSeeded, role } from "./seeded-account.ts";

const REFUSED = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), {
  ...{ code: "ECONNREFUSED", syscall: "connect" },
});

const WITH_PASSWORD = { ...NEW, invite_mode: "temporary_password" };

async function open(rows: RosterRow[], options: SandboxOptions = {}) {
  const organizations = [{ id: "org1", name: "Ops" }];
  const { client, sandbox } = await openSeeded({ organizations, ...options }, 1);
  const plan = await planRoster(client, rows, { renew: true });
  return { client, sandbox, plan };
}

function tempFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ax-users-failures-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

test("a person's journal in a file takes one change after the other, and those of no other plan", async () => {
  const { client, sandbox, plan } = await open([{ ...NEW, organization: "Ops" }]);
  const { changes, applyChange } = await openPlan(client, plan);
  const path = tempFile("new.jsonl");
  for (const { id } of changes) {
    expect(await applyChange(id, { journal: fileJournal(path) })).toMatchObject({ status: "done" });
  }
  const [user] = await client.users.list({ email: NEW.email }).toArray({ max: 1 });
  await client.users.update({ userId: user?.id ?? "", name: "Newer" });
  const next = await openPlan(client, await planRoster(client, [{ ...NEW, name: "Newest" }]));
  const [update] = next.changes;
  const sent = sandbox.requests.length;
  expect(await rejection(next.applyChange(update?.id ?? "", { journal: fileJournal(path) }))).toEqual(
    new JournalError("The journal belongs to another plan."),
  );
  expect(sandbox.requests).toHaveLength(sent);
});

test("the error of a store with the password in it goes without it to results and journal", async () => {
  const { client, plan } = await open([WITH_PASSWORD, { email: "ada@example.com", name: "Ada K" }]);
  const journal = memoryJournal();
  let password = "";
  const results = await applyPlan(client, plan, {
    journal,
    passwords: ({ temporaryPassword }) => {
      password = temporaryPassword;
      throw Object.assign(new Error(`insert failed: ["new@example.com", "${password}"]`), {
        params: [password],
      });
    },
  });
  expect(results.map(({ status }) => status)).toEqual(["done", "not_attempted"]);
  expect(results[0]).toMatchObject({
    passwordLost: true,
    error: { name: "Error", message: 'insert failed: ["new@example.com", "[temporary password]"]' },
  });
  expect(password).not.toBe("");
  const shown = JSON.stringify([results, journal.entries, results.map(({ error }) => error?.message)]);
  expect(shown).not.toContain(password);
});

test.each<[kind: string, row: RosterRow]>([
  ["update", { email: "ada@example.com", name: "Ada King" }],
  ["delete", { email: "bob@example.com", state: "absent" }],
])("an open %s whose person cannot be read once is settled by the next run", async (_, row) => {
  const { client, sandbox, plan } = await open([row]);
  const journal = memoryJournal();
  await applyPlan(client, plan, { journal });
  const cut = memoryJournal(journal.entries.slice(0, 2));
  const userId = plan.changes[0]?.userId;
  const fault = sandbox.fail({ method: "GET", path: `/v2/users/${userId}`, status: 403, times: 9 });
  // So many that the person is read alone, and not with the list.
  const many = Array.from({ length: 150 }, (_, index) => `u${index}@example.com`);
  for (const email of many) await client.users.create({ email, name: "U", role, inviteMode: "none" });
  const unread = await resumePlan(client, cut);
  expect(unread).toMatchObject([{ status: "unknown", outcome: "unknown", error: { status: 403 } }]);
  expect(cut.entries.map(({ type }) => type)).toEqual(["plan", "intent"]);
  fault.remove();
  expect(await resumePlan(client, cut)).toMatchObject([{ status: "done", outcome: "recovered" }]);
});

test("a renewal whose response was lost is done, with everything that it asked for", async () => {
  const row = { email: "eve@example.com", developer: "false" };
  const { client, sandbox, plan } = await open([row], { dialect: "current" });
  sandbox.fail({ method: "POST", path: "/v2/users", when: "after", socket: "drop", skip: 1 });
  const [result] = await applyPlan(client, plan);
  expect(result).toMatchObject({ kind: "renew", status: "done", outcome: "recovered", userId: "eve" });
  expect(sandbox.users().find(({ id }) => id === "eve")).toMatchObject({
    ...{ status: "invited", isDeveloper: false },
  });
  expect(sandbox.mails).toHaveLength(1);
});

const closed = () => Promise.reject(new Error("the connection is lost"));

test("results are not lost where a journal or a store cannot be closed", async () => {
  const { client, plan } = await open([WITH_PASSWORD]);
  const memory = memoryJournal();
  const journal = { ...memory, close: () => memory.close().then(closed) };
  const given: string[] = [];
  const passwords = { add: async ({ email }: { email: string }) => void given.push(email), close: closed };
  expect(await applyPlan(client, plan, { journal, passwords })).toMatchObject([{ status: "done" }]);
  expect(await resumePlan(client, journal, { passwords })).toMatchObject([{ status: "done" }]);
  const { changes, applyChange } = await openPlan(client, plan);
  const id = changes[0]?.id ?? "";
  expect(await applyChange(id, { journal, passwords })).toMatchObject({ status: "done" });
  expect(given).toEqual([NEW.email]);
});

test("a 401 to the look-up after a conflict is no final result", async () => {
  const { client, sandbox, plan } = await open([NEW]);
  const { id } = await client.users.create({ ...NEW, role, inviteMode: "none" });
  sandbox.fail({ method: "POST", path: "/v2/users", status: 409, body: { title: "Conflict", status: 409 } });
  const unauthorized = { status: 401, body: { title: "Authentication required", status: 401 } };
  const fault = sandbox.fail({ method: "GET", path: "/v2/users", skip: 1, times: 9, ...unauthorized });
  const journal = memoryJournal();
  const [result] = await applyPlan(client, plan, { journal });
  expect(result).toMatchObject({ status: "failed", error: { name: "AuthenticationError" } });
  fault.remove();
  expect(await resumePlan(client, journal)).toMatchObject([{ status: "unchanged", userId: id }]);
  const types = journal.entries.map((entry: JournalEntry) => entry.type);
  expect(types).toEqual(["plan", "intent", "result", "intent", "result"]);
});

test.each([
  ["a 429", { status: 429, headers: { "retry-after": "60" } }],
  ["a 503 with Retry-After", { status: 503, headers: { "retry-after": "60" } }],
  ["a refused connection", "refused"],
] as const)(
  "a change that waits after %s when its run is aborted is made by the next run",
  async (_, fault) => {
    const { client, sandbox, plan } = await open([NEW]);
    const journal = memoryJournal();
    const controller = new AbortController();
    const refuse = () => Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: REFUSED }));
    const unlucky = new ArizeClient({
      ...{ apiKey: sandbox.apiKey, baseUrl: sandbox.baseUrl, prereleaseWarnings: false },
      fetch: (url, init) => (fault === "refused" && init?.method === "POST" ? refuse() : fetch(url, init)),
      onEvent: ({ type }) => type === "retry" && controller.abort(),
    });
    const title = "Slow down";
    if (fault !== "refused") {
      sandbox.fail({ method: "POST", path: "/v2/users", ...fault, body: { title, status: fault.status } });
    }
    const { signal } = controller;
    expect(await applyPlan(unlucky, plan, { journal, signal })).toMatchObject([{ status: "not_attempted" }]);
    expect(sandbox.users()).not.toContainEqual(expect.objectContaining({ email: NEW.email }));
    expect(await resumePlan(client, journal)).toMatchObject([{ status: "done", outcome: "created" }]);
  },
);

test("changes that a rate limit ended are made by the next run", async () => {
  const { client, sandbox, plan } = await open([NEW, { email: "ada@example.com", name: "Ada King" }]);
  const journal = memoryJournal();
  const fault = sandbox.fail({
    ...{ status: 429, headers: { "retry-after": "600" }, times: Number.POSITIVE_INFINITY },
    ...{ body: { title: "Slow down", status: 429 }, method: "POST" },
  });
  const results = await applyPlan(client, plan, { journal });
  expect(results).toMatchObject([{ status: "not_attempted" }, { status: "not_attempted" }]);
  expect(results[0]?.error).toMatchObject({ name: "RateLimitError", status: 429 });
  fault.remove();
  const { apiKey, baseUrl } = sandbox;
  const later = new ArizeClient({ apiKey, baseUrl, prereleaseWarnings: false });
  expect(await resumePlan(later, journal)).toMatchObject([{ status: "done" }, { status: "done" }]);
});

test("a change that the server refused is final, although its run was aborted then", async () => {
  const { client, sandbox, plan } = await open([NEW]);
  const journal = memoryJournal();
  const controller = new AbortController();
  const watched = client.withOptions({
    onEvent: ({ type, operation }) =>
      type === "response" && operation === "users_create" && controller.abort(),
  });
  sandbox.fail({ method: "POST", path: "/v2/users", status: 422, body: { title: "No", status: 422 } });
  const { signal } = controller;
  expect(await applyPlan(watched, plan, { journal, signal })).toMatchObject([{ status: "failed" }]);
  expect(await resumePlan(client, journal)).toMatchObject([{ status: "failed", error: { status: 422 } }]);
});

const conflict = { status: 409, body: { title: "Resource conflict", status: 409 } } as const;

test.each(["", " and its look-up was repeated", " after a lost response"])(
  "a renewal that the server refuses with a 409%s is not done",
  async (how) => {
    const { client, sandbox, plan } = await open([{ email: "eve@example.com" }]);
    if (how.includes("look-up")) sandbox.fail({ method: "GET", path: "/v2/users", skip: 1, status: 500 });
    if (how.includes("lost")) sandbox.fail({ method: "POST", path: "/v2/users", socket: "drop" });
    sandbox.fail({ method: "POST", path: "/v2/users", ...conflict, times: Number.POSITIVE_INFINITY });
    const [result] = await applyPlan(client.withOptions({ maxRetries: 3 }), plan);
    expect(result).toMatchObject({ kind: "renew", status: "failed", outcome: "not_applied", userId: "eve" });
    expect(result?.error?.message).toBe("the invitation is still expired: the server did not renew it");
    expect(sandbox.mails).toHaveLength(0);
  },
);

const WAYS = [
  ["a function", undefined],
  ["a store without has", { add: async () => {} }],
] as const;

test.each(WAYS)(
  "a password that %s took is not lost, although the create was not completed",
  async (_, store) => {
    const row = { ...WITH_PASSWORD, developer: "false" };
    const { client, sandbox, plan } = await open([row], { dialect: "current" });
    const given: string[] = [];
    const passwords = store ?? (({ email }: { email: string }) => void given.push(email));
    const journal = memoryJournal();
    const refused = { status: 403, body: { title: "No", status: 403 } };
    sandbox.fail({ method: "PATCH", ...refused });
    expect(await applyPlan(client, plan, { journal, passwords })).toMatchObject([{ status: "unknown" }]);
    const [result] = await resumePlan(client, journal, { passwords });
    expect(result).toMatchObject({ status: "done", outcome: "recovered" });
    expect(result).not.toHaveProperty("passwordLost");
  },
);

test("a password is lost if the store failed, although the create was not completed either", async () => {
  const row = { ...WITH_PASSWORD, developer: "false" };
  const { client, sandbox, plan } = await open([row], { dialect: "current" });
  const journal = memoryJournal();
  const passwords = () => Promise.reject(new Error("the vault is closed"));
  sandbox.fail({ method: "PATCH", status: 403, body: { title: "No", status: 403 } });
  const lost = { passwordLost: true };
  expect(await applyPlan(client, plan, { journal, passwords })).toMatchObject([
    { status: "unknown", ...lost },
  ]);
  expect(await resumePlan(client, journal, { passwords })).toMatchObject([{ status: "done", ...lost }]);
});
