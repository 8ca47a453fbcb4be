/** The life of a roster, a function for each step. */
import {
  applyPlan,
  memoryJournal,
  PlanRefusedError,
  parseRoster,
  planRoster,
  resumePlan,
  summarizeResults,
} from "ax-users/roster";
import { type Demo, failureOf, showError } from "./context.ts";

const HIRES = Array.from({ length: 12 }, (_, index) => `hire${index + 1}@example.com,New Hire ${index + 1},`);
const INTERRUPTED_AFTER = 5;

/** As a spreadsheet saves it: twelve people join, one changes their name, four leave. */
function rosterOf({ sandbox }: Demo): string {
  const [renamed, ...leaving] = sandbox.users().slice(40, 45);
  const rows = leaving.map(({ email }) => `${email},,absent`);
  return ["email,name,state", ...HIRES, `${renamed?.email},Mary Jackson,`, ...rows].join("\r\n");
}

export async function planTheRoster(demo: Demo): Promise<void> {
  const { client, sandbox, screen, expect, roster } = demo;
  roster.text = rosterOf(demo);
  screen.call("const roster = await parseRoster(csv)         // 12 join, 1 changes name, 4 leave");
  const parsed = await parseRoster(roster.text);
  const before = sandbox.requests.length;
  screen.call("const plan = await planRoster(client, roster)");
  const plan = await planRoster(client, parsed);
  roster.plan = plan;
  const counts = Object.entries(plan.counts).filter(([, count]) => count > 0);
  screen.table(
    ["change", "people"],
    counts.map(([kind, count]) => [kind, String(count)]),
  );
  expect(
    plan.counts.create === 12 && plan.counts.update === 1 && plan.counts.delete === 4,
    "a plan of 17 changes",
  );
  const sent = sandbox.requests.slice(before);
  expect(
    sent.every(({ method }) => method === "GET"),
    `${sent.length} requests, and all of them only read`,
  );
}

export async function refuseTooMany({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const [first] = sandbox.users();
  screen.call("planRoster(client, [one person], { removeAbsent: true })");
  const rows = [{ email: first?.email ?? "" }];
  const error = await failureOf(planRoster(client, rows, { removeAbsent: true }));
  showError(screen, error);
  expect(
    error instanceof PlanRefusedError && error.reason === "max_removals",
    "an incomplete roster removes nobody",
  );
}

export async function applyRoster({ client, screen, expect, roster }: Demo): Promise<void> {
  if (!roster.plan) throw new Error("there is no plan");
  screen.call("applyPlan(client, plan, { journal, signal, onProgress })");
  const controller = new AbortController();
  const progress = screen.progress();
  const results = await applyPlan(client, roster.plan, {
    journal: roster.journal,
    signal: controller.signal,
    onProgress: ({ settled, total }) => {
      progress.update(settled, total, "");
      if (settled === INTERRUPTED_AFTER) controller.abort();
    },
  }).finally(() => progress.stop());
  const { done, notAttempted } = summarizeResults(results);
  screen.text(
    `interrupted after ${INTERRUPTED_AFTER}: requests in flight are awaited, the rest is not attempted`,
  );
  expect(done >= INTERRUPTED_AFTER && notAttempted > 0, "some changes are done, some are not attempted");
  expect(done + notAttempted === 17, "each change has its result");
}

export async function resumeRoster({ client, sandbox, screen, expect, roster }: Demo): Promise<void> {
  screen.call("resumePlan(client, journal)");
  const { done } = summarizeResults(await resumePlan(client, roster.journal));
  expect(done === 17, "all 17 changes are done");
  const invited = sandbox.mails.filter(({ to }) => to.startsWith("hire"));
  expect(invited.length === 12, "12 emails: nobody got two");
  screen.call("the same roster again");
  const { counts } = await planRoster(client, await parseRoster(roster.text));
  expect(counts.create + counts.update + counts.delete === 0, "nothing is left to do");
}

/** The state that the steps share. */
export const newRoster = (): Demo["roster"] => ({ text: "", journal: memoryJournal() });
