import { type Sandbox, startSandbox } from "ax-users/testing";
import { expect, onTestFinished, test, vi } from "vitest";
import { runDemo } from "../src/cli/demo/demo.ts";

const ESC = "\u001b";

async function open(users: number): Promise<Sandbox> {
  const sandbox = await startSandbox({ users });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** What a demo writes on a terminal, or elsewhere, before it ends or rejects. */
async function show(isTTY: boolean, sandbox: Sandbox): Promise<string> {
  let shown = "";
  const write = (text: string) => {
    shown += text;
  };
  await runDemo({ write, isTTY, env: { ...process.env }, sandbox });
  return shown;
}

/** The bar is drawn on one line, again and again. */
const lastDrawn = (text: string): string[] =>
  text.split("\n").map((line) => line.slice(line.lastIndexOf(`${ESC}[1G`) + 1));

test("into a pipe it writes plain lines", async () => {
  const shown = await show(false, await open(250));
  expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
  const lines = shown.split("\n").map((line) => line.trim());
  expect(lines.filter((line) => /^\d+\. /.test(line))).toEqual([
    "1. List users",
    "2. Find users by email",
    "3. Invite a user, twice",
    "4. Hand out a temporary password",
    "5. Update a user",
    "6. Send emails again",
    "7. Delete a user",
    "8. Delete many users",
    "9. Count the remaining users",
    "10. Compare a roster with the account",
    "11. Refuse a roster that would remove too many people",
    "12. Apply the plan, and interrupt it",
    "13. Resume from the journal",
  ]);
  expect(lines).toEqual(
    expect.arrayContaining([
      "Ada Lovelace     ada.lovelace.0001@example.com     active   admin      yes        2024-01-01",
      "✓ case and surrounding whitespace are ignored: Grace Hopper <grace.hopper.0002@example.com>",
      '✓ outcome "existing": the same user',
      "✓ logs, JSON and spreads do not show it",
      "password reset  grace.hopper.0002@example.com",
      expect.stringMatching(/^ConflictError: .*HTTP 409/),
      expect.stringMatching(/^25 % {2}15\/58 {2}/),
      "100 %  58/58  53 deleted, 2 not found, 3 failed",
      expect.stringMatching(/^not found {2}nobody@example\.com$/),
      expect.stringMatching(/^DELETE .* HTTP 403 Access forbidden/),
      "✓ 250 + 2 invited - 1 removed - 53 removed = 198 users",
      "✓ an incomplete roster removes nobody",
      "✓ all 17 changes are done",
      expect.stringMatching(/^All \d+ checks passed/),
    ]),
  );
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test("on a terminal there is colour, and a bar that moves", async () => {
  vi.stubEnv("NO_COLOR", "");
  onTestFinished(() => void vi.unstubAllEnvs());
  const shown = await show(true, await open(250));
  expect(shown).toContain(`${ESC}[32m✓${ESC}[39m outcome "created"`);
  expect(shown).toMatch(/░\S* \d+\/58/);
  expect(lastDrawn(shown)).toContainEqual(
    expect.stringMatching(/█{24}\S* 58\/58 {2}53 deleted, 2 not found, 3 failed/),
  );
  expect(shown).not.toContain("25 %");
});

test("NO_COLOR leaves the bar and takes the colour", async () => {
  vi.stubEnv("NO_COLOR", "1");
  onTestFinished(() => void vi.unstubAllEnvs());
  const shown = await show(true, await open(250));
  expect(shown).toContain('   ✓ outcome "created"\n');
  expect(shown).toMatch(/░ \d+\/58/);
  // Select Graphic Rendition is what ends with an m.
  expect(shown.replaceAll(ESC, "ESC")).not.toMatch(/ESC\[[\d;]*m/);
});

test("rejects where the account is another one", async () => {
  await expect(show(false, await open(249))).rejects.toThrow("Step 1. List users.");
});

test.for([
  { step: "Step 3. Invite a user, twice.", fault: { method: "POST", path: "/v2/users" } },
  { step: "Step 5. Update a user.", fault: { method: "PATCH" } },
  { step: "Step 6. Send emails again.", fault: { path: /resend-invitation$/ } },
  { step: "Step 7. Delete a user.", fault: { method: "DELETE" } },
])("rejects where the server fails in: $step", async ({ step, fault }) => {
  const sandbox = await open(250);
  sandbox.fail({ ...fault, status: 403 });
  await expect(show(false, sandbox)).rejects.toThrow(step);
});

test("rejects where a bulk delete removes too few", async () => {
  const sandbox = await open(250);
  const victim = sandbox.users()[120];
  sandbox.fail({ method: "DELETE", path: `/v2/users/${victim?.id}`, status: 403 });
  await expect(show(true, sandbox)).rejects.toThrow("Step 8. Delete many users.");
});

test("leaves the sandbox that it was given open", async () => {
  const sandbox = await open(250);
  await show(false, sandbox);
  const answer = await fetch(`${sandbox.baseUrl}/v2/users`);
  expect(answer.status).toBe(401);
});
