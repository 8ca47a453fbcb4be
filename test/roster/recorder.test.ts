import type { ApplyProgress, ChangeResult } from "ax-users/roster";
import { describe, expect, test } from "vitest";
import { change, intent, planOf, recorderOf, result } from "./fake-account.ts";

const create = change("create", "ada");
const update = change("update", "bob");
const other = change("ensure_member", "bob", {
  id: "ensure_member bob",
  organization: { id: "o", name: "O" },
});
const removal = change("delete", "cy");
const plan = planOf([create, update, other, removal, change("pending", "dee")]);
const ids = (changes: readonly { id: string }[]) => changes.map(({ id }) => id);
const error = (name: string) => ({ error: { name, message: "no" } });

describe("what remains", () => {
  test("of a plan without results are its changes, or the only one that is meant", () => {
    expect(ids(recorderOf(plan).recorder.remaining)).toEqual(ids([create, update, other, removal]));
    expect(ids(recorderOf(plan, [], { only: update.id }).recorder.remaining)).toEqual([update.id]);
  });

  test.each<[what: string, of: Partial<ChangeResult>, remains: boolean, withRetry: boolean]>([
    ["done", { status: "done" }, false, false],
    ["unchanged", { status: "unchanged" }, false, false],
    ["stale", { status: "stale" }, false, false],
    ["not attempted", { status: "not_attempted" }, true, true],
    ["unknown", { status: "unknown", outcome: "unknown" }, true, true],
    ["failed, and certainly not applied", { status: "failed", outcome: "not_applied" }, false, true],
    ["failed otherwise", { status: "failed" }, false, false],
    ["ended by a 401", { status: "failed", ...error("AuthenticationError") }, true, true],
    ["failed by something else", { status: "failed", ...error("ForbiddenError") }, false, false],
  ])("is a change whose result is %s", (_, of, remains, withRetry) => {
    const entries = [intent(update.id), result(update, of)];
    expect(ids(recorderOf(plan, entries).recorder.remaining).includes(update.id)).toBe(remains);
    const retrying = recorderOf(plan, entries, { retryFailed: true });
    expect(ids(retrying.recorder.remaining).includes(update.id)).toBe(withRetry);
  });

  test("is a change with an intent after its result", () => {
    const entries = [result(update, {}), intent(update.id)];
    expect(ids(recorderOf(plan, entries).recorder.remaining)).toContain(update.id);
  });
});

test("a change is open where its request may have taken effect", async () => {
  const open = (entries: Parameters<typeof recorderOf>[1]) => recorderOf(plan, entries).recorder;
  expect(open([]).isOpen(update)).toBe(false);
  expect(open([intent(update.id)]).isOpen(update)).toBe(true);
  expect(open([intent(update.id)]).isOpen(other)).toBe(false);
  expect(open([result(update, {})]).isOpen(update)).toBe(false);
  const unknown = open([intent(update.id), result(update, { status: "unknown" })]);
  expect(unknown.isOpen(update)).toBe(true);
  await unknown.settle(update, { status: "done" });
  expect(unknown.isOpen(update)).toBe(false);
});

test("only what was unknown before is only read", () => {
  const before = { status: "unknown", outcome: "unknown" } as const;
  const of = (...entries: NonNullable<Parameters<typeof recorderOf>[1]>) =>
    recorderOf(plan, entries).recorder.isOnlyRead(update);
  expect(of()).toBeUndefined();
  expect(of(result(update, { status: "failed" }))).toBeUndefined();
  expect(of(intent(update.id), result(update, before))).toMatchObject(before);
  expect(of(result(update, before), intent(update.id))).toBeUndefined();
  expect(of(result(update, { ...before, ...error("AuthenticationError") }))).toBeUndefined();
});

test("the other changes for a person count as attempted once they have an intent, whoever wrote it", async () => {
  const { recorder } = recorderOf(plan, [intent(update.id)]);
  expect(ids(recorder.attemptedFor(other))).toEqual([update.id]);
  expect(recorder.attemptedFor(update)).toEqual([]);
  expect(recorder.attemptedFor(create)).toEqual([]);
  expect(ids(recorder.attemptedFor({ ...change("delete", "x"), email: "BOB@example.com" }))).toEqual([
    update.id,
  ]);
  expect(recorder.attemptedFor(change("delete", "nobody"))).toEqual([]);
  expect(await recorder.intend(other)).toBe(true);
  expect(ids(recorder.attemptedFor(update))).toEqual([other.id]);
});

test("whom the plan has created is new, and known by the address", async () => {
  const { recorder } = recorderOf(plan);
  expect(recorder.newUserId("ada@example.com")).toBeUndefined();
  expect(recorder.newUserId("nobody@example.com")).toBeUndefined();
  await recorder.settle(update, { status: "done", userId: "u2" });
  expect(recorder.newUserId("bob@example.com")).toBeUndefined();
  expect(recorder.isNewcomer("bob@example.com")).toBe(false);
  await recorder.settle(create, { status: "done", userId: "u1" });
  expect(recorder.newUserId("ADA@example.com")).toBe("u1");
  expect(recorder.isNewcomer("Ada@Example.com")).toBe(true);
});

