import * as testing from "ax-users/testing";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { compileExamples } from "./helpers/compile-examples.ts";
import { readDocs } from "./helpers/docstrings.ts";
import { runExample } from "./helpers/run-example.ts";

const docs = readDocs(["src/index.ts", "src/testing/index.ts"]);
const names = docs.flatMap((entry) => entry.names);
const members = docs.flatMap((entry) => entry.members);

const examples = names.flatMap(({ name, examples }) => examples.map((code) => ({ name, code })));

/** What the examples take for granted. */
const PREAMBLE = `
  declare const client: import("ax-users").ArizeClient;
  declare const user: import("ax-users").User;
`;

/** The same, of an account of its own for each: the user is Ada, who is in Data Ops. */
async function startAccount() {
  const sandbox = await testing.startSandbox({
    users: [
      { id: "ada", email: "ada@example.com", name: "Ada Lovelace" },
      { email: "grace@example.com", name: "Grace Hopper" },
      { email: "katherine@example.com", status: "invited" },
    ],
    organizations: [{ name: "Data Ops", members: [{ userId: "ada" }] }, { name: "Sales" }, { name: "SALES" }],
  });
  onTestFinished(() => sandbox.close());
  vi.stubEnv("ARIZE_API_KEY", sandbox.apiKey);
  vi.stubEnv("ARIZE_BASE_URL", sandbox.baseUrl);
  vi.stubEnv("ARIZE_REGION", undefined);
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", "true");
  // A package of its own, too, since the functions make their client once.
  vi.resetModules();
  const main = await import("ax-users");
  const client = new main.ArizeClient();
  const user = await client.users.get({ user: "ada@example.com" });
  const modules = { "ax-users": main, "ax-users/testing": testing };
  return { sandbox, modules, scope: { client, user } };
}

/** What goes wrong while an example runs that is about just that. */
const faults: Record<string, testing.Fault> = {
  ConnectionError: { socket: "drop" },
  PermissionDeniedError: { status: 403 },
  RateLimitedEvent: { status: 429, headers: { "retry-after": "0" } },
  RateLimitError: { status: 429, headers: { "retry-after": "120" } },
  RetryEvent: { status: 503, headers: { "retry-after": "0" } },
  ServerError: { status: 501 },
  TimeoutError: { socket: "stall" },
  UnexpectedResponseError: { status: 200, body: "<title>Sign in to the network</title>" },
  UnprocessableEntityError: { status: 422 },
};

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("every exported name, and every method of an exported class, has a docstring", () => {
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter(({ summary }) => summary === "").map(({ name }) => name)).toEqual([]);
});

test("every class, method and function has an example, or is the function of a method that has one", () => {
  const withExample = new Set(examples.map(({ name }) => name));
  const callable = names.filter(({ isCallable }) => isCallable);
  expect(callable.length).toBeGreaterThan(50);
  const bare = callable.filter(({ name }) => !withExample.has(name));
  expect(
    bare.filter(({ links }) => !links.some((to) => withExample.has(to))).map(({ name }) => name),
  ).toEqual([]);
  // A method is where its functions point to, and a class has nobody to point to.
  expect(bare.filter(({ name }) => /\.|^[A-Z]/.test(name))).toEqual([]);
});

test("every property, option and other public member has a docstring", () => {
  expect(members.length).toBeGreaterThan(100);
  expect(members.filter(({ summary }) => summary === "").map(({ name }) => name)).toEqual([]);
});

test("the docstrings link to nothing that is not public", () => {
  for (const entry of docs) {
    const all = [...entry.names, ...entry.members];
    const known = new Set(all.map(({ name }) => name));
    const broken = all.flatMap(({ name, links }) =>
      links.filter((to) => !known.has(to)).map((to) => [name, to]),
    );
    expect(broken).toEqual([]);
  }
});

// Editors and the reference show what follows `@example` as code: fences would be a part of it.
test("the examples are bare code", () => {
  expect(examples.filter(({ code }) => code.includes("```"))).toEqual([]);
});

test("the examples compile", { timeout: 60_000 }, async () => {
  const named = examples.map(({ name, code }) => [name, code] as const);
  expect(await compileExamples(named, PREAMBLE)).toEqual([]);
});

test.each(examples)("the example runs: $name", async ({ name, code }) => {
  const { sandbox, modules, scope } = await startAccount();
  const fault = faults[name];
  if (fault) sandbox.fail(fault);
  const before = sandbox.requests.length;
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await runExample(code, scope, modules);
  const told = log.mock.calls.length;
  // An example of an error or an event is about what is done then, so that a request alone is not enough.
  if (/(Error|Event)$/.test(name)) expect(told, "what it told").toBeGreaterThan(0);
  expect(told + sandbox.requests.length - before, "what it did").toBeGreaterThan(0);
});

test("what is made to go wrong has its example", () => {
  expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(faults)));
});
