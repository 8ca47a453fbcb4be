import type { BulkUserCreationResult, BulkUserDeletionResult } from "ax-users";
import { expect, test } from "vitest";
import { BAD_CALLBACKS } from "../helpers/bad-callbacks.ts";
import { openAccount } from "../helpers/sandbox.ts";
import { NEW_USER } from "../transport/scripted-server.ts";

/** A callback that keeps each result under its index. */
function keeper<Result>() {
  const kept: Result[] = [];
  const order: number[] = [];
  const onResult = (result: Result, index: number) => {
    kept[index] = result;
    order.push(index);
  };
  return { kept, order, onResult };
}

const USERS = [
  { id: "a", email: "ada@example.com" },
  { id: "g", email: "grace@example.com" },
];

test("bulkDelete: each result once, the same object as in the array, under the index that it has there", async () => {
  const { users } = await openAccount({ users: USERS });
  const { kept, order, onResult } = keeper<BulkUserDeletionResult>();
  const results = await users.bulkDelete({
    userIds: ["a", "..", "nobody"],
    emails: ["ADA@example.com", "grace@example.com", "nobody@example.com"],
    onResult,
  });
  expect(results.map(({ status }) => status)).toEqual([
    "deleted",
    "failed",
    "not_found",
    "deleted",
    "not_found",
  ]);
  expect(order.toSorted()).toEqual([0, 1, 2, 3, 4]);
  for (const [index, result] of results.entries()) expect(kept[index]).toBe(result);
});

test("createMany: what was settled before a failure of the rest is known by then, with its password", async () => {
  const { users, sandbox } = await openAccount();
  const { kept, order, onResult } = keeper<BulkUserCreationResult>();
  const controller = new AbortController();
  const rows = ["a@x.io", "A@x.io", "nope", "b@x.io", "c@x.io"].map((email) => ({
    ...NEW_USER,
    email,
    inviteMode: "temporary_password" as const,
  }));
  const results = await users.createMany(
    {
      users: rows,
      concurrency: 1,
      onResult(result, index) {
        onResult(result, index);
        if (result.email === "b@x.io") controller.abort(new Error("Ctrl+C"));
      },
    },
    { signal: controller.signal },
  );
  expect(order).toEqual([0, 1, 2, 3]);
  for (const [index, result] of results.entries()) expect(kept[index]).toBe(result);
  expect(results.map(({ status }) => status)).toEqual(["created", "failed", "created", "failed"]);
  const passwords = kept.map((result) => "user" in result && result.user.temporaryPassword);
  expect(passwords).toEqual([expect.any(String), false, expect.any(String), false]);
  expect(sandbox.users()).toHaveLength(2);
});

test("a result is given before its progress is", async () => {
  const { users } = await openAccount({ users: USERS });
  const calls: string[] = [];
  await users.bulkDelete({
    userIds: ["a", "g"],
    concurrency: 1,
    onProgress: ({ done }) => calls.push(`progress ${done}`),
    onResult: ({ userId }, index) => calls.push(`result ${index} ${userId}`),
  });
  expect(calls).toEqual(["result 0 a", "progress 1", "result 1 g", "progress 2"]);
});

test.each(BAD_CALLBACKS)("an onResult that %s changes nothing", async (_, onResult) => {
  const { users } = await openAccount({ users: USERS });
  const done: number[] = [];
  const results = await users.bulkDelete({
    userIds: ["a", "g"],
    onResult,
    onProgress: (progress) => done.push(progress.done),
  });
  expect(results.map(({ status }) => status)).toEqual(["deleted", "deleted"]);
  expect(done).toEqual([1, 2]);
  const created = await users.createMany({ users: [{ ...NEW_USER, email: "new@x.io" }], onResult });
  expect(created.map(({ status }) => status)).toEqual(["created"]);
});

test("an onResult that is no function is refused before any request", async () => {
  const { users, sandbox } = await openAccount();
  await expect(users.bulkDelete({ userIds: ["a"], onResult: {} as never })).rejects.toThrow(
    "users.bulkDelete: onResult must be a function, received an object",
  );
  await expect(users.createMany({ users: [NEW_USER], onResult: "log" as never })).rejects.toThrow(
    'users.createMany: onResult must be a function, received "log"',
  );
  expect(sandbox.requests).toEqual([]);
});
