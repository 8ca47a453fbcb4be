import { existsSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { type Sandbox, startSandbox } from "ax-users/testing";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { compileExamples } from "./helpers/compile-examples.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(`${root}docs/coming-from.md`, "utf8");

/** The TypeScript examples, each with its heading. */
const examples = text.split(/^## /m).flatMap((section) => {
  const [heading = ""] = section.split("\n");
  return [...section.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = ""]) => [heading, code] as const);
});

/** What each of them prints, and whom it invites. */
const expected: Record<string, { prints: string[]; invited: string[] }> = {
  "From TypeScript": { prints: ["2 false", "invited created"], invited: ["ada@example.com"] },
  "From Python": { prints: ["a grace@acme.com true", "nobody"], invited: [] },
  "From Go": { prints: ["b user@example.com"], invited: [] },
};

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("there is an example for each SDK", () => {
  expect(examples.map(([heading]) => heading)).toEqual(Object.keys(expected));
});

test.for(
  (["alpha", "current"] as const).flatMap((dialect) =>
    examples.map((example) => [dialect, ...example] as const),
  ),
)("in the %s dialect, the example runs: %s", async ([dialect, heading, code]) => {
  const sandbox = await startSandbox({
    dialect,
    users: [
      { id: "a", email: "grace@acme.com" },
      { id: "b", email: "user@example.com" },
    ],
  });
  onTestFinished(() => sandbox.close());
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  await run(code, sandbox);
  expect({
    prints: log.mock.calls.map((line) => line.join(" ")),
    invited: sandbox.mails.map(({ to }) => to),
  }).toEqual(expected[heading]);
});

type Run = (modules: unknown, client: unknown) => Promise<void>;

/** Runs an example as it stands, in a package whose default client is not made yet. */
async function run(code: string, { baseUrl, apiKey }: Sandbox): Promise<void> {
  vi.stubEnv("ARIZE_API_KEY", apiKey);
  vi.stubEnv("ARIZE_BASE_URL", baseUrl);
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", "true");
  vi.resetModules();
  const main = await import("ax-users");
  const body = stripTypeScriptTypes(code).replace(
    /^import \{ (.*) \} from "ax-users";$/gm,
    "const { $1 } = main;",
  );
  const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Run;
  await new AsyncFunction("main", "client", body)(main, new main.ArizeClient());
}

test("the examples compile", { timeout: 60_000 }, async () => {
  expect(await compileExamples(examples)).toEqual([]);
});

test("links lead somewhere", () => {
  const anchors = [...text.matchAll(/^## (.*)$/gm)].map(
    ([, heading = ""]) => `#${heading.toLowerCase().replaceAll(" ", "-")}`,
  );
  for (const [, target = ""] of text.matchAll(/\]\(([^)]+)\)/g)) {
    const [path = "", anchor] = target.split("#");
    if (path === "") expect(anchors).toContain(`#${anchor}`);
    else expect(existsSync(`${root}docs/${path}`), target).toBe(true);
  }
});
