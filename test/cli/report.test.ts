/** What the command says of plans and runs, to the letter. */
import { ValidationError } from "ax-users";
import type { Change, ChangeKind, ChangeResult, Plan } from "ax-users/roster";
import { describe, expect, test } from "vitest";
import { planText } from "../../src/cli/report/plan-text.ts";
import {
  CHANGE_COLUMNS,
  countsOf,
  givesPasswords,
  preview,
  removalsOf,
  shownChanges,
  writesOf,
} from "../../src/cli/report/plan-view.ts";
import { RunReport } from "../../src/cli/report/run-report.ts";
import { openContext, TERMINAL } from "./context.ts";

const EMAIL = "ada@example.com";
const SEEN = { status: "active", name: "Ada", role: "member", isDeveloper: false };
const change = (kind: ChangeKind, more: Partial<Change> = {}): Change => ({
  id: kind,
  kind,
  email: EMAIL,
  ...more,
});
const plan = (changes: Change[], counts: object = {}) => ({ changes, counts }) as unknown as Plan;
const kinds = (changes: readonly Change[]) => changes.map(({ kind }) => kind);

describe("a plan", () => {
  const all = (["create", "renew", "update", "ensure_member", "remove_member", "delete"] as const).map(
    (kind) => change(kind),
  );
  const others = (["unchanged", "unchangeable", "pending"] as const).map((kind) => change(kind));

  test("makes those changes that are not for information, and shows those that say something", () => {
    expect(kinds(writesOf(plan([...others, ...all])))).toEqual(kinds(all));
    const notes = ["kept: protected", "not in the account", "in place", "was kept"];
    const unchanged = notes.map((note) => change("unchanged", { note }));
    expect(
      shownChanges(plan([...unchanged, ...others, ...all])).map(({ note, kind }) => note ?? kind),
    ).toEqual([...["kept: protected", "not in the account", "unchangeable", "pending"], ...kinds(all)]);
    expect(kinds(removalsOf(all))).toEqual(["delete"]);
  });

  test("creates temporary passwords where one change does", () => {
    const to = { inviteMode: "temporary_password" } as const;
    expect(givesPasswords([change("delete"), change("create", { to })])).toBe(true);
    expect(givesPasswords([change("create", { to: { inviteMode: "none" } }), change("create")])).toBe(false);
  });

  test.each<[kind: ChangeKind, more: Partial<Change>, cells: string[]]>([
    [
      "create",
      { to: { name: "Ada", role: "member", inviteMode: "none" } },
      ["create", EMAIL, "Ada, member, none"],
    ],
    [
      "renew",
      { to: { name: "Ada", role: "admin", inviteMode: "email_link" }, seen: SEEN },
      ["renew", EMAIL, "Ada, admin, email_link"],
    ],
    ["renew", {}, ["renew", EMAIL, "undefined, undefined, undefined"]],
    ["update", { to: { name: "Lady" }, seen: SEEN }, ["update", EMAIL, "name: Ada → Lady"]],
    ["update", { to: { name: "Lady" } }, ["update", EMAIL, "name: undefined → Lady"]],
    ["update", { to: { isDeveloper: true }, seen: SEEN }, ["update", EMAIL, "developer: true"]],
    [
      "update",
      { to: { name: "Lady", isDeveloper: false }, seen: SEEN },
      ["update", EMAIL, "name: Ada → Lady; developer: false"],
    ],
    ["update", {}, ["update", EMAIL, ""]],
    [
      "ensure_member",
      { organization: { id: "o", name: "Ops" }, role: "admin", seen: SEEN },
      ["ensure member", EMAIL, "Ops as admin"],
    ],
    [
      "remove_member",
      { organization: { id: "o", name: "Ops" }, seen: SEEN },
      ["remove member", EMAIL, "Ops"],
    ],
    ["delete", { seen: SEEN }, ["delete", EMAIL, "Ada, active, member"]],
    ["delete", {}, ["delete", EMAIL, ""]],
    ["pending", { seen: SEEN }, ["pending", EMAIL, "invited, but has not accepted yet"]],
    ["pending", { note: "expired" }, ["pending", EMAIL, "expired"]],
    ["unchangeable", { note: "pass removeAdmins" }, ["unchangeable", EMAIL, "pass --remove-admins"]],
    [
      "create",
      { to: { name: "Ada", isDeveloper: true }, note: "new" },
      ["create", EMAIL, "Ada, undefined, undefined; new"],
    ],
  ])("has cells for each change: %s %j", (kind, more, cells) => {
    expect(CHANGE_COLUMNS.map(([, cell]) => cell(change(kind, more)))).toEqual(cells);
  });

  test("is counted by kinds that it has", () => {
    expect(countsOf(plan([], { create: 2, ensure_member: 1, delete: 0 }))).toBe("2 create, 1 ensure member");
    expect(countsOf(plan([], { create: 0 }))).toBe("nothing");
  });

  test("is shown before the question", async () => {
    const removal = change("delete", { seen: SEEN });
    expect(await preview([change("update"), change("create")])).toBe("Changes: 2. Nobody is removed.");
    expect(await preview([removal])).toBe(
      `1 person will be removed for good:\n  ${EMAIL}  Ada, active, member`,
    );
    expect(await preview([removal, removal, change("update")])).toBe(
      `2 people will be removed for good:\n  ${EMAIL}  Ada, active, member\n  ${EMAIL}  Ada, active, member\nOther changes: 1.`,
    );
    const lines = (await preview(Array.from({ length: 52 }, () => removal))).split("\n");
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe("  and 2 more");
    expect((await preview(Array.from({ length: 50 }, () => removal))).split("\n")).toHaveLength(51);
  });

  test.each([0, 1, 2, 500, 501, 1500])("of %d changes is JSON with a line for each", (count) => {
    const changes = Array.from({ length: count }, (_, index) =>
      change("delete", { id: `c${index}`, note: "a\n}" }),
    );
    const given = { version: 1, notes: ["x\n}"], changes, digest: "d" } as unknown as Plan;
    const pieces = [...planText(given)];
    expect(JSON.parse(pieces.join(""))).toEqual(given);
    expect(Object.keys(JSON.parse(pieces.join("")))).toEqual(["version", "notes", "changes", "digest"]);
    expect(
      pieces
        .join("")
        .split("\n")
        .filter((line) => line.startsWith('    {"id"')),
    ).toHaveLength(count);
    expect(pieces).toHaveLength(2 + Math.ceil(count / 500));
  });
});

