/** Targets of a bulk call that are begun, and still wait for their turn when the call ends. */
import {
  type APIErrorFields,
  type ArizeClient,
  type BulkUserDeletionResult,
  ConflictError,
  NotFoundError,
  type RequestOptions,
  TimeoutError,
} from "ax-users";
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
    const message = "users.bulkDelete: the deadline has passed (deadlineMs: 500).";
    expect(results[index]).toHaveProperty("cause.message", message);
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

/** The error of another call, which a caller may pass on as the reason of an abort. */
const fieldsOf = (status: number): APIErrorFields => ({
  ...{ status, title: "No", extensions: {}, headers: new Headers() },
  ...{ outcome: "not_applied", attempts: 1 },
});
const users = userIds.map((name) => ({ ...NEW_USER, email: `${name}@example.com` }));

test.each<[string, Error, (client: ArizeClient, options: RequestOptions) => Promise<readonly object[]>]>([
  [
    "404 of another call is no user who does not exist",
    new NotFoundError("gone", fieldsOf(404)),
    (client, options) => client.users.bulkDelete({ userIds }, options),
  ],
  [
    "409 of another call is no conflict of a user who was not created",
    new ConflictError("taken", fieldsOf(409)),
    (client, options) => client.users.createMany({ users }, options),
  ],
])("an abort with the %s", async (_, reason, send) => {
  const controller = new AbortController();
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    if (sent === IN_FLIGHT) controller.abort(reason);
    return Response.json({ title: "Access forbidden", status: 403 }, { status: 403 });
  };
  const { client, clock } = virtualClient({ fetch, enumCase: "lower" });
  const results = await clock.run(send(client, { signal: controller.signal }));
  expect(sent).toBe(IN_FLIGHT);
  for (const index of LAST) {
    expect(results[index]).toMatchObject({
      status: "failed",
      error: "not attempted: the call was aborted",
      attempted: false,
    });
    expect(results[index]).toHaveProperty("cause", reason);
  }
});
