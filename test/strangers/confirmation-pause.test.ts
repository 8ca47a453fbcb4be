import type { ArizeClient, ClientEvent } from "ax-users";
import { expect, test } from "vitest";
import { rejection, wirePage } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";

const CONFIRMING = "/v2/users?limit=1";

const problem = (status: number, title: string, headers: Record<string, string> = {}): Response =>
  Response.json({ title, status }, { status, headers });
const notFound = () => problem(404, "Resource not found");
const TAKES_MS = 10;
const tooMany = (seconds: number) => problem(429, "Rate limit exceeded", { "retry-after": String(seconds) });

/** A client on a virtual clock, when it sent what, and what it told. */
function world(answer: (target: string, nth: number) => Response) {
  const sent: [target: string, at: number][] = [];
  const events: ClientEvent[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const target = String(input).replace("https://api.test", "");
    sent.push([target, clock.now()]);
    // A pause that a 429 asks for begins before any 404 comes.
    const response = answer(target, sent.filter(([other]) => other === target).length);
    if (response.status === 404) await new Promise<void>((resolve) => clock.after(TAKES_MS, resolve));
    return response;
  };
  const { client, clock } = virtualClient({ fetch, maxRetries: 1, onEvent: (event) => events.push(event) });
  return { client, clock, sent, events };
}

const get = (client: ArizeClient, userId: string) => rejection(client.users.get({ userId }));

test("a 429 to the confirming request makes all calls wait", async () => {
  const { client, clock, sent, events } = world((target) =>
    target === CONFIRMING ? tooMany(5) : notFound(),
  );
  const start = clock.now();
  expect(await clock.run(get(client, "u1"))).toMatchObject({ name: "NotFoundError" });
  expect(await clock.run(get(client, "u2"))).toMatchObject({ name: "NotFoundError" });
  expect(sent).toEqual([
    ["/v2/users/u1", start],
    [CONFIRMING, start + TAKES_MS],
    ["/v2/users/u2", start + TAKES_MS + 5000],
  ]);
  expect(events.filter(({ type }) => type === "rate_limited")).toMatchObject([
    { operation: "users_list", path: "/v2/users", waitMs: 5000 },
  ]);
});

test("the confirming request waits for the end of a pause that another call was asked for", async () => {
  const { client, clock, sent } = world((target, nth) => {
    if (target === CONFIRMING) return Response.json(wirePage([]));
    return target === "/v2/users/busy" && nth === 1 ? tooMany(5) : notFound();
  });
  await clock.advance(3_600_000);
  const start = clock.now();
  const errors = await clock.run(Promise.all(["busy", "u1", "u2"].map((id) => get(client, id))));
  expect(errors).toMatchObject(Array(3).fill({ name: "NotFoundError" }));
  expect(sent.filter(([, at]) => at === start).map(([target]) => target)).toEqual([
    "/v2/users/busy",
    "/v2/users/u1",
    "/v2/users/u2",
  ]);
  for (const [target, at] of sent.slice(3)) {
    expect(at, target).toBeGreaterThanOrEqual(start + 5000);
    expect(at, target).toBeLessThan(start + 6000);
  }
  expect(sent.filter(([target]) => target === CONFIRMING)).toHaveLength(1);
});

test("a 404 is not believed where the pause is longer than its call may wait", async () => {
  const { client, clock, sent } = world((target) =>
    target === "/v2/users/busy" ? tooMany(3600) : notFound(),
  );
  const [, error] = await clock.run(Promise.all(["busy", "u1"].map((id) => get(client, id))));
  expect(error).toMatchObject({ name: "APIError", status: 404, outcome: "not_applied", attempts: 1 });
  expect(String(error)).toMatch(/did not confirm it \(not sent, as the server asked for a pause\)/);
  expect(sent.map(([target]) => target)).not.toContain(CONFIRMING);
});

/** A client whose confirming request never ends, and results of a bulk call that waits for it. */
async function waitsForConfirmation(options: { deadlineMs?: number; abortAt?: number }) {
  const controller = new AbortController();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (!String(input).endsWith(CONFIRMING)) return notFound();
    return new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    });
  };
  const { client, clock } = virtualClient({ fetch, maxRetries: 0, timeoutMs: 5000 });
  const { abortAt, ...own } = options;
  if (abortAt !== undefined) clock.after(abortAt, () => controller.abort("enough"));
  const userIds = ["u1", "u2", "u3"];
  const results = await clock.run(
    client.users.bulkDelete({ userIds, concurrency: 1 }, { ...own, signal: controller.signal }),
  );
  return { results, ms: clock.now(), pending: clock.pending };
}

