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

/** What each result of a bulk call keeps alive, in bytes, where every request ends so. */
async function bytesPerResult(answer: (index: number) => Response): Promise<number> {
  let index = 0;
  const fetch: typeof globalThis.fetch = async () => {
    index += 1;
    return answer(index);
  };
  const { users } = new ArizeClient({
    apiKey: "secret-key",
    prereleaseWarnings: false,
    maxRetries: 0,
    fetch,
  });
  const remove = (count: number) =>
    users.bulkDelete({ userIds: Array.from({ length: count }, (_, index) => `id${index}`) });
  await remove(10);
  const before = bytesInUse();
  const results = await remove(TARGETS);
  const perResult = (bytesInUse() - before) / results.length;
  expect(results).toHaveLength(TARGETS);
  expect(results.every(({ status }) => status === "failed")).toBe(true);
  return perResult;
}

test.each([
  ["pages", (index: number) => `<html>${index}${"x".repeat(PAGE)}</html>`],
  [
    "problem documents",
    (index: number) => `{"title":"No","detail":"d${index}","page":"${"x".repeat(PAGE)}"}`,
  ],
  ["JSON of another kind", (index: number) => `{"a":${index},"page":"${"x".repeat(PAGE)}"}`],
])("failed results do not keep %s of errors", async (_, bodyOf) => {
  const perResult = await bytesPerResult((index) => new Response(bodyOf(index), { status: 403 }));
  expect(perResult).toBeLessThan(PAGE / 4);
});

test.each<[string, (page: string) => Response]>([
  ["the bytes of a response that is not HTTP", (page) => lost({ code: "HPE_INVALID_CONSTANT", data: page })],
  ["a response on a cause", (page) => lost({ cause: { message: "no", response: { data: page } } })],
  ["a message of a whole page", (page) => lost({ message: page })],
  ["a success that is none", (page) => new Response(page, { status: 200 })],
])("nor %s", async (_, answer) => {
  const perResult = await bytesPerResult((index) => answer(`${index}${"x".repeat(PAGE)}`));
  expect(perResult).toBeLessThan(PAGE / 4);
});

function lost(fields: object): never {
  throw Object.assign(new TypeError("fetch failed"), fields);
}
