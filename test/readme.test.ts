import { existsSync, readFileSync } from "node:fs";
import * as main from "ax-users";
import * as testing from "ax-users/testing";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { compileExamples } from "./helpers/compile-examples.ts";
import { examplesIn, runExample } from "./helpers/run-example.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const examples = examplesIn(readme);

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

async function startAccount(): Promise<{ sandbox: testing.Sandbox; output: () => string }> {
  const sandbox = await testing.startSandbox({
    users: [
      { id: "VXNlcjoxMjM0NQ==", email: "ada@example.com", name: "Ada Lovelace" },
      { id: "VXNlcjo3Nzc=", email: "invited@example.com", status: "invited" },
      { email: "grace.hopper.0002@example.com", name: "Grace Hopper" },
      { email: "tim.lee.0014@example.com", name: "Tim Lee" },
      ...Array.from({ length: 150 }, (_, index) => ({ email: `user${index}@example.com` })),
    ],
    organizations: [{ name: "Data Ops" }, { name: "Data Science", description: "Models" }, { name: "Sales" }],
  });
  onTestFinished(() => sandbox.close());
  vi.stubEnv("ARIZE_API_KEY", sandbox.apiKey);
  vi.stubEnv("ARIZE_BASE_URL", sandbox.baseUrl);
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", "true");
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  return { sandbox, output: () => log.mock.calls.map((line) => line.join(" ")).join("\n") };
}

/** What each example must have printed, or done to the account. */
const expected: Record<string, (output: string, sandbox: testing.Sandbox) => void> = {
  "First call, 1": (output) =>
    expect(output).toMatch(/^ada@example\.com active member\n[\s\S]*there are more$/),
  "List users, 1": (output, { requests }) => {
    expect(output.split("\n")).toHaveLength(154);
    expect(requests).toHaveLength(2);
  },
  "Find users, 1": (output) =>
    expect(output).toBe(
      "Grace Hopper\ntim.lee.0014@example.com active\nnobody@example.com is not in the account",
    ),
  "Create a user, 1": (output, { mails }) => {
    expect(output).toMatch(/^\S+ created$/);
    expect(mails.map(({ to }) => to)).toEqual(["jane.smith@example.com"]);
  },
  "Many users at once, 1": (output, { mails }) => {
    const [first, second, third] = output.split("\n");
    expect(first).toBe("existing ada@example.com VXNlcjoxMjM0NQ==");
    expect(second).toMatch(/^created katherine@example\.com \S+$/);
    expect(third).toMatch(/^failed: nobody /);
    expect(mails.map(({ to }) => to)).toEqual(["katherine@example.com"]);
  },
  "Many users at once, 2": (output, sandbox) => {
    expect(output).toBe("tim.lee.0014@example.com Tim Lee, member\nnobody@example.com is not in the account");
    expect(sandbox.removedUsers()).toEqual([]);
  },
  "Errors, 1": (output) => expect(output).toMatch(/^404 The requested resource .* req_1$/),
  "Testing your code, 1": (output) => expect(output).toMatch(/\n2\nfailed 1$/),
};

test.each(examples)("the README's example runs: %s", async (name, code) => {
  const { sandbox, output } = await startAccount();
  const { baseUrl, apiKey } = sandbox;
  const client = new main.ArizeClient({ baseUrl, apiKey });
  await runExample(code, { client });
  expect(expected, `an expectation for "${name}"`).toHaveProperty([name]);
  expected[name]?.(output(), sandbox);
});

test("the README's examples compile", { timeout: 60_000 }, async () => {
  expect(await compileExamples(examples)).toEqual([]);
});

test("every expectation has its example", () => {
  expect(examples.map(([name]) => name)).toEqual(Object.keys(expected));
});

// `npm run docs:check` follows the anchors as well.
test("the README's links lead to files, or are absolute once the package names its repository", () => {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  for (const [, target = ""] of readme.matchAll(/\]\(([^)#]+)/g)) {
    if (target.startsWith("https:")) continue;
    expect(existsSync(new URL(`../${target}`, import.meta.url)), target).toBe(true);
    expect(JSON.parse(manifest), target).not.toHaveProperty("repository");
  }
});

test("with --yes, the README's example removes the users that it has shown", async () => {
  const { sandbox } = await startAccount();
  const [, code = ""] = examples.find(([name]) => name === "Many users at once, 2") ?? [];
  const argv = vi.spyOn(process, "argv", "get").mockReturnValue(["node", "app.mjs", "--yes"]);
  await runExample(code, { client: new main.ArizeClient() });
  argv.mockRestore();
  expect(sandbox.removedUsers().map(({ email }) => email)).toEqual(["tim.lee.0014@example.com"]);
});
