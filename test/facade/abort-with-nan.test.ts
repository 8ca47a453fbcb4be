/** NaN equals nothing, not even itself. */
import { ArizeClient, BadRequestError } from "ax-users";
import { expect, test } from "vitest";

/** A client whose token provider never returns after `tokens` requests, and the signal that is then aborted with NaN. */
function stage(tokens: number) {
  const controller = new AbortController();
  let left = tokens;
  const client = new ArizeClient({
    prereleaseWarnings: false,
    apiKey: () => {
      if (left > 0) return `key-${left--}`;
      queueMicrotask(() => controller.abort(Number.NaN));
      return new Promise(() => {});
    },
    fetch: async () => Response.json({ title: "Malformed", status: 400 }, { status: 400 }),
  });
  return { client, signal: controller.signal };
}

test("a target for which nothing was sent before an abort with NaN was not attempted", async () => {
  const { client, signal } = stage(0);
  expect(await client.users.bulkDelete({ userIds: ["a", "b"] }, { signal })).toMatchObject(
    Array(2).fill({ status: "failed", outcome: "not_applied", attempted: false, cause: Number.NaN }),
  );
});

test("an abort with NaN before the second form of a request leaves the rejection of the first", async () => {
  const { client, signal } = stage(1);
  const role = { type: "predefined", name: "member" } as const;
  const users = [{ name: "Ada", email: "ada@example.com", role, inviteMode: "email_link" } as const];
  const [result] = await client.users.createMany({ users }, { signal });
  expect(result).toMatchObject({ status: "failed", outcome: "not_applied", attempted: true });
  expect(result).toHaveProperty("cause", expect.any(BadRequestError));
});
