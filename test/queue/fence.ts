/** A worker that has lost its job records nothing, and what is appended again after a lost connection stands once. */
import { strict as assert } from "node:assert";
import type { ArizeClient } from "ax-users";
import { type ChangeResult, type JournalEntry, openPlan, type Plan } from "ax-users/roster";
import { type Example, example } from "./workers.ts";

type JournalModule = typeof import("../../examples/queue/journal.ts");

const KEYS = { lock: "fence:lock", journal: "fence:journal", results: "fence:results" };

const INTENT = { type: "intent", id: "1", at: "2026-01-01T00:00:00Z" } as const satisfies JournalEntry;

export async function checkFence(client: ArizeClient, plan: Plan): Promise<void> {
  const { redis }: Example = await import(example("run.ts"));
  const { redisJournal }: JournalModule = await import(example("journal.ts"));
  const journal = redisJournal(KEYS, "mine");
  await redis.set(KEYS.lock, "mine");
  await journal.append(INTENT);
  await journal.append(INTENT);
  assert.deepEqual(await journal.open(), [INTENT], "an entry that is sent again stands once");

  await redis.set(KEYS.lock, "another's");
  await assert.rejects(journal.append({ ...INTENT, id: "2" }), /taken this change over/);
  const { changes, applyChange } = await openPlan(client, plan);
  const results: ChangeResult[] = [];
  for (const { id } of changes.slice(0, 3)) results.push(await applyChange(id, { journal }));
  assert.deepEqual(new Set(results.map(({ status }) => status)), new Set(["not_attempted"]));
  assert.deepEqual(await journal.open(), [INTENT], "nothing is recorded without the lock");
}
