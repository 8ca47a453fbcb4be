/** A list of 2,000 users, read by pages of 100, again and again in one process. */
import type { Bench, Measure, Subject } from "../bench.ts";
import { PEER_NAMES } from "../clients/peers.ts";
import { mapRounds, pick, type Result } from "../results.ts";

const USERS = 2000;
const WARM_UP_LISTS = 30;
const LISTS = 3;
const ROUNDS = 30;

export const measure: Measure<{ lists: number }, number> = async (client, { lists }) => {
  let read = 0;
  const startedAt = performance.now();
  for (let list = 0; list < lists; list += 1) for await (const _ of client.each()) read += 1;
  const ms = (performance.now() - startedAt) / lists;
  if (read !== lists * USERS) throw new Error(`It read ${read} users in ${lists} lists of ${USERS}.`);
  return ms;
};

async function run(bench: Bench): Promise<Result[]> {
  const measured = await bench.inTurn(
    import.meta.url,
    PEER_NAMES,
    { users: USERS },
    1 + ROUNDS,
    (client, round) => client.measure<number>({ lists: round === 0 ? WARM_UP_LISTS : LISTS }),
  );
  const timed = mapRounds(measured, (all) => all.slice(1));
  return [
    {
      subject: "pages",
      name: "time",
      unit: "ms",
      values: pick(timed, (ms) => ms),
      limits: [
        { atMost: 1.25, times: "fetch" },
        { atMost: 1, times: "current" },
      ],
    },
  ];
}

export const subjects: Subject[] = [{ name: "pages", title: "A list of 2,000 users, by pages of 100", run }];
