/** `isDeveloper` on create, with servers that take, ignore or refuse it. */
import { inspect } from "node:util";
import { ArizeError, type CreateUserParams, PermissionDeniedError, type RequestOptions } from "ax-users";
import { describe, expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import { turn } from "../helpers/virtual-clock.ts";
import { type Dialect, type Sent, serverOf } from "./is-developer-server.ts";

const params = (index = 0, fields: Partial<CreateUserParams> = {}): CreateUserParams => ({
  name: "Ada",
  email: `user${index}@example.com`,
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
  isDeveloper: false,
  ...fields,
});

function start(dialect: Dialect) {
  const server = serverOf(dialect);
  const { client, clock } = virtualClient({ fetch: server.fetch, maxRetries: 0 });
  return { ...server, client, clock };
}

const refused = (enumCase: Dialect["enumCase"], more: Partial<Dialect> = {}): Dialect => ({
  enumCase,
  field: "refused",
  ...more,
});

/** What the first create costs, where the field is wanted as it is not by default, and each further one. */
const CASES: [Dialect, first: Sent[], later: Sent[]][] = [
  [{ enumCase: "lower", field: "taken" }, ["lower+ 201"], ["lower+ 201"]],
  [{ enumCase: "upper", field: "taken" }, ["lower+ 400", "upper+ 201"], ["upper+ 201"]],
  // The one case in which a server that takes the field is not found out: it does not say what it rejects.
  [
    { enumCase: "upper", field: "taken", isTerse: true },
    ["lower+ 400", "lower- 400", "upper- 201", "update 200"],
    ["upper- 201", "update 200"],
  ],
  [{ enumCase: "lower", field: "ignored" }, ["lower+ 201", "update 200"], ["lower+ 201", "update 200"]],
  [
    { enumCase: "upper", field: "ignored" },
    ["lower+ 400", "upper+ 201", "update 200"],
    ["upper+ 201", "update 200"],
  ],
  ...([400, 422] as const).flatMap((status): [Dialect, Sent[], Sent[]][] => [
    [
      refused("lower", { status }),
      [`lower+ ${status}`, "lower- 201", "update 200"],
      ["lower- 201", "update 200"],
    ],
    [
      refused("upper", { status }),
      ["lower+ 400", `upper+ ${status}`, "upper- 201", "update 200"],
      ["upper- 201", "update 200"],
    ],
    [
      refused("upper", { status, fieldFirst: true }),
      [`lower+ ${status}`, "lower- 400", "upper- 201", "update 200"],
      ["upper- 201", "update 200"],
    ],
    [
      refused("upper", { status, isTerse: true }),
      ["lower+ 400", "lower- 400", "upper- 201", "update 200"],
      ["upper- 201", "update 200"],
    ],
    [
      refused("lower", { status, isTerse: true }),
      [`lower+ ${status}`, "lower- 201", "update 200"],
      ["lower- 201", "update 200"],
    ],
  ]),
];

describe.each(CASES)("a server %o", (dialect, first, later) => {
  test("gets what it takes, and what was learned is remembered", async () => {
    const { client, users, sent } = start(dialect);
    const user = await client.users.create(params(1));
    expect(user).toMatchObject({
      id: "u1",
      outcome: "created",
      inviteMode: "email_link",
      isDeveloper: false,
    });
    expect(sent).toEqual(first);
    await client.users.create(params(2));
    expect(sent.slice(first.length)).toEqual(later);
    expect(users.map((one) => one["is_developer"])).toEqual([false, false]);
  });

  test("needs no update where the role gives what was asked for", async () => {
    const { client, sent } = start(dialect);
    await client.users.create(params(1, { isDeveloper: true }));
    expect(sent).toEqual(first.filter((one) => !one.startsWith("update")));
  });

  test("costs no more where twenty are created at the same time", async () => {
    const { client, clock, users, sent } = start(dialect);
    const rows = Array.from({ length: 20 }, (_, index) => params(index));
    const results = await clock.run(client.users.createMany({ users: rows, concurrency: 20 }));
    expect(results.map(({ status }) => status)).toEqual(rows.map(() => "created"));
    expect(users.map((one) => one["is_developer"])).toEqual(rows.map(() => false));
    expect(sent.toSorted()).toEqual([...first, ...rows.slice(1).flatMap(() => later)].toSorted());
  });

  test("an invalid request is rejected for the first reason, with two more requests at most", async () => {
    const { client, users, sent } = start(dialect);
    const error = await rejection(client.users.create(params(1, { name: "Invalid" })));
    expect(error).toMatchObject({ status: Number(sent[0]?.split(" ")[1]), outcome: "not_applied" });
    expect(sent.length).toBeLessThanOrEqual(3);
    await client.users.create(params(2));
    const before = sent.length;
    await rejection(client.users.create(params(3, { name: "Invalid" })));
    await rejection(client.users.create(params(4, { name: "Invalid" })));
    // What is known is tried anew once a minute, by two requests at most.
    expect(sent.length - before).toBeLessThanOrEqual(4);
    expect(users).toHaveLength(1);
  });
});

describe("where the enum case is known", () => {
  test.each([
    ["upper", ["upper+ 422", "upper- 201", "update 200"]],
    ["lower", ["lower+ 422", "lower- 201", "update 200"]],
  ] as const)("from a list (%s), one more request finds the rest out", async (enumCase, expected) => {
    const { client, sent, users } = start(refused(enumCase, { isTerse: true }));
    await client.users.create(params(1, { isDeveloper: undefined }));
    await client.users.list();
    const before = sent.length;
    await client.users.create(params(2));
    expect(sent.slice(before)).toEqual(expected);
    expect(users).toHaveLength(2);
  });

  test("from an option, the other one is never tried", async () => {
    const { fetch, sent } = serverOf(refused("upper", { isTerse: true }));
    const { client } = virtualClient({ fetch, enumCase: "upper", maxRetries: 0 });
    await rejection(client.users.create(params(1, { name: "Invalid" })));
    expect(sent).toEqual(["upper+ 400", "upper- 400"]);
  });

  test.each([true, false])(
    "from an option, a server that begins to refuse the field is followed (terse: %s)",
    async (isTerse) => {
      const { client, sent } = await startAndChange(
        { enumCase: "upper", field: "taken" },
        refused("upper", { isTerse }),
        "upper",
      );
      await client.users.create(params(2));
      await rejection(client.users.create(params(3, { name: "Invalid" })));
      expect(sent).toEqual(["upper+ 422", "upper- 201", "update 200", "upper- 400"]);
    },
  );
});

/** A client whose server is `before` for its first call, and `after` from then on. */
async function startAndChange(before: Dialect, after: Dialect, enumCase: "auto" | "upper" = "auto") {
  let current = serverOf(before);
  const fetch: typeof globalThis.fetch = (...request) => current.fetch(...request);
  const { client } = virtualClient({ fetch, enumCase, maxRetries: 0 });
  await client.users.create(params(1));
  current = serverOf(after);
  return { client, sent: current.sent };
}

test.each<[string, Dialect, Dialect, Sent[]]>([
  [
    "changes its dialect",
    { enumCase: "lower", field: "taken" },
    { enumCase: "upper", field: "taken" },
    ["lower+ 400", "upper+ 201", "upper+ 201"],
  ],
  [
    "changes its dialect, and refuses the field as before,",
    refused("lower"),
    refused("upper"),
    ["lower- 400", "upper- 201", "update 200", "upper- 201", "update 200"],
  ],
  [
    "begins to refuse the field",
    { enumCase: "upper", field: "taken" },
    refused("upper"),
    ["upper+ 422", "upper- 201", "update 200", "upper- 201", "update 200"],
  ],
  [
    "begins to refuse the field, and does not say so,",
    { enumCase: "upper", field: "taken" },
    refused("upper", { isTerse: true }),
    ["upper+ 422", "upper- 201", "update 200", "upper- 201", "update 200"],
  ],
  [
    "changes its dialect and begins to refuse the field, and does not say so,",
    { enumCase: "lower", field: "taken" },
    refused("upper", { isTerse: true }),
    ["lower+ 400", "lower- 400", "upper- 201", "update 200", "upper- 201", "update 200"],
  ],
])("a server that %s is followed", async (_, before, after, expected) => {
  const { client, sent } = await startAndChange(before, after);
  await client.users.create(params(2));
  await client.users.create(params(3));
  expect(sent).toEqual(expected);
});

test("calls that are rejected at the same time find out together what the server takes by now", async () => {
  const { client, sent } = await startAndChange({ enumCase: "upper", field: "taken" }, refused("upper"));
  const users = await Promise.all([2, 3, 4].map((index) => client.users.create(params(index))));
  expect(users.map(({ isDeveloper }) => isDeveloper)).toEqual([false, false, false]);
  expect(sent.toSorted()).toEqual([
    ...["update 200", "update 200", "update 200"],
    ...["upper+ 422", "upper+ 422", "upper+ 422"],
    ...["upper- 201", "upper- 201", "upper- 201"],
  ]);
});

test("calls with the field wait for it alone, those without it only for the enum case", async () => {
  const { client, clock, sent } = start(refused("upper"));
  const rows = [params(0, { isDeveloper: undefined }), ...[1, 2, 3].map((index) => params(index))];
  const results = await clock.run(client.users.createMany({ users: rows, concurrency: 4 }));
  expect(results.map(({ status }) => status)).toEqual(rows.map(() => "created"));
  expect(sent.filter((one) => !one.startsWith("update"))).toEqual([
    "lower- 400",
    "upper- 201",
    "upper+ 422",
    "upper- 201",
    "upper- 201",
    "upper- 201",
  ]);
});

test("nobody waits for a request that hangs for longer than its own timeoutMs", async () => {
  const { fetch, sent } = serverOf(refused("upper"));
  let requests = 0;
  const { client, clock } = virtualClient({
    maxRetries: 0,
    fetch: (...request) => (++requests === 1 ? new Promise(() => {}) : fetch(...request)),
  });
  const hangs = client.users.create(params(1), { timeoutMs: 60_000 }).catch((error: unknown) => error);
  await turn();
  const waits = client.users.create(params(2), { timeoutMs: 1_000 });
  await turn();
  expect(requests).toBe(1);
  await clock.advance(1_000);
  expect(await waits).toMatchObject({ outcome: "created", isDeveloper: false });
  expect(sent).toEqual(["lower+ 400", "upper+ 422", "upper- 201", "update 200"]);
  await clock.advance(60_000);
  expect(await hangs).toMatchObject({ name: "TimeoutError" });
});

test("a conflict after a rejection shows what the server takes, too", async () => {
  const { fetch, sent } = serverOf(refused("upper"));
  let isTaken = true;
  const { client } = virtualClient({
    maxRetries: 0,
    fetch: async (...request) => {
      const response = await fetch(...request);
      if (response.status !== 201 || !isTaken) return response;
      return Response.json({ title: "Resource conflict", status: 409 }, { status: 409 });
    },
  });
  expect(await client.users.create(params(1))).toMatchObject({ outcome: "existing" });
  isTaken = false;
  await client.users.create(params(2));
  expect(sent.slice(3)).toEqual(["upper- 201", "update 200"]);
});

test("an existing user is not changed", async () => {
  const { fetch, sent, users } = serverOf(refused("upper"));
  const { client } = virtualClient({
    maxRetries: 0,
    fetch: async (...request) => {
      const response = await fetch(...request);
      return response.status === 201 ? Response.json(users[0], { status: 200 }) : response;
    },
  });
  expect(await client.users.create(params(1))).toMatchObject({ outcome: "existing", isDeveloper: true });
  expect(sent).toEqual(["lower+ 400", "upper+ 422", "upper- 201"]);
});

describe("where the update fails", () => {
  const forbidden = params(1, { name: "Fixed", inviteMode: "temporary_password" });

  test("the error says that the user exists and what is missing, and has the user", async () => {
    const { client } = start(refused("upper"));
    const error = (await rejection(client.users.create(forbidden))) as PermissionDeniedError;
    expect(ArizeError.is(error) && PermissionDeniedError.is(error)).toBe(true);
    expect(error).toMatchObject({ status: 403, outcome: "unknown" });
    expect(error.message).toMatch(
      /The user exists \(u1; see the error's user\), created without isDeveloper: false\.$/,
    );
    expect(error.user).toMatchObject({ id: "u1", isDeveloper: true, outcome: "created" });
    expect(error.user?.temporaryPassword).toBe("one-time");
    expect(inspect(error) + JSON.stringify(error)).not.toMatch(/one-time|@example/);
  });

  test("so does the result of createMany", async () => {
    const { client, clock } = start(refused("lower"));
    const results = await clock.run(client.users.createMany({ users: [forbidden, params(2)] }));
    expect(results).toMatchObject([
      { status: "failed", outcome: "unknown", attempted: true },
      { status: "created" },
    ]);
    expect(results[0]).toHaveProperty("cause.user.temporaryPassword", "one-time");
  });

  const abortOnUpdate = (controller: AbortController, reason: unknown) => {
    const { fetch } = serverOf({ enumCase: "lower", field: "ignored" });
    const { client, clock } = virtualClient({
      maxRetries: 0,
      fetch: async (...request) => {
        const response = await fetch(...request);
        if (response.status === 201) controller.abort(reason);
        return response;
      },
    });
    const options: RequestOptions = { signal: controller.signal };
    return { client, clock, options };
  };

  test("by an abort, create rejects with the signal's reason", async () => {
    const { client, options } = abortOnUpdate(new AbortController(), "enough");
    expect(await rejection(client.users.create(forbidden, options))).toBe("enough");
  });

  test("by an abort because of another call's error, that error stays as it is", async () => {
    const reason = new ArizeError("stop");
    const { client, options } = abortOnUpdate(new AbortController(), reason);
    expect(await rejection(client.users.create(forbidden, options))).toBe(reason);
    const { client: second, clock, options: aborted } = abortOnUpdate(new AbortController(), reason);
    const results = await clock.run(second.users.createMany({ users: [forbidden] }, aborted));
    expect(results).toMatchObject([{ status: "failed", outcome: "unknown", cause: { cause: reason } }]);
    expect(reason).toMatchObject({ message: "stop", outcome: "not_applied" });
    expect(reason).not.toHaveProperty("user");
  });

  test("by an abort while it is under way, create rejects with the signal's reason", async () => {
    const { fetch } = serverOf({ enumCase: "lower", field: "ignored" });
    const controller = new AbortController();
    const { client } = virtualClient({
      fetch: (...request) => {
        if (request[1]?.method === "PATCH") controller.abort("enough");
        return fetch(...request);
      },
    });
    expect(await rejection(client.users.create(forbidden, { signal: controller.signal }))).toBe("enough");
  });

  test("by an abort, the result of createMany has the user all the same", async () => {
    const { client, clock, options } = abortOnUpdate(new AbortController(), "enough");
    const results = await clock.run(client.users.createMany({ users: [forbidden, params(2)] }, options));
    expect(results).toMatchObject([{ status: "failed", outcome: "unknown", attempted: true }, {}]);
    expect(results[0]).toHaveProperty("cause.user.temporaryPassword", "one-time");
    expect(results[0]).toHaveProperty("cause.cause", "enough");
    expect(results[0]).toHaveProperty(
      "error",
      "users.createMany: ended early. The user exists (u1; see the error's user), created without isDeveloper: false.",
    );
  });

  test("by the deadline, the error of create has the user", async () => {
    const { fetch } = serverOf({ enumCase: "lower", field: "ignored" });
    const { client, clock } = virtualClient({
      fetch: (...request) => (request[1]?.method === "PATCH" ? new Promise(() => {}) : fetch(...request)),
    });
    const error = await clock.run(rejection(client.users.create(forbidden, { deadlineMs: 1_000 })));
    expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown", user: { id: "u1" } });
    expect(error).toHaveProperty("user.temporaryPassword", "one-time");
  });

  test("by the deadline, the result of createMany has the user all the same", async () => {
    const { fetch } = serverOf({ enumCase: "lower", field: "ignored" });
    const { client, clock } = virtualClient({
      maxRetries: 0,
      fetch: async (...request) => {
        const response = await fetch(...request);
        if (response.status === 201) clock.advance(1_000);
        return response;
      },
    });
    const results = await clock.run(client.users.createMany({ users: [forbidden] }, { deadlineMs: 1_000 }));
    expect(results).toMatchObject([{ status: "failed", outcome: "unknown", attempted: true }]);
    expect(results[0]).toHaveProperty("cause.user.temporaryPassword", "one-time");
  });
});
