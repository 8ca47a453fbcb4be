/** The account that the examples of the guide work on, and what they are held against. */
import { ArizeClient } from "ax-users";
import { type Sandbox, startSandbox } from "ax-users/testing";
import { onTestFinished, vi } from "vitest";
import { DIALECT } from "../helpers/dialect.ts";

/** Looks at what an example has printed, and at what it did to the account. */
type Expectation = (output: string, sandbox: Sandbox) => void;

/** By page, and by heading and place under it. */
export type Expected = Readonly<Record<string, Readonly<Record<string, Expectation>>>>;

export const ADA = "VXNlcjoxMjM0NQ==";

export async function startAccount(): Promise<{
  client: ArizeClient;
  sandbox: Sandbox;
  output: () => string;
}> {
  const sandbox = await startSandbox({
    dialect: DIALECT,
    users: [
      { id: ADA, email: "ada@example.com", name: "Ada Lovelace" },
      { email: "invited@example.com", status: "invited" },
      { email: "expired@example.com", status: "expired" },
      { id: "grace", email: "grace@example.com", name: "Grace Hopper" },
      { email: "removed@example.com", status: "inactive" },
      ...Array.from({ length: 150 }, (_, index) => ({ email: `user${index}@corp.example` })),
    ],
    organizations: [
      { name: "Data Ops" },
      { name: "Data Science", description: "Models" },
      { name: "Sales", members: [{ userId: "grace" }] },
    ],
  });
  onTestFinished(() => sandbox.close());
  vi.stubEnv("ARIZE_API_KEY", sandbox.apiKey);
  vi.stubEnv("ARIZE_BASE_URL", sandbox.baseUrl);
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", "true");
  // A response without a server, as it is asked for once.
  const token = { access_token: sandbox.apiKey, expires_in: 3600 };
  vi.stubEnv("OAUTH_TOKEN_URL", `data:application/json,${JSON.stringify(token)}`);
  // Whatever the proxy of this machine is: the sandbox is beside us.
  vi.stubEnv("no_proxy", "127.0.0.1");
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  return {
    client: new ArizeClient(),
    sandbox,
    output: () => log.mock.calls.map((line) => line.map(shown).join(" ")).join("\n"),
  };
}

const shown = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
