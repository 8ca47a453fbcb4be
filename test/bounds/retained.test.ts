/** What the results of a bulk call keep alive. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ArizeClient } from "ax-users";
import { expect, test } from "vitest";

setFlagsFromString("--expose-gc");
const gc: () => void = runInNewContext("gc");

const TARGETS = 300;
const PAGE = 60_000;

const bytesInUse = (): number => {
  gc();
  return process.memoryUsage().heapUsed;
};

test.each([
  ["pages", (index: number) => `<html>${index}${"x".repeat(PAGE)}</html>`],
  [
    "problem documents",
    (index: number) => `{"title":"No","detail":"d${index}","page":"${"x".repeat(PAGE)}"}`,
  ],
  ["JSON of another kind", (index: number) => `{"a":${index},"page":"${"x".repeat(PAGE)}"}`],
])("failed results do not keep %s of errors", async (_, bodyOf) => {
  let index = 0;
  const fetch: typeof globalThis.fetch = async () => {
    index += 1;
    return new Response(bodyOf(index), { status: 403 });
  };
  const { users } = new ArizeClient({ apiKey: "secret-key", prereleaseWarnings: false, fetch });
  const remove = (count: number) =>
    users.bulkDelete({ userIds: Array.from({ length: count }, (_, index) => `id${index}`) });
  await remove(10);
  const before = bytesInUse();
  const results = await remove(TARGETS);
  const perResult = (bytesInUse() - before) / results.length;
  expect(results).toHaveLength(TARGETS);
  expect(perResult).toBeLessThan(PAGE / 4);
});
