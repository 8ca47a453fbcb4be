/** The account's process. */
import { type Sandbox, type SandboxOptions, startSandbox } from "ax-users/testing";
import { serve } from "../../bench/remote.ts";
import type { Account, Address } from "./account.ts";

let sandbox: Sandbox;

serve({
  async open(options: SandboxOptions): Promise<Address> {
    sandbox = await startSandbox(options);
    return { baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey };
  },

  account(): Account {
    return {
      users: sandbox.users(),
      removed: sandbox.removedUsers(),
      organizations: sandbox.organizations(),
      mails: [...sandbox.mails],
      requests: sandbox.requests.map(({ method, path, status }) => ({ method, path, status })),
    };
  },

  async close(): Promise<void> {
    await sandbox.close();
  },
});