test.each([
  ["unchanged", "u1", false],
  ["failed", undefined, false],
  ["stale", undefined, false],
] as const)("a create that is %s: the ID is %s, and the person is not new", async (status, userId, isNew) => {
  const { recorder } = recorderOf(plan);
  await recorder.settle(create, { status, userId: "u1" });
  expect(recorder.newUserId("ada@example.com")).toBe(userId);
  expect(recorder.isNewcomer("ada@example.com")).toBe(isNew);
});

test("a renewed invitation is one, too", async () => {
  const renew = change("renew", "eve");
  const { recorder } = recorderOf(planOf([change("update", "eve"), renew]));
  await recorder.settle(renew, { status: "done", userId: "u9" });
  expect(recorder.newUserId("eve@example.com")).toBe("u9");
  expect(recorder.isNewcomer("eve@example.com")).toBe(true);
});

test("a result is recorded, counted and reported, and what it does not attempt is none of these", async () => {
  const results: ChangeResult[] = [];
  const progress: ApplyProgress[] = [];
  const { recorder, journal } = recorderOf(plan, [], {
    onResult: (one: ChangeResult) => results.push(one),
    onProgress: (one: ApplyProgress) => progress.push(one),
  });
  await recorder.settle(removal, { status: "not_attempted" });
  expect([journal.entries, results, progress]).toEqual([[], [], []]);
  expect(recorder.resultOf(removal)).toBeUndefined();
  await recorder.intend(removal);
  await recorder.settle(removal, { status: "not_attempted" });
  expect([results, progress]).toEqual([[], []]);
  const failure = Object.assign(new Error("gone"), { status: 410, secret: "s" });
  await recorder.settle(update, { status: "failed", error: failure, requestId: "r1" });
  const failed = { id: update.id, kind: "update", email: "bob@example.com", userId: "bob", status: "failed" };
  expect(results).toStrictEqual([{ ...failed, error: failure, requestId: "r1" }]);
  const counts = { done: 0, unchanged: 0, failed: 1, unknown: 0, stale: 0, notAttempted: 0 };
  expect(progress).toEqual([{ ...counts, total: 4, settled: 1 }]);
  const at = expect.any(String);
  expect(journal.entries).toStrictEqual([
    { type: "intent", id: removal.id, at },
    {
      type: "result",
      at,
      id: removal.id,
      kind: "delete",
      email: "cy@example.com",
      userId: "cy",
      status: "not_attempted",
    },
    {
      type: "result",
      at,
      ...failed,
      requestId: "r1",
      error: { name: "Error", message: "gone", status: 410 },
    },
  ]);
  expect(recorder.results().map(({ status }) => status)).toEqual([
    ...["not_attempted", "failed", "not_attempted", "not_attempted"],
  ]);
});

test("a run that goes on counts what was done before", async () => {
  const progress: ApplyProgress[] = [];
  const onProgress = (one: ApplyProgress) => progress.push(one);
  const { recorder } = recorderOf(plan, [result(create, {})], { onProgress });
  await recorder.settle(update, { status: "unchanged" });
  expect(progress).toMatchObject([{ done: 1, unchanged: 1, total: 4, settled: 2 }]);
});

test("callbacks may be missing, and may throw", async () => {
  const { recorder } = recorderOf(plan);
  await recorder.settle(update, { status: "done" });
  const { recorder: other } = recorderOf(plan, [], {
    onResult: () => {
      throw new Error("no");
    },
  });
  await other.settle(update, { status: "done" });
  expect([recorder, other].map((one) => one.resultOf(update)?.status)).toEqual(["done", "done"]);
  expect(other.stopped).toBeUndefined();
});

test("a run stops once, with the first reason, and says so for what it did not attempt", () => {
  const { recorder } = recorderOf(plan, [result(create, {})]);
  expect(recorder.stopped).toBeUndefined();
  expect(recorder.signal.aborted).toBe(false);
  recorder.stop("first");
  recorder.stop("second");
  expect(recorder.stopped).toEqual({ error: "first" });
  expect(recorder.signal.reason).toBe("first");
  expect(recorder.results()[0]).not.toHaveProperty("error");
  expect(recorder.results()[1]).toStrictEqual({
    ...{ id: update.id, kind: "update", email: "bob@example.com", userId: "bob", status: "not_attempted" },
    error: { name: "Error", message: "first" },
  });
});

test.each(["intend", "settle"] as const)(
  "a journal that cannot be written ends the run: %s",
  async (step) => {
    const { recorder, journal } = recorderOf(plan);
    const full = new Error("no space left");
    journal.append = () => Promise.reject(full);
    if (step === "intend") expect(await recorder.intend(update)).toBe(false);
    else await recorder.settle(update, { status: "done" });
    expect(recorder.stopped).toEqual({ error: full });
    expect(recorder.attemptedFor(other)).toEqual([]);
    expect(recorder.resultOf(update)?.status).toBe(step === "settle" ? "done" : undefined);
  },
);
