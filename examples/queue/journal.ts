/** A journal in Redis: a list for each person. Only the holder of the job's lock can append to it. */
import type { Journal, JournalEntry } from "ax-users/roster";
import { redis } from "./run.ts";

/**
 * The lock is BullMQ's. If a worker was so slow that another one took over its job, it can record nothing, and therefore sends
 * nothing. If ioredis repeats a command after a lost connection, the entry is appended only once.
 */
const APPEND = `
  local lock, journal, results = KEYS[1], KEYS[2], KEYS[3]
  local token, entry, id = ARGV[1], ARGV[2], ARGV[3]
  if redis.call("GET", lock) ~= token then return 0 end
  if redis.call("LINDEX", journal, -1) ~= entry then redis.call("RPUSH", journal, entry) end
  if id ~= "" then redis.call("HSET", results, id, entry) end
  return 1`;

export interface Keys {
  readonly lock: string;
  readonly journal: string;
  readonly results: string;
}

export function redisJournal({ lock, journal, results }: Keys, token: string): Journal {
  return {
    open: async () => (await redis.lrange(journal, 0, -1)).map((text): JournalEntry => JSON.parse(text)),
    async append(entry) {
      const id = entry.type === "result" ? entry.id : "";
      const isMine = await redis.eval(
        APPEND,
        3,
        ...[lock, journal, results],
        ...[token, JSON.stringify(entry), id],
      );
      if (!isMine) throw new Error("Another worker has taken this change over.");
    },
    close: async () => {},
  };
}
