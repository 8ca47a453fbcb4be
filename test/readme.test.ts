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
      { email: "grace@example.com" },
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
  "Quick start, 1": (output) =>
    expect(output).toMatch(/^ada@example\.com active predefined\n[\s\S]*there are more$/),
  "List users, 1": (output) => expect(output).toBe("50 true"),
  "List users, 2": (output) => expect(output.split("\n")).toHaveLength(152),
  "List users, 3": (output) => expect(output).toMatch(/^100 \S+\n53 \n100 53 120$/),
  "Get a user, 1": (output) => expect(output).toMatch(/^ada@example\.com .* true$/),
  "Get a user, 2": (output) => expect(output).toBe("no such user"),
  "Find users by email, 1": (output) => expect(output).toBe("VXNlcjoxMjM0NQ=="),
  "Find users by email, 2": (output) =>
    expect(output).toBe("ada@example.com active\ngrace@example.com active"),
  "Create a user, 1": (output, { mails }) => {
    expect(output).toMatch(/^\S+ created$/);
    expect(mails.map(({ to }) => to)).toEqual(["jane.smith@example.com"]);
  },
  "Create a user, 2": (output) => expect(Number(output)).toBeGreaterThan(0),
  "Create a user, 3": (_, sandbox) =>
    expect(sandbox.users().at(-1)).toMatchObject({
      email: "bot@example.com",
      status: "active",
      isDeveloper: false,
    }),
  "Create a user, 4": (output) => expect(output).toBe("there already: VXNlcjoxMjM0NQ== active"),
  "Update a user, 1": (output) => expect(output).toBe("Ada King"),
  "Delete a user, 1": (_, sandbox) =>
    expect(sandbox.removedUsers().map(({ name }) => name)).toEqual(["Ada Lovelace"]),
  "Create many users, 1": (output, { mails }) => {
    expect(output).toMatch(
      /3 of 3\nexisting VXNlcjoxMjM0NQ== existing\ncreated \S+ created\nfailed: nobody /,
    );
    expect(mails.map(({ to }) => to)).toEqual(["katherine@example.com"]);
  },
  "Delete many users, 1": (output, sandbox) => {
    expect(output).toMatch(/3 of 3\ndeleted VXNlcjoxMjM0NQ==\ndeleted \S+\nnot found: nobody@example\.com$/);
    expect(sandbox.removedUsers()).toHaveLength(2);
  },
  "Resend an invitation, 1": (_, { mails }) =>
    expect(mails).toMatchObject([{ to: "invited@example.com", kind: "invitation" }]),
  "Reset a password, 1": (_, { mails }) =>
    expect(mails).toMatchObject([{ to: "ada@example.com", kind: "password_reset" }]),
  "Organizations, 1": (output) =>
    expect(output).toMatch(/^\S+ Data Ops \d+\n\S+ Data Science \d+\nnot described$/),
  "Organizations, 2": (output, sandbox) => {
    expect(output).toBe("true");
    expect(sandbox.organizations().at(-1)).toMatchObject({ name: "Labs", description: "" });
  },
  "Organizations, 3": (_, sandbox) =>
    expect(sandbox.organizations().map(({ name }) => name)).toEqual(["Data Science", "Sales"]),
  "Members of an organization, 1": (output, sandbox) => {
    expect(output).toBe("predefined VXNlcjoxMjM0NQ==");
    expect(sandbox.organizations()[0]?.members).toEqual([]);
    expect(sandbox.requests.some(({ method, status }) => method === "POST" && status === 200)).toBe(true);
  },
  "Members of an organization, 2": (output, sandbox) => {
    expect(output).toBe("grace@example.com added\nnobody@example.com not_found\ngrace@example.com updated");
    expect(sandbox.organizations()[0]?.members).toHaveLength(1);
  },
  "Function style, 1": (output) => expect(output).toBe("50 true Ada Lovelace"),
  "Errors, 1": (output) => expect(output).toMatch(/^404 The requested resource .* req_1$/),
  "Retries, 1": (output) => expect(output).toBe("users_list 200 true"),
  "Time and cancelling, 1": (output, { requests }) => {
    expect(output).toBe("VXNlcjoxMjM0NQ==");
    expect(requests[0]?.headers["x-trace"]).toBe("1");
  },
  "Settings, 1": (output) => expect(output).not.toMatch(/sandbox-key/),
  "Settings, 2": (output) => expect(output).toBe("true 50"),
  "Prerelease warnings, 1": (_, { requests }) => expect(requests).toHaveLength(2),
  "Testing your code, 1": (output) => expect(output).toMatch(/\n2\nfailed$/),
};

test.each(examples)("the README's example runs: %s", async (name, code) => {
  const { sandbox, output } = await startAccount();
  // The settings' example would go to a region of the hosted API.
  if (name === "Settings, 1") vi.stubEnv("ARIZE_BASE_URL", undefined);
  const { baseUrl, apiKey } = sandbox;
  const client = new main.ArizeClient(name === "Settings, 1" ? {} : { baseUrl, apiKey });
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

test("the README's table of contents and files lead somewhere", () => {
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-");
  const anchors = [...readme.matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => `#${slug(heading)}`);
  for (const [, target = ""] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith("#")) expect(anchors).toContain(target);
    else if (!target.startsWith("https:")) {
      expect(existsSync(new URL(`../${target}`, import.meta.url)), target).toBe(true);
    }
  }
});
