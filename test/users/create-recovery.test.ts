import { ArizeError, ConflictError, type CreateUserParams } from "ax-users";
import { expect, test } from "vitest";
import { wirePage, wireUser } from "../helpers/server.ts";
import { WALL_START } from "../helpers/virtual-clock.ts";
import {
  answers,
  asksToWait,
  breaksOff,
  NEW_USER,
  type Step,
  stage,
  stalls,
} from "../transport/scripted-server.ts";

const user = wireUser({
  id: "u7",
  email: "grace@example.com",
  status: "invited",
  created_at: new Date(WALL_START).toISOString(),
});
const created = answers(201, { ...user, invite_mode: "email_link" });
const withPassword = answers(201, {
  ...user,
  invite_mode: "temporary_password",
  temporary_password: "one-time",
});
const present = answers(200, user);
const conflict = answers(409, { title: "Resource conflict" }, { "x-request-id": "r-409" });
const found = answers(200, wirePage([user]));
const nobody = answers(200, wirePage([]));

const unknowns: [string, Step][] = [
  ["a reset", breaksOff("ECONNRESET")],
  ["a timeout", stalls],
  ["a 500", answers(500)],
  ["a 502", answers(502)],
  ["a 503 without Retry-After", answers(503)],
  ["a 504", answers(504)],
  ["a 408 of a gateway", answers(408)],
  ["a 503 with Retry-After of a cache", answers(503, undefined, { "retry-after": "1" })],
];

const refusals: [string, Step][] = [
  ["a refused connection", breaksOff("ECONNREFUSED", "connect")],
  ["a 408", answers(408, { title: "Request timeout", status: 408 })],
  ["a 425", answers(425, { title: "Too early", status: 425 })],
  ["a 429", asksToWait(429, "1")],
  ["a 503 with Retry-After", asksToWait(503, "1")],
];

const create = (steps: [Step, ...Step[]], fields: Partial<CreateUserParams> = {}) => {
  const { client, clock, sent } = stage(steps);
  const call = client.users.create({ ...NEW_USER, ...fields });
  return { result: clock.run(call), sent };
};

const bothWays = [{}, { onExisting: "throw" }] as const;

test.each(unknowns)("after %s a 201 is created", async (_, unknown) => {
  const { result, sent } = create([unknown, created]);
  expect(await result).toMatchObject({ id: "u7", outcome: "created", inviteMode: "email_link" });
  expect(sent.map(({ method }) => method)).toEqual(["POST", "POST"]);
});

test.each(unknowns)("after %s a 200 is recovered, with onExisting: throw, too", async (_, unknown) => {
  for (const fields of bothWays) {
    const { result } = create([unknown, present], fields);
    expect(await result).toMatchObject({ id: "u7", outcome: "recovered" });
  }
});

test.each(unknowns)(
  "after %s a 409 and a look-up are recovered, with onExisting: throw, too",
  async (_, unknown) => {
    for (const fields of bothWays) {
      const { result, sent } = create([unknown, conflict, found], fields);
      expect(await result).toMatchObject({ id: "u7", outcome: "recovered" });
      expect(sent.map(({ method }) => method)).toEqual(["POST", "POST", "GET"]);
    }
  },
);

/** Answers with a user who was created so long after the call began, which was 100 s after the clock did. */
const foundSince =
  (ms: number, hasDate: boolean): Step =>
  (one, signal) => {
    const createdAt = new Date(WALL_START + 100_000 + ms).toISOString();
    const date = new Date(WALL_START + one.at).toUTCString();
    return answers(200, { ...user, created_at: createdAt }, hasDate ? { date } : {})(one, signal);
  };

test.each([
  ["shortly before the call, by the server's clock,", "recovered", -4_000, true],
  ["before the call, by the server's clock,", "existing", -7_000, true],
  ["shortly before the call, by this clock,", "recovered", -50_000, false],
  ["before the call, by this clock,", "existing", -70_000, false],
])("after a timeout, a user created %s is %s", async (_, outcome, ms, hasDate) => {
  const { client, clock } = stage([stalls, foundSince(ms, hasDate)]);
  await clock.advance(100_000);
  expect(await clock.run(client.users.create(NEW_USER))).toMatchObject({ id: "u7", outcome });
});

test.each([
  ["before the first attempt that may have created it", 30_000, "existing"],
  ["after it", 50_000, "recovered"],
])("a user created while the call waited, %s", async (_, ms, outcome) => {
  const steps = [asksToWait(429, "50"), breaksOff("ECONNRESET"), foundSince(ms, true)] as const;
  const { client, clock } = stage([...steps]);
  await clock.advance(100_000);
  expect(await clock.run(client.users.create(NEW_USER))).toMatchObject({ id: "u7", outcome });
});

test("a doubt is not forgotten over a certain refusal", async () => {
  const { result } = create([breaksOff("ECONNRESET"), asksToWait(429, "1"), conflict, found], {
    onExisting: "throw",
  });
  expect(await result).toMatchObject({ outcome: "recovered" });
});

test.each(refusals)("after %s nothing is in doubt: 200 and 409 mean somebody else's", async (_, refusal) => {
  for (const steps of [
    [refusal, present],
    [refusal, conflict, found],
  ] as [Step, ...Step[]][]) {
    expect(await create(steps).result).toMatchObject({ id: "u7", outcome: "existing" });
    const error = await create(steps, { onExisting: "throw" }).result.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({ status: 409, outcome: "not_applied" });
    expect((error as ConflictError).existing).toMatchObject({ id: "u7" });
  }
});

