/** An account of four people, and a client of it. */
import { ArizeClient } from "ax-users";
import { type SandboxOptions, type SeedUser, startSandbox } from "ax-users/testing";
import { onTestFinished } from "vitest";

export const role = { type: "predefined" as const, name: "member" as const };

export const USERS: SeedUser[] = [
  { id: "root", email: "root@example.com", name: "Root", role: { type: "predefined", name: "admin" } },
  { id: "ada", email: "ada@example.com", name: "Ada", role },
  { id: "bob", email: "bob@example.com", name: "Bob", role },
  { id: "eve", email: "eve@example.com", name: "Eve", role, status: "expired" },
];

/** A row of a person who is not in the account. */
export const NEW = { email: "new@example.com", name: "New" };

/** Unlike `openAccount`, with the dialect of the options, and not that of the project. */
export async function openSeeded(options: SandboxOptions, maxRetries: number) {
  const sandbox = await startSandbox({ users: USERS, ...options });
  onTestFinished(() => sandbox.close());
  const { baseUrl, apiKey } = sandbox;
  const client = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false, maxRetries });
  return { client, sandbox };
}
