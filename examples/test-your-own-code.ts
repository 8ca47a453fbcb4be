// Tests your own code against a sandbox: a server on this machine that behaves like the API. You need no key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ArizeClient } from "ax-users";
import { startSandbox } from "ax-users/testing";

/** Your own code: removes people who have left, and returns the addresses that it could not remove. */
async function offboard(client: ArizeClient, emails: string[]): Promise<string[]> {
  const results = await client.users.bulkDelete({ emails });
  return results.flatMap(({ status, email }) => (status === "failed" && email ? email : []));
}

test("removes people who have left, and returns the addresses that failed", async (context) => {
  const sandbox = await startSandbox({
    users: [
      { email: "ada@example.com" },
      { email: "grace@example.com", id: "grace" },
      { email: "alan@example.com" },
    ],
  });
  context.after(() => sandbox.close());
  sandbox.fail({ method: "DELETE", path: "/v2/users/grace", status: 500, times: Number.POSITIVE_INFINITY });
  const { baseUrl, apiKey } = sandbox;
  const client = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false });

  const left = await offboard(client, ["ada@example.com", "grace@example.com"]);

  assert.deepEqual(left, ["grace@example.com"]);
  const emails = sandbox.users().map(({ email }) => email);
  assert.deepEqual(emails, ["grace@example.com", "alan@example.com"]);
});