/** An earlier attempt may have activated a user whose invitation was expired or pending. */
test.each(unknowns)(
  "after %s a ConflictError about an active user added directly is in doubt",
  async (_, lost) => {
    const active = { ...user, status: "active", created_at: "2020-01-01T00:00:00Z" };
    const { result, sent } = create([lost, conflict, answers(200, wirePage([active]))], {
      inviteMode: "none",
      onExisting: "throw",
    });
    const error = await result.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({ reason: "exists", outcome: "unknown", attempts: 2 });
    expect(String(error)).toContain("It may have taken effect");
    expect(sent.map(({ method }) => method)).toEqual(["POST", "POST", "GET"]);
  },
);

test.each([
  ["an active user cannot have got an invitation", "active", "email_link"],
  ["an expired user was not activated", "expired", "none"],
  ["an expired user was not invited", "expired", "email_link"],
] as const)("%s from an earlier attempt", async (_, status, inviteMode) => {
  const old = { ...user, status, created_at: "2020-01-01T00:00:00Z" };
  const { result } = create([breaksOff("ECONNRESET"), conflict, answers(200, wirePage([old]))], {
    ...{ inviteMode, onExisting: "throw" },
  });
  const error = await result.catch((error: unknown) => error);
  expect(error).toMatchObject({ reason: "exists", outcome: "not_applied", attempts: 2 });
});

test("a ConflictError made of a 200 counts all requests", async () => {
  const old = answers(200, { ...user, created_at: "2020-01-01T00:00:00Z" });
  const { result } = create([breaksOff("ECONNRESET"), old], { onExisting: "throw" });
  const error = await result.catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "ConflictError", outcome: "unknown", attempts: 2 });
});

test.each([
  ["of a user who exists", [conflict, found], { reason: "exists", cause: { requestId: "r-409" } }],
  ["of nobody who can be seen", [conflict, nobody], { reason: "removed", cause: { requestId: "r-409" } }],
] as [string, [Step, ...Step[]], object][])(
  "a ConflictError %s has the 409 as its cause",
  async (_, steps, expected) => {
    const error = await create(steps, { onExisting: "throw" }).result.catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject(expected);
  },
);

test("a ConflictError made of a 200 has none", async () => {
  const error = await create([present], { onExisting: "throw" }).result.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).not.toHaveProperty("cause");
});

test("a link gives no password", async () => {
  expect(await create([created]).result).not.toHaveProperty("temporaryPassword");
});

test("after a doubt and a 409, nobody being found leaves it unknown", async () => {
  const error = await create([breaksOff("ECONNRESET"), conflict, nobody]).result.catch(
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ outcome: "unknown", attempts: 2, requestId: "r-409" });
});

test("a look-up that fails after a 409 is the cause, and is itself repeated before", async () => {
  const { result, sent } = create([conflict, answers(502)]);
  const error = await result.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ outcome: "not_applied", attempts: 1, requestId: "r-409" });
  expect((error as ConflictError).cause).toMatchObject({ name: "ServerError", status: 502, attempts: 4 });
  expect(sent).toHaveLength(1 + 4);
});

test("an abort during the look-up after a 409 rejects with the signal's own reason", async () => {
  const controller = new AbortController();
  const { client, clock } = stage([conflict, stalls]);
  const call = client.users.create(NEW_USER, { signal: controller.signal });
  clock.after(1000, () => controller.abort("enough"));
  expect(await clock.run(call).catch((error: unknown) => error)).toBe("enough");
  expect(clock.pending).toEqual([]);
});

test.each(unknowns)(
  "a create with a temporary password is not repeated after %s, and says what to do",
  async (_, unknown) => {
    const { result, sent } = create([unknown, withPassword], { inviteMode: "temporary_password" });
    const error = await result.catch((error: unknown) => error);
    expect(sent).toHaveLength(1);
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(error).toHaveProperty("message", expect.stringMatching(/check before you repeat it/));
    expect(error).toHaveProperty("message", expect.stringMatching(/temporary password .*resendInvitation/));
  },
);

test.each(refusals)("a create with a temporary password is repeated after %s", async (_, refusal) => {
  const { result, sent } = create([refusal, withPassword], { inviteMode: "temporary_password" });
  const user = await result;
  expect(user).toMatchObject({ outcome: "created", inviteMode: "temporary_password" });
  expect(user.temporaryPassword).toBe("one-time");
  expect(JSON.stringify({ ...user })).not.toContain("one-time");
  expect(sent).toHaveLength(2);
});

test.each([
  ["another mode", "email_link", breaksOff("ECONNRESET")],
  ["a certain failure", "temporary_password", answers(400)],
] as const)("nothing is said of passwords with %s", async (_, inviteMode, step) => {
  const error = await create([step], { inviteMode }).result.catch((error: unknown) => error);
  expect(error).toHaveProperty("message", expect.not.stringContaining("password"));
});

test.each([
  ["null", null],
  ["the error of another call", new ArizeError("stop", { outcome: "unknown" })],
])("an abort with %s rejects with it as it is, where a password may be lost, too", async (_, reason) => {
  const controller = new AbortController();
  const { client, clock } = stage([stalls]);
  const { signal } = controller;
  const call = client.users.create({ ...NEW_USER, inviteMode: "temporary_password" }, { signal });
  clock.after(1000, () => controller.abort(reason));
  expect(await clock.run(call).catch((error: unknown) => error)).toBe(reason);
  if (reason) expect(reason.message).toBe("stop");
});
