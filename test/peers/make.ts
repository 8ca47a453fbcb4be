import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "ax-users/testing";
import { run } from "../runtimes/processes.ts";
import type { Dialect } from "../vendor/clients.ts";
import { stateOf } from "../vendor/compare.ts";
import { ORGANIZATIONS, USERS } from "./account.ts";
import { type Outcomes, readOutcomes } from "./outcomes.ts";
import type { Driver } from "./peers.ts";
import type { Step } from "./steps.ts";

export interface Made {
  outcomes: Outcomes;
  /** What the sandbox holds afterwards. */
  state: unknown;
}

/** Has a driver make the calls of the steps, one after the other, against a sandbox of its own. */
export async function makeCalls(steps: readonly Step[], driver: Driver, dialect: Dialect): Promise<Made> {
  const sandbox = await startSandbox({ dialect, users: USERS, organizations: ORGANIZATIONS });
  const folder = mkdtempSync(join(tmpdir(), "ax-users-peers-"));
  const file = join(folder, "steps.json");
  try {
    writeFileSync(file, JSON.stringify(steps));
    const { baseUrl, apiKey } = sandbox;
    const env = { PEER_BASE_URL: baseUrl, PEER_API_KEY: apiKey, DISABLE_PRERELEASE_WARNING: "true" };
    const { stdout } = await run({
      ...driver,
      args: [...driver.args, file],
      env: { ...driver.env, ...env },
    });
    return { outcomes: readOutcomes(stdout, steps), state: stateOf(sandbox) };
  } finally {
    rmSync(folder, { recursive: true });
    await sandbox.close();
  }
}
