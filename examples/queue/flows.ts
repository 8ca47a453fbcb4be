/** The order: the changes of each person one after the other, and deletions when everything else has been done. */
import type { Change } from "ax-users/roster";
import { type FlowJobNode, FlowProducer } from "bullmq";
import { redis } from "./run.ts";

/** The jobs that are no changes: the first adds the deletions, the second marks the end. */
export const DELETIONS = "deletions";
export const FINISHED = "finished";

/** A job without a result is tried again; in the end the others go on without it. */
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

/** All of them or none. The ID of a change is that of its job: a job that is there already is not added again. */
async function add(run: string, name: string, changes: readonly Change[]): Promise<void> {
  const flows = new FlowProducer({ connection: redis });
  const children = chains(run, changes);
  await flows.add({ name, queueName: run, children, opts: { ...RETRIES, jobId: name } });
  await flows.close();
}

/** A job runs when its children are done, so that each has the one before it as a child. */
function chains(queueName: string, changes: readonly Change[]): FlowJobNode[] {
  const last = new Map<string, FlowJobNode>();
  for (const { id, kind, email } of changes) {
    const before = last.get(email.toLowerCase());
    const children = before ? [before] : [];
    last.set(email.toLowerCase(), { name: kind, queueName, children, opts: { ...CHILD, jobId: id } });
  }
  return [...last.values()];
}
