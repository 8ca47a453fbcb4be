import type { ArizeClientOptions } from "ax-users";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import { turn } from "../helpers/virtual-clock.ts";

type Dialect = "lower" | "upper" | "neither";

const upper = (value: string) => value.toUpperCase().replaceAll("-", "_");
const isUpper = (value: string) => value === upper(value);

/** A server that refuses the other spelling, and what it received. */
function serverOf(dialect: Dialect, status = 400) {
  const seen: { method: string; enums: string[]; status: number }[] = [];
  const spelled = (value: string) => (dialect === "upper" ? upper(value) : value);
  const user = (email?: string) =>
    wireUser({
      id: "u1",
      ...(email && { email }),
      status: spelled("invited"),
      role: { type: spelled("predefined"), name: spelled("member") },
    });
  const answerTo = (method: string, enums: string[], email?: string): [number, unknown] => {
    if (enums.some((value) => dialect === "neither" || isUpper(value) !== (dialect === "upper"))) {
      return [status, { title: "Invalid request parameters", detail: `no ${enums[0]} here` }];
    }
    if (method === "POST") return [201, { ...user(email), invite_mode: spelled("email_link") }];
    return [200, method === "PATCH" ? user() : { users: [user()], pagination: { has_more: false } }];
  };
  const fetch: typeof globalThis.fetch = async (input, { method = "GET", body } = {}) => {
    const { searchParams } = new URL(String(input));
    const sent = typeof body === "string" ? JSON.parse(body) : {};
    const enums = [
      sent.invite_mode,
      sent.role?.type,
      sent.role?.name,
      ...searchParams.getAll("status"),
    ].filter((value) => value !== undefined);
    const [code, answer] = answerTo(method, enums, sent.email);
    seen.push({ method, enums, status: code });
    return Response.json(answer, { status: code });
  };
  return { fetch, seen };
}

function clientOf(fetch: typeof globalThis.fetch, options: ArizeClientOptions = {}) {
  const { client, clock } = virtualClient({ ...options, fetch }, () => 0);
  return {
    clock,
    create: (email = "ada@example.com") =>
      client.users.create({
        name: "Ada",
        email,
        role: { type: "predefined", name: "member" },
        inviteMode: "email_link",
      }),
    list: () => client.users.list({ status: ["invited"] }).then(({ data }) => data),
    listAll: () => client.users.list().then(({ data }) => data),
    update: () => client.users.update({ userId: "u1", name: "Ada" }),
  };
}

type Step = "create" | "list" | "listAll" | "update";

describe.each(["lower", "upper"] as const)("a server that spells enum values in %s case", (dialect) => {
  const needless = ({ enums, status }: { enums: string[]; status: number }) =>
    enums.length > 0 && status === 400;

  test("the first call is understood, whichever it is", async () => {
    for (const step of ["create", "list", "listAll", "update"] as const) {
      const { fetch, seen } = serverOf(dialect);
      const value = await clientOf(fetch)[step]();
      expect([value].flat()[0]).toMatchObject({
        status: "invited",
        role: { type: "predefined", name: "member" },
      });
      expect(seen.filter(needless).length).toBe(dialect === "upper" && /create|list$/.test(step) ? 1 : 0);
    }
  });

  test("in any order, one request at most is in vain, and none is sent again that was accepted", async () => {
    const steps = fc.array(fc.constantFrom<Step>("create", "list", "listAll", "update"), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (steps, atOnce) => {
        const { fetch, seen } = serverOf(dialect);
        const client = clientOf(fetch);
        if (atOnce) await Promise.all(steps.map((step) => client[step]()));
        else for (const step of steps) await client[step]();
        expect(seen.filter(needless).length).toBeLessThanOrEqual(1);
        expect(seen.filter(({ status }) => status < 300)).toHaveLength(steps.length);
      }),
    );
  });

  test.each(["lower", "upper"] as const)("enumCase %s is taken at its word", async (enumCase) => {
    const { fetch, seen } = serverOf(dialect);
    const client = clientOf(fetch, { enumCase });
    await client.listAll();
    const created = client.create();
    if (enumCase === dialect) await created;
    else await expect(created).rejects.toMatchObject({ status: 400 });
    expect(seen).toHaveLength(2);
    expect(seen[1]?.enums.every(isUpper)).toBe(enumCase === "upper");
  });
});

