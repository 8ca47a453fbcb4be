import type { ArizeClient, ArizeClientOptions } from "ax-users";
import { onTestFinished } from "vitest";
import { forEachLimited } from "../../src/util/for-each-limited.ts";
import { type Clock, clientWith } from "../helpers/virtual-client.ts";
import { VirtualClock } from "../helpers/virtual-clock.ts";
import { ALL_ARRIVED_MS, fetchInProcess } from "./truth-in-process.ts";
import { TruthModel } from "./truth-model.ts";
import { startTruthServer } from "./truth-server.ts";

const AT_ONCE = 16;

/** So many calls share a client: its retry budget would not last for more with half of all requests failing. */
const CALLS_OF_A_CLIENT = 50;

/** One client of so many talks over sockets, which take ten times as long; the others in this process. */
const CLIENTS_PER_SOCKET_CLIENT = 5;

export interface TruthWorld {
  readonly model: TruthModel;
  readonly clock: VirtualClock;
  /** Makes so many calls, 16 at once, and lets time pass only when nothing else can happen. */
  callAll(count: number, call: (client: ArizeClient, index: number) => Promise<void>): Promise<void>;
  /** Lets everything that is still on its way arrive, and closes all connections. */
  close(): Promise<void>;
}

/** Clients on a virtual clock and a model of their account, between which requests are lost, fail, stall and meet strangers. */
export async function startTruthWorld(
  seed: number,
  random: () => number,
  options: ArizeClientOptions = {},
  watch: (clock: Clock) => Clock = (clock) => clock,
): Promise<TruthWorld> {
  const model = new TruthModel(seed);
  const clock = new VirtualClock();
  const clientClock = watch(clock);
  const server = await startTruthServer(model);
  onTestFinished(() => server.close());
  const settings = { timeoutMs: 30, ...options };
  const { baseUrl } = server;
  const overSockets = { ...settings, baseUrl, fetch: server.fetch };
  const inProcess = { ...settings, baseUrl, fetch: fetchInProcess(model, clock) };
  const clients: ArizeClient[] = [];
  const clientOf = (index: number): ArizeClient => {
    const number = Math.floor(index / CALLS_OF_A_CLIENT);
    const isOverSockets = number % CLIENTS_PER_SOCKET_CLIENT === 0;
    clients[number] ??= clientWith(isOverSockets ? overSockets : inProcess, { clock: clientClock, random });
    return clients[number];
  };
  const callAll: TruthWorld["callAll"] = (count, call) => {
    const all = forEachLimited(Array(count).keys(), AT_ONCE, (index) => call(clientOf(index), index));
    return clock.run(all, () => server.traffic.still());
  };
  const close = async () => {
    await clock.advance(ALL_ARRIVED_MS);
    await server.close();
  };
  return { model, clock, callAll, close };
}
