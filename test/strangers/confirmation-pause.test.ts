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