test.each([400, 422])(
  "where both spellings are refused with %d, the first answer is the error",
  async (status) => {
    const { fetch, seen } = serverOf("neither", status);
    const client = clientOf(fetch, { maxRetries: 0 });
    await expect(client.create()).rejects.toMatchObject({
      status,
      detail: "no email_link here",
      attempts: 1,
    });
    expect(seen.map(({ enums }) => enums[0])).toEqual(["email_link", "EMAIL_LINK"]);
  },
);

test.each([401, 403, 409, 404])("a %d is no reason to try the other spelling", async (status) => {
  const { fetch, seen } = serverOf("neither", status);
  await expect(clientOf(fetch).list()).rejects.toMatchObject({ status });
  expect(seen).toHaveLength(1);
});

test("first calls at the same time wait for the first of them, and learn with it", async () => {
  const { fetch, seen } = serverOf("upper");
  const client = clientOf(fetch);
  const emails = Array.from({ length: 20 }, (_, index) => `user${index}@example.com`);
  await Promise.all(emails.map((email) => client.create(email)));
  expect(seen.filter(({ status }) => status === 400)).toHaveLength(1);
  expect(seen).toHaveLength(21);
});

test("where the first of them fails for another reason, the next one tries", async () => {
  const { fetch, seen } = serverOf("upper");
  let requests = 0;
  const failing: typeof globalThis.fetch = (input, init) => {
    requests += 1;
    return requests === 1 ? Promise.resolve(Response.json({}, { status: 403 })) : fetch(input, init);
  };
  const client = clientOf(failing);
  const [first, second] = await Promise.allSettled([client.create(), client.create("grace@example.com")]);
  expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
  expect(seen.map(({ status }) => status)).toEqual([400, 201]);
});

test("whoever waits for the first of them has a timer, without which Workers take a request for hung", async () => {
  const { clock, create } = clientOf(() => new Promise(() => {}), { timeoutMs: 600_000 });
  create().catch(() => {});
  await turn();
  const before = clock.pending;
  create("grace@example.com").catch(() => {});
  await turn();
  expect(clock.pending).toHaveLength(before.length + 1);
  expect(clock.pending[0]).toBeLessThanOrEqual(1000);
});

test("whoever waits for the first of them ends with its own signal and deadline", async () => {
  const never: typeof globalThis.fetch = () => new Promise(() => {});
  const { client, clock } = virtualClient({ fetch: never });
  const params = { status: ["invited"] } as const;
  const told = (promise: PromiseLike<unknown>) =>
    promise.then(
      () => "success",
      (error: unknown) => error,
    );
  const first = told(client.users.list(params));
  await turn();
  const controller = new AbortController();
  const aborted = told(client.users.list(params, { signal: controller.signal }));
  const late = told(client.users.list(params, { deadlineMs: 50 }));
  await turn();
  const enough = new Error("enough");
  controller.abort(enough);
  expect(await aborted).toBe(enough);
  await clock.advance(50);
  expect(await late).toMatchObject({ name: "TimeoutError", attempts: 0 });
  await clock.advance(600_000);
  expect(await first).toMatchObject({ name: "TimeoutError", attempts: 4 });
  expect(clock.pending).toEqual([]);
});

test("a server that changes its spelling is followed by its answers", async () => {
  const [before, after] = [serverOf("lower"), serverOf("upper")];
  let current = before;
  const client = clientOf((input, init) => current.fetch(input, init));
  await client.create();
  current = after;
  await client.listAll();
  await client.create();
  expect([...before.seen, ...after.seen].every(({ status }) => status < 300)).toBe(true);
});

test("whoever waits goes on as soon as another answer shows the spelling", async () => {
  const { fetch, seen } = serverOf("upper");
  let requests = 0;
  const stalling: typeof globalThis.fetch = (input, init) => {
    requests += 1;
    return requests === 1 ? new Promise(() => {}) : fetch(input, init);
  };
  const client = clientOf(stalling);
  const stalled = client.create().catch((error: unknown) => error);
  await turn();
  const waiting = client.create("grace@example.com");
  await turn();
  expect(requests).toBe(1);
  await client.listAll();
  expect(await waiting).toMatchObject({ outcome: "created" });
  expect(seen.map(({ status }) => status)).toEqual([200, 201]);
  await client.clock.advance(600_000);
  // Its own spelling is still that of before.
  expect(await stalled).toMatchObject({ outcome: "created" });
  expect(seen.map(({ status }) => status)).toEqual([200, 201, 400, 201]);
});
