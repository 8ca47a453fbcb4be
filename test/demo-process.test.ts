import { expect, test } from "vitest";
import { runScript, SOURCES, toModule } from "./examples/run-script.ts";

test("without a key and into a pipe it succeeds, in plain lines", async () => {
  const { stdout, stderr, code } = await runScript("src/cli/main.ts", { args: ["demo"] });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
  expect(stdout).toMatch(/\n\s*All \d+ checks passed/);
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
