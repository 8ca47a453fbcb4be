/** The servers' process: sandboxes as they are ordered. */
import type { Fault, Sandbox, SandboxOptions } from "../src/testing/index.ts";
import { serve } from "./remote.ts";
import type { Account, Traffic } from "./servers.ts";

/** As it is published, and built without types. */
const { startSandbox }: typeof import("../src/testing/index.ts") = await import(
  new URL("../dist/testing.js", import.meta.url).href
);

const sandboxes = new Map<string, Sandbox>();

function sandboxAt(baseUrl: string): Sandbox {
  const sandbox = sandboxes.get(baseUrl);
  if (!sandbox) throw new Error(`There is no sandbox at ${baseUrl}.`);
  return sandbox;
}

serve({
  async open(options: SandboxOptions, faults: Fault[]) {
    const sandbox = await startSandbox(options);
    for (const fault of faults) sandbox.fail(fault);
    sandboxes.set(sandbox.baseUrl, sandbox);
    return { baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey };
  },

  traffic(baseUrl: string): Traffic {
    const { requests } = sandboxAt(baseUrl);
    const answered = requests.filter(({ status }) => status !== undefined);
    const withStatus = (wanted: number) => requests.filter(({ status }) => status === wanted).length;
    return { requests: requests.length, answered: answered.length, refusals: withStatus(429) };
  },

  account(baseUrl: string): Account {
    const sandbox = sandboxAt(baseUrl);
    return { users: sandbox.users(), removed: sandbox.removedUsers(), mails: [...sandbox.mails] };
  },

  async close(baseUrl: string) {
    await sandboxAt(baseUrl).close();
    sandboxes.delete(baseUrl);
    globalThis.gc?.();
  },
});
