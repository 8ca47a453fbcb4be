/** Targets of a bulk call that are begun, and still wait for their turn when the call ends. */
import { type BulkUserDeletionResult, ConflictError, TimeoutError } from "ax-users";
import { expect, test } from "vitest";
import { virtualClient } from "../helpers/virtual-client.ts";
import { NEW_USER } from "../transport/scripted-server.ts";

const IN_FLIGHT = 8;
const TARGETS = 12;
const userIds = Array.from({ length: TARGETS }, (_, index) => `u${index}`);

const notAttempted = (results: readonly BulkUserDeletionResult[]) =>
  results.flatMap((result, index) => (result.status === "failed" && !result.attempted ? index : []));

const LAST = Array.from({ length: TARGETS - IN_FLIGHT }, (_, index) => IN_FLIGHT + index);

test("what the deadline left no turn for was not attempted, and is not told as a request that timed out", async () => {
  let sent = 0;
  const fetch = () => {
    sent += 1;
    return new Promise<never>(() => {});
  };
  const { client, clock } = virtualClient({ fetch, maxRetries: 0 });
  const results = await clock.run(client.users.bulkDelete({ userIds }, { deadlineMs: 500 }));
  expect(sent).toBe(IN_FLIGHT);
  expect(notAttempted(results)).toEqual(LAST);
  expect(results[0]).toMatchObject({ status: "failed", outcome: "unknown", attempted: true });
  for (const index of LAST) {
    expect(results[index]).toMatchObject({
      status: "failed",
      error: "not attempted: the deadline has passed (deadlineMs: 500)",
      outcome: "not_applied",
      attempted: false,
    });
    expect(results[index]).toHaveProperty("cause", expect.any(TimeoutError));
    expect(results[index]).toHaveProperty("cause.attempts", 0);
    expect(results[index]).toHaveProperty(
      "cause.message",
      expect.not.stringContaining("no complete response"),
    );
  }
});

test("what an abort left no turn for was not attempted, and what is in flight is waited for", async () => {
  const controller = new AbortController();
  const answers: (() => void)[] = [];
  const fetch = () =>
    new Promise<Response>((resolve) => {
      answers.push(() => resolve(new Response(null, { status: 204 })));
      if (answers.length < IN_FLIGHT) return;
      controller.abort("enough");
      for (const answer of answers) answer();
    });
  const { client, clock } = virtualClient({ fetch });
  const { signal } = controller;
  const results = await clock.run(client.users.bulkDelete({ userIds }, { signal }));
  expect(answers).toHaveLength(IN_FLIGHT);
  expect(results.slice(0, IN_FLIGHT).every(({ status }) => status === "deleted")).toBe(true);
  expect(notAttempted(results)).toEqual(LAST);
  for (const index of LAST) {
    expect(results[index]).toMatchObject({
      status: "failed",
      error: "not attempted: the call was aborted",
      cause: "enough",
      outcome: "not_applied",
    });
  }
});

test("an abort with the conflict of another call is no conflict of what was not attempted", async () => {
  const fields = { status: 409, title: "Taken", extensions: {}, headers: new Headers(), attempts: 1 };
  const reason = new ConflictError("taken", { ...fields, outcome: "not_applied" });
  const controller = new AbortController();
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    if (sent === IN_FLIGHT) controller.abort(reason);
    return Response.json({ title: "Access forbidden", status: 403 }, { status: 403 });
  };
  const { client, clock } = virtualClient({ fetch, enumCase: "lower" });
  const users = userIds.map((name) => ({ ...NEW_USER, email: `${name}@example.com` }));
  const results = await clock.run(client.users.createMany({ users }, { signal: controller.signal }));
  expect(sent).toBe(IN_FLIGHT);
  for (const index of LAST) {
    expect(results[index]).toMatchObject({ error: "not attempted: the call was aborted", attempted: false });
    expect(results[index]).toHaveProperty("cause", reason);
  }
});