test.each([
  ["is aborted", { abortAt: 1000 }, 1000, /did not confirm it \(the call was aborted\)/, "enough"],
  ["has a deadline", { deadlineMs: 2000 }, 2000, /did not confirm it \(no response\)/, undefined],
  ["waits for timeoutMs", {}, 5000, /did not confirm it \(no response\)/, undefined],
] as const)(
  "a bulk call that %s has a result for the target whose 404 is not confirmed",
  async (_, options, ms, message, reason) => {
    const { results, ms: took, pending } = await waitsForConfirmation(options);
    expect(took).toBe(ms);
    expect(results[0]).toMatchObject({ status: "failed", attempted: true, outcome: "not_applied" });
    expect(results[0]).toHaveProperty("error", expect.stringMatching(message));
    for (const result of results.slice(1)) {
      expect(result).toMatchObject({ status: "failed", attempted: false });
      if (reason !== undefined) expect(result).toHaveProperty("cause", reason);
    }
    expect(pending).toEqual([]);
  },
);

test("calls that share a confirming request wait for it no longer than their own timeoutMs", async () => {
  const fetch: typeof globalThis.fetch = async (input) =>
    String(input).endsWith(CONFIRMING) ? new Promise(() => {}) : notFound();
  const { client, clock } = virtualClient({ fetch, maxRetries: 0, timeoutMs: 60_000 });
  const start = clock.now();
  const patient = get(client, "u1");
  await clock.advance(1);
  const error = await clock.run(rejection(client.users.get({ userId: "u2" }, { timeoutMs: 1000 })));
  expect(clock.now() - start).toBe(1001);
  expect(String(error)).toMatch(/did not confirm it \(no response in time\)/);
  await clock.run(patient);
});

/** A server without users, whose list takes its time. */
function slowList(listMs: number) {
  const sent: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const target = String(input).replace("https://api.test", "");
    sent.push(target);
    if (target !== CONFIRMING) return notFound();
    await new Promise<void>((resolve) => clock.after(listMs, resolve));
    return Response.json(wirePage([]));
  };
  const { client, clock } = virtualClient({ fetch, maxRetries: 0 });
  return { client, clock, sent };
}

test.each([{ timeoutMs: 50 }, { deadlineMs: 50 }])(
  "a confirming request that ends with its own call (%j) says nothing to the others",
  async (options) => {
    const { client, clock, sent } = slowList(200);
    const hasty = rejection(client.users.get({ userId: "u1" }, options));
    const patient = [get(client, "u2"), get(client, "u3")];
    const userIds = Array.from({ length: 20 }, (_, index) => `b${index}`);
    const bulk = client.users.bulkDelete({ userIds });
    const [error, errors, results] = await clock.run(Promise.all([hasty, Promise.all(patient), bulk]));
    expect(String(error)).toMatch(/did not confirm it \(no response\)/);
    expect(errors).toMatchObject([{ name: "NotFoundError" }, { name: "NotFoundError" }]);
    expect(results.map(({ status }) => status)).toEqual(userIds.map(() => "not_found"));
    expect(sent.filter((target) => target === CONFIRMING)).toHaveLength(2);
  },
);

test("a lost connection does not end the confirmation: the request is sent once more", async () => {
  let lists = 0;
  const fetch: typeof globalThis.fetch = async (input) => {
    if (!String(input).endsWith(CONFIRMING)) return notFound();
    lists += 1;
    if (lists === 1) throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
    return Response.json(wirePage([]));
  };
  const { client, clock } = virtualClient({ fetch, maxRetries: 0 });
  const results = await clock.run(client.users.bulkDelete({ userIds: ["u1", "u2"], concurrency: 1 }));
  expect(results).toMatchObject([{ status: "not_found" }, { status: "not_found" }]);
  expect(lists).toBe(2);
});

test("where no confirmation gets a response, calls at the same time end within their timeoutMs all the same", async () => {
  const fetch: typeof globalThis.fetch = async (input) =>
    String(input).endsWith(CONFIRMING) ? new Promise(() => {}) : notFound();
  const { client, clock } = virtualClient({ fetch, maxRetries: 0, timeoutMs: 1000 });
  const start = clock.now();
  const errors = await clock.run(Promise.all([1, 2, 3, 4].map((index) => get(client, `u${index}`))));
  for (const error of errors) expect(error).toMatchObject({ name: "APIError", status: 404 });
  expect(clock.now() - start).toBeLessThanOrEqual(2000);
});
