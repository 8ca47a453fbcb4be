/** As shared-limit.test.ts, with real processes and sockets. How fast the machine is does not matter, but that nobody starves. */
import { startSandbox } from "ax-users/testing";
import { expect, onTestFinished, test } from "vitest";
import { runScript } from "../examples/run-script.ts";

const TARGETS = 800;
const PROCESSES = 8;
const LIMIT = { perSecond: 100, burst: 50, retryAfterSeconds: 1 };
const SHORTEST_MS = ((TARGETS - LIMIT.burst) / LIMIT.perSecond) * 1000;

test("8 processes that share a limit: nothing fails, and nobody starves", async () => {
  const users = Array.from({ length: TARGETS }, (_, index) => ({
    id: `u${index}`,
    email: `u${index}@example.com`,
  }));
  const sandbox = await startSandbox({ users, rateLimit: LIMIT, latencyMs: 20 });
  onTestFinished(() => sandbox.close());
  const env = { ARIZE_BASE_URL: sandbox.baseUrl, ARIZE_API_KEY: sandbox.apiKey };
  const each = TARGETS / PROCESSES;
  const ids = users.map(({ id }) => id);
  const runs = Array.from({ length: PROCESSES }, (_, number) =>
    runScript("examples/bulk-delete.ts", { args: ids.slice(number * each, (number + 1) * each), env }),
  );
  for (const { code } of await Promise.all(runs)) expect(code).toBe(0);
  expect(sandbox.users()).toEqual([]);

  const times = sandbox.requests.map(({ receivedAtMs }) => receivedAtMs);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const numberOf = (path: string) => Math.floor(Number(path.split("/u").at(-1)) / each);
  const begun = new Map<number, number>();
  for (const { path, receivedAtMs } of sandbox.requests.toReversed()) begun.set(numberOf(path), receivedAtMs);
  // The processes do not begin together, which is the machine's doing.
  const lateMs = Math.max(...begun.values()) - first;
  expect((last - first - lateMs) / SHORTEST_MS).toBeLessThan(2.5);
});
