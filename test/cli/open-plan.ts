import { writeFileSync } from "node:fs";
import type { SandboxOptions } from "ax-users/testing";
import { expect } from "vitest";
import { startScript } from "../examples/run-script.ts";
import { openCli } from "./run-cli.ts";

export const MAIN = "src/cli/main.ts";

export const USERS = Array.from({ length: 60 }, (_, index) => ({
  id: `u${index}`,
  email: `u${index}@example.com`,
  name: `U${index}`,
  role: { type: "predefined" as const, name: index === 0 ? ("admin" as const) : ("member" as const) },
}));

export const ROSTER = [
  "email,name,invite_mode,organization,state",
  ...Array.from({ length: 8 }, (_, index) => `n${index}@example.com,N${index},email_link,Data Ops,`),
  ...Array.from({ length: 4 }, (_, index) => `p${index}@example.com,P${index},temporary_password,,`),
  ...Array.from({ length: 6 }, (_, index) => `u${index + 1}@example.com,New name ${index},,,`),
  ...Array.from({ length: 4 }, (_, index) => `u${index + 20}@example.com,,,,absent`),
].join("\n");
/** So many the plan has. */
export const CHANGES = 8 + 8 + 4 + 6 + 4;

/** An account, a plan for it, and the command that applies it. */
export async function openPlan(roster = ROSTER, options: SandboxOptions = {}) {
  const opened = await openCli({ users: USERS, organizations: [{ name: "Data Ops" }], ...options });
  const { file, run, env } = opened;
  writeFileSync(file("people.csv"), roster);
  const plan = file("plan.json");
  expect((await run(["plan", file("people.csv"), "-o", plan])).code).toBe(0);
  const passwords = file("passwords.jsonl");
  const apply = ["apply", plan, "--confirm-removals", "4", "--passwords", passwords, "--json"];
  return {
    ...opened,
    plan,
    passwords,
    apply,
    journal: `${plan}.journal.jsonl`,
    start: (args: readonly string[]) => startScript(MAIN, { args, env }),
    state: () => stateOf(opened.sandbox),
  };
}

/** What the account is like, without what depends on the order of requests. */
function stateOf(sandbox: Awaited<ReturnType<typeof openCli>>["sandbox"]) {
  const emailOf = new Map(sandbox.users().map(({ id, email }) => [id, email]));
  return {
    users: sandbox
      .users()
      .map(({ email, name, status }) => `${email} ${name} ${status}`)
      .sort(),
    members: sandbox
      .organizations()[0]
      ?.members.map(({ userId }) => emailOf.get(userId))
      .sort(),
    mails: sandbox.mails.map(({ to, kind }) => `${kind} ${to}`).sort(),
  };
}
