/** What the page on serverless says of its examples besides that they run. */
import { afterEach, expect, test, vi } from "vitest";
import { runExample } from "../helpers/run-example.ts";
import { startAccount } from "./account.ts";
import { pages } from "./pages.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  Reflect.deleteProperty(globalThis, "arizeClient");
});

const page = pages.find(({ page }) => page === "serverless");
const [[, handler] = ["", ""], [, next] = ["", ""]] = page?.examples ?? [];

test("the handler answers for a user and for nobody, with the client of its process", async () => {
  const { output } = await startAccount();
  const calls = ["ada@example.com", "nobody@example.com"].map(
    (email) => `console.log(await handler({ email: "${email}" }));`,
  );
  await runExample(handler + calls.join("\n"), {});
  expect(output()).toBe('{"statusCode":200,"body":"active"}\n{"statusCode":404,"body":"no such user"}');
});

test("a module that is loaded again has the same client", async () => {
  const { output } = await startAccount();
  const seen: unknown[] = [];
  const load = () => runExample(`${next}seen.push(arize);`, { seen });
  await load();
  await load();
  expect(seen[0]).toBeDefined();
  expect(seen[1]).toBe(seen[0]);
  expect(output()).toBe("");
});

test("each request tells the fetch of Next.js that nothing is to be cached", async () => {
  const { sandbox } = await startAccount();
  // Next.js puts its own in the place of the global one; the client has to use that, and may exist before.
  const inits: (RequestInit | undefined)[] = [];
  const { fetch } = globalThis;
  const patch = () =>
    vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
      inits.push(init);
      return fetch(input, init);
    });
  const calls = `
    patch();
    for await (const user of arize.users.list()) await arize.users.get({ userId: user.id });
    await arize.users.update({ userId: "grace", name: "Grace" });`;
  await runExample(next + calls, { patch });
  expect(inits.length).toBeGreaterThan(150);
  expect(inits.every((init) => init?.cache === "no-store")).toBe(true);
  expect(sandbox.requests).toHaveLength(inits.length);
});
