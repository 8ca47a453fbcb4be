import { ArizeClient } from "ax-users";
import { type Sandbox, type SandboxOptions, startSandbox } from "ax-users/testing";
import { onTestFinished } from "vitest";
import { DIALECT, readRequest } from "./dialect.ts";

/** A sandbox of the dialect, closed when the test ends. Its `requests` do not grow: they are made anew each time. */
export async function openSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox({ ...options, dialect: DIALECT });
  onTestFinished(() => sandbox.close());
  return {
    ...sandbox,
    get requests() {
      return sandbox.requests.flatMap((request) => {
        const read = readRequest(request.query, request.body);
        return read ? { ...request, ...read } : [];
      });
    },
  };
}

/** A sandbox and a client of it that sends each request once and gives no warnings. */
export async function openAccount(options?: SandboxOptions) {
  const sandbox = await openSandbox(options);
  const { baseUrl, apiKey } = sandbox;
  const client = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false, maxRetries: 0 });
  return { sandbox, client, users: client.users };
}