const done: ChangeResult = { id: "a", kind: "ensure_member", email: EMAIL, status: "done", requestId: "r1" };
const unchanged: ChangeResult = { ...done, status: "unchanged" };
const failure = Object.assign(new Error("no such thing"), { status: 400 });
const failed: ChangeResult = {
  id: "b",
  kind: "update",
  email: "bob@example.com",
  status: "failed",
  outcome: "not_applied",
  error: failure,
  requestId: "r2",
};
const stale: ChangeResult = {
  id: "c",
  kind: "delete",
  email: "cy@example.com",
  status: "stale",
  error: { name: "StaleError", message: "changed" },
};
const unknown: ChangeResult = {
  id: "d",
  kind: "create",
  email: "dee@example.com",
  status: "unknown",
  error: { name: "ConnectionError", message: "lost" },
};
const waiting: ChangeResult = { id: "e", kind: "delete", email: "eve@example.com", status: "not_attempted" };
const stopped: ChangeResult = { ...waiting, error: { name: "Error", message: "the disk is full" } };
const lost: ChangeResult = { ...done, kind: "create", passwordLost: true };
const revoked: ChangeResult = { ...waiting, error: { name: "AuthenticationError", message: "no" } };

async function report(
  words: string[],
  results: ChangeResult[],
  more: Parameters<typeof openContext>[1] = {},
) {
  const { context, written } = openContext(words, more);
  const run = new RunReport(context, "j.jsonl");
  for (const result of results) run.add(result);
  const code = await run.end(async () => results);
  return { ...written, code };
}

const RESUME = "ax-users resume j.jsonl";

