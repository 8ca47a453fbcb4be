import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runScript, SOURCES, toModule } from "./examples/run-script.ts";

/** What the README shows of the demo. Its title names a port, and a line of … what is left out. */
function linesInReadme(): string[] {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, shown = ""] = /npm run demo[\s\S]*?```text\n([\s\S]*?)```/.exec(readme) ?? [];
  const lines = shown.split("\n").map((line) => line.trim());
  return lines.filter((line) => !["", "…"].includes(line) && !line.startsWith("ax-users: "));
}

test("without a key and into a pipe it succeeds, in plain lines, as the README shows them", async () => {
  const { stdout, stderr, code } = await runScript("src/cli/main.ts", { args: ["demo"] });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  expect(stdout).toMatch(/\n\s*All \d+ checks passed/);
  const lines = stdout.split("\n").map((line) => line.trim());
  expect(lines).toEqual(expect.arrayContaining(linesInReadme()));
  // Once for each process, so that another test may have had them.
  const warnings = lines.filter((line) => line.startsWith("! [ALPHA]"));
  expect(warnings).toHaveLength(10);
  expect(warnings).toContain("! [ALPHA] users.list is an alpha API and may change without notice.");
});

test("what is not as it should be is said on stderr, and the exit code is 1", async () => {
  const testing = toModule(`
    import { startSandbox as start } from "${SOURCES["ax-users/testing"]}";
    export const startSandbox = (options) => start({ ...options, users: 249 });`);
  const { stdout, stderr, code } = await runScript("src/cli/main.ts", {
    args: ["demo"],
    modules: { "ax-users/testing": testing },
  });
  expect({ stderr, code }).toEqual({
    stderr:
      "The demo failed. Step 1. List users. This check failed: all pages, one after another: 250 users\n",
    code: 1,
  });
  expect(stdout).not.toContain("2. Find");
});
