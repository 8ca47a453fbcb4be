/** What befalls a run: workers are killed, and Redis is restarted once, each at its share of the changes. */
import { seededRandom } from "../helpers/seeded-random.ts";
import type { RedisServer } from "./redis-server.ts";
import type { Workers } from "./workers.ts";

const KILLS = 3;

export interface Settings {
  readonly server: RedisServer;
  readonly folder: string;
  readonly perSecond: number;
  /** Says who is killed when. Without it nobody is, and Redis runs through. */
  readonly seed?: number;
}

export interface Trouble {
  /** From 0 to 1: how many of the changes have ended by then. */
  readonly atShare: number;
  happen(): Promise<void>;
}

export function troubles({ seed, server }: Pick<Settings, "seed" | "server">, workers: Workers): Trouble[] {
  if (seed === undefined) return [];
  const random = seededRandom(seed);
  const kills = Array.from({ length: KILLS }, (): Trouble => {
    const who = random();
    return { atShare: 0.05 + 0.85 * random(), happen: async () => workers.kill(who) };
  });
  const restart: Trouble = { atShare: 0.4 + 0.2 * random(), happen: () => server.restart() };
  return [...kills, restart].sort((one, other) => one.atShare - other.atShare);
}