describe("a run", () => {
  test.each<[results: ChangeResult[], code: number, stderr: string]>([
    [[], 0, ""],
    [[done, unchanged], 0, ""],
    [
      [done, failed],
      1,
      `Some changes failed. If you can fix the cause, retry them: ${RESUME} --retry-failed\n`,
    ],
    [[stale], 1, "Some people have changed since the plan was made. Make a new plan for them.\n"],
    [[waiting], 1, `Some changes were not attempted. To continue: ${RESUME}\n`],
    [
      [failed, stopped],
      1,
      `Some changes were not attempted (the disk is full). To continue: ${RESUME}\nSome changes failed. If you can fix the cause, retry them: ${RESUME} --retry-failed\n`,
    ],
    [
      [waiting, failed],
      1,
      `Some changes were not attempted. To continue: ${RESUME}\nSome changes failed. If you can fix the cause, retry them: ${RESUME} --retry-failed\n`,
    ],
    [[unknown], 3, `Some outcomes are unknown. To check them: ${RESUME}\n`],
    [
      [lost, done, stale],
      3,
      `Temporary passwords are lost. Email a link instead: ax-users resend-invitation ${EMAIL}\nSome people have changed since the plan was made. Make a new plan for them.\n`,
    ],
    [[done, revoked, unknown], 4, `The API key was rejected. To continue with another key: ${RESUME}\n`],
  ])("with %# ends with its code and says what to do next", async (results, code, stderr) => {
    expect(await report([], results)).toMatchObject({ code, stderr });
  });

  test.each([
    [waiting, 130, `Interrupted. The journal has everything that was sent. To continue: ${RESUME}\n`],
    [done, 0, ""],
    [failed, 1, `Some changes failed. If you can fix the cause, retry them: ${RESUME} --retry-failed\n`],
  ])("that is interrupted ends so, unless all was attempted: %#", async (result, code, stderr) => {
    expect(await report([], [result], { signal: AbortSignal.abort() })).toMatchObject({ code, stderr });
  });

  test("has a line for each result, and the reason where there is one", async () => {
    const named = { ...failed, error: { name: "Error", message: "no (r2)" } };
    const hidden = { ...stale, email: "cy\u001b@example.com" };
    const { stdout } = await report([], [done, unchanged, failed, named, hidden, unknown, waiting]);
    expect(stdout).toBe(
      [
        `done  ensure member  ${EMAIL}`,
        `unchanged  ensure member  ${EMAIL}`,
        "failed  update  bob@example.com: no such thing (r2)",
        "failed  update  bob@example.com: no (r2)",
        "stale  delete  cy\\u001b@example.com: changed",
        "unknown  create  dee@example.com: lost",
        "not attempted  delete  eve@example.com",
        "Summary: 1 done, 1 unchanged, 2 failed, 1 unknown, 1 stale, 1 not attempted.",
        "",
      ].join("\n"),
    );
    expect((await report([], [])).stdout).toBe("Summary: nothing to do.\n");
  });

  test("on a terminal has lines for what is not done, at its end, beside the bar", async () => {
    const { stdout } = await report(["--quiet"], [done, unchanged, failed, lost, waiting], {
      isTerminal: TERMINAL,
    });
    expect(stdout).toBe(
      [
        "failed  update  bob@example.com: no such thing (r2)",
        `done  create  ${EMAIL}`,
        "Summary: 2 done, 1 unchanged, 1 failed, 1 not attempted.",
        "",
      ].join("\n"),
    );
  });

  test.each(["--json", "--output=jsonl"])("with %s is JSON Lines, also on a terminal", async (word) => {
    for (const isTerminal of [TERMINAL, { ...TERMINAL, stdout: false }]) {
      const { stdout } = await report([word], [done, failed], { isTerminal });
      const { error: _, ...rest } = failed;
      expect(
        stdout
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
      ).toStrictEqual([
        { type: "result", ...done },
        { type: "result", ...rest, error: { name: "Error", message: "no such thing" } },
        { type: "summary", done: 1, unchanged: 0, failed: 1, unknown: 0, stale: 0, notAttempted: 0 },
      ]);
    }
  });

  test("as CSV has a table of results, and no other lines but the summary", async () => {
    const created: ChangeResult = { ...done, outcome: "created" };
    const { requestId: _, ...bare } = unchanged;
    expect((await report(["--output", "csv"], [created, failed, bare])).stdout).toBe(
      [
        "change,email,status,outcome,error,request_id\r",
        `ensure_member,${EMAIL},done,created,,r1\r`,
        "update,bob@example.com,failed,not_applied,no such thing,r2\r",
        `ensure_member,${EMAIL},unchanged,,,\r`,
        "Summary: 1 done, 1 unchanged, 1 failed.",
        "",
      ].join("\n"),
    );
  });

  test("moves a bar, which says how much was not done", async () => {
    const { context, written } = openContext([], { isTerminal: TERMINAL });
    const run = new RunReport(context, "j");
    const progress = { done: 1, unchanged: 0, notAttempted: 0, settled: 1, total: 9 };
    run.progress({ ...progress, failed: 0, stale: 0, unknown: 0 });
    run.progress({ ...progress, settled: 8, failed: 4, stale: 2, unknown: 1 });
    await run.end(async () => []);
    expect(written.stderr).toMatch(/0\/9 {2}(?!\d)/);
    expect(written.stderr).toMatch(/8\/9 {2}7 not done/);
  });

  test("that fails is no report, but ends the bar", async () => {
    const { context } = openContext([], { isTerminal: TERMINAL });
    const error = new ValidationError("plan", []);
    await expect(new RunReport(context, "j").end(() => Promise.reject(error))).rejects.toBe(error);
  });
});
