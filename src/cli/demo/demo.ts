/** The demo: the life of a user and of a roster, on a sandbox. Each step checks what it prints. */
import { ArizeClient } from "ax-users";
import { type Sandbox, startSandbox } from "ax-users/testing";
import { type Demo, type DemoOptions, firstSentence, USERS } from "./context.ts";
import { removeMany } from "./remove-many.ts";
import { applyRoster, newRoster, planTheRoster, refuseTooMany, resumeRoster } from "./roster.ts";
import { Screen } from "./screen.ts";
import { count, handOutPassword, invite, listUsers, lookUp, removeOne, sendMails, update } from "./users.ts";

const LATENCY_MS = 80;

const STEPS: Readonly<Record<string, (demo: Demo) => Promise<void>>> = {
  "List users": listUsers,
  "Find users by email": lookUp,
  "Invite a user, twice": invite,
  "Hand out a temporary password": handOutPassword,
  "Update a user": update,
  "Send emails again": sendMails,
  "Delete a user": removeOne,
  "Delete many users": removeMany,
  "Count the remaining users": count,
  "Compare a roster with the account": planTheRoster,
  "Refuse a roster that would remove too many people": refuseTooMany,
  "Apply the plan, and interrupt it": applyRoster,
  "Resume from the journal": resumeRoster,
};

/** Runs all steps. Rejects if a check fails. */
export async function runDemo({ sandbox: given, ...options }: DemoOptions): Promise<void> {
  const sandbox = given ?? (await startSandbox({ users: USERS, latencyMs: LATENCY_MS }));
  try {
    await walk(sandbox, new Screen(options));
  } finally {
    if (!given) await sandbox.close();
  }
}

async function walk(sandbox: Sandbox, screen: Screen): Promise<void> {
  let checks = 0;
  const expect = (condition: boolean, what: string) => {
    if (!condition) throw new Error(`This check failed: ${what}`);
    checks += 1;
    screen.fact(what);
  };
  const client = new ArizeClient({
    baseUrl: sandbox.baseUrl,
    apiKey: sandbox.apiKey,
    // By default, Node prints them as process warnings. The demo prints each one in its step.
    prereleaseWarnings: ({ message }) => screen.warning(firstSentence(message)),
  });
  const roster = newRoster();
  screen.title(
    `ax-users: the life of a user and of a roster, on a sandbox of ${USERS} users at ${sandbox.baseUrl}`,
  );
  for (const [index, [title, step]] of Object.entries(STEPS).entries()) {
    const heading = `${index + 1}. ${title}`;
    screen.heading(heading);
    try {
      await step({ client, sandbox, screen, expect, roster });
    } catch (cause) {
      throw new Error(`Step ${heading}. ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }
  screen.heading(`All ${checks} checks passed. Next: ax-users plan --help, and the README.`);
}
