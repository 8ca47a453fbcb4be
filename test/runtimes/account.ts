/** The account that a life is led in, and what has to have become of it. */
import assert from "node:assert/strict";
import type { Sandbox, SandboxOptions } from "ax-users/testing";

const named = (name: string) => ({ id: `u-${name}`, email: `${name}@example.com` });

export const ACCOUNT: SandboxOptions = {
  // The hosted API's spelling, which the client has to find out.
  dialect: "current",
  users: [
    { ...named("ada"), name: "Ada Lovelace", role: "admin" },
    { ...named("lin"), status: "invited" },
    ...["busy", "limited", "dropped", "cut", "lost", "stalled", "moved"].map(named),
  ],
  organizations: [{ name: "Data Ops" }],
};

export function scriptFaults(sandbox: Sandbox): void {
  const user = (name: string) => ({ path: `/v2/users/u-${name}` });
  sandbox.fail({ ...user("busy"), method: "GET", status: 503 });
  sandbox.fail({ ...user("limited"), method: "GET", status: 429, headers: { "retry-after": "0" } });
  sandbox.fail({ ...user("dropped"), method: "GET", socket: "drop" });
  sandbox.fail({ ...user("cut"), method: "GET", socket: "cut" });
  sandbox.fail({ ...user("lost"), method: "DELETE", socket: "drop", when: "after", times: Infinity });
  sandbox.fail({ ...user("stalled"), socket: "stall", times: Infinity });
  sandbox.fail({ ...user("moved"), status: 302, headers: { location: "/v2/users/u-ada" } });
  // The first one finds out that enum values are spelled otherwise; the second is carried out, but its answer lost.
  sandbox.fail({ path: "/v2/users", method: "POST", skip: 1, socket: "cut" });
}

/** What the server saw of the life, whatever that tells of itself. */
export function checkAccount(sandbox: Sandbox): void {
  const names = (users: { email: string }[]) => users.map(({ email }) => email.replace("@example.com", ""));
  assert.deepEqual(names(sandbox.users()), [
    "ada",
    "lin",
    "dropped",
    "cut",
    "stalled",
    "moved",
    "jane",
    "grace",
    "bot",
  ]);
  assert.deepEqual(names(sandbox.removedUsers()), ["busy", "limited", "lost", "kay"]);
  assert.deepEqual(
    sandbox.mails.map(({ to, kind }) => `${kind} ${to}`),
    [
      "invitation jane@example.com",
      "invitation lin@example.com",
      "password_reset ada@example.com",
      "invitation kay@example.com",
    ],
  );
  assert.deepEqual(
    sandbox.organizations().map(({ name }) => name),
    ["Data Ops"],
  );
}

/** Warnings of what is in alpha or beta, each of which has to come once, wherever the runtime shows it. */
export function checkWarnings(output: string): void {
  const warnings: string[] = output.match(/\[(?:ALPHA|BETA)\] \S+ is an? (?:alpha|beta) API/g) ?? [];
  assert.deepEqual([...new Set(warnings)], warnings, "A warning came twice.");
  assert.ok(warnings.includes("[ALPHA] users.list is an alpha API"), "The warning of users.list is missing.");
  assert.ok(warnings.includes("[BETA] organizations.list is a beta API"), "That of organizations.list, too.");
}
