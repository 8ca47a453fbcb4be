/** The order of the changes: those of each person one after the other, and deletions after everything else. */
import type { Change } from "ax-users/roster";
import { type FlowJobNode, FlowProducer } from "bullmq";
import { redis } from "./run.ts";

/** Two jobs are not changes: the first adds the deletions, and the second marks the end. */
export const DELETIONS = "deletions";
export const FINISHED = "finished";

/** A job without a result is retried. If all attempts fail, the other jobs continue without it. */
const RETRIES = { attempts: 8, backoff: { type: "exponential", delay: 1000 } };
const CHILD = { ...RETRIES, ignoreDependencyOnFailure: true };

const isDeletion = ({ kind }: Change) => kind === "delete";

export const addOthers = (run: string, changes: readonly Change[]) =>
  add(
    run,
    DELETIONS,
    changes.filter((change) => !isDeletion(change)),
  );

export const addDeletions = (run: string, changes: readonly Change[]) =>
  add(run, FINISHED, changes.filter(isDeletion));

/** Adds all changes or none. A job has the ID of its change, so a job that exists is not added again. */
async function add(run: string, name: string, changes: readonly Change[]): Promise<void> {
  const flows = new FlowProducer({ connection: redis });
  const children = chains(run, changes);
  await flows.add({ name, queueName: run, children, opts: { ...RETRIES, jobId: name } });
  await flows.close();
}

/** A job runs when its children are done. So each job has the previous one as its child. */
function chains(queueName: string, changes: readonly Change[]): FlowJobNode[] {
  const last = new Map<string, FlowJobNode>();
  for (const { id, kind, email } of changes) {
    const before = last.get(email.toLowerCase());
    const children = before ? [before] : [];
    last.set(email.toLowerCase(), { name: kind, queueName, children, opts: { ...CHILD, jobId: id } });
  }
  return [...last.values()];
}
