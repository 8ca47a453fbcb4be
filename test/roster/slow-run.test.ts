/** A run that takes long enough for people to change meanwhile. */
import { planRoster } from "ax-users/roster";
import { expect, test } from "vitest";
import { applyPlan } from "../../src/roster/apply/apply.ts";
import { wirePage, wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";

const DELETE_MS = 12_000;

/** An account whose deletions take long, and a client with a virtual clock. */
function slowAccount(count: number) {
  const users = new Map(
    Array.from({ length: count }, (_, index) => {
      const id = `u${index}`;
      return [id, wireUser({ id, email: `${id}@example.com`, name: id })];
    }),
  );
  const sent: string[] = [];
  const { client, clock } = virtualClient({
    fetch: async (input, init) => {
      const { pathname } = new URL(String(input));
      const method = init?.method ?? "GET";
      const id = pathname.slice("/v2/users/".length);
      sent.push(id === "" ? `${method} list` : `${method} ${id}`);
      if (method === "GET") return Response.json(id === "" ? wirePage([...users.values()]) : users.get(id));
      await new Promise<void>((resolve) => clock.after(DELETE_MS, resolve));
      users.delete(id);
      return new Response(null, { status: 204 });
    },
  });
  return { client, clock, users, sent };
}

test("after ten seconds each person is read alone: who has changed by then is not removed", async () => {
  const { client, clock, users, sent } = slowAccount(160);
  const rows = [...users.values()].slice(10).map(({ email }) => ({ email, state: "absent" as const }));
  const plan = await clock.run(planRoster(client, rows, { maxRemovals: 150 }));
  expect(sent.splice(0)).toEqual(["GET list"]);
  clock.after(DELETE_MS / 2, () => users.set("u159", wireUser({ ...users.get("u159"), name: "Somebody" })));
  const results = await clock.run(applyPlan(client, plan));
  expect(results.filter(({ status }) => status !== "done")).toMatchObject([
    { status: "stale", userId: "u159", error: { message: "the name is Somebody, the plan saw u159" } },
  ]);
  expect(results).toHaveLength(150);
  expect([...users.keys()]).toEqual([...Array.from({ length: 10 }, (_, index) => `u${index}`), "u159"]);
  expect(sent.filter((request) => request === "GET list")).toHaveLength(1);
  const alone = sent.filter((request) => request.startsWith("GET u"));
  expect(alone.length).toBeGreaterThan(50);
  expect(new Set(alone).size).toBe(alone.length);
});
