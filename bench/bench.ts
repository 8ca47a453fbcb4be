/** What subjects are measured with. */
import type { Client, Server } from "./clients/client.ts";
import { type PeerName, peers } from "./clients/peers.ts";
import { Remote } from "./remote.ts";
import type { PerPeer, Result } from "./results.ts";
import { type Seed, Servers } from "./servers.ts";

/** One subject of measurement. */
export interface Subject {
  readonly name: string;
  readonly title: string;
  run(bench: Bench): Promise<Result[]>;
}

/** What the file of a subject exports as `measure`: it runs in the client's process. */
export type Measure<Params, Measured> = (client: Client, params: Params) => Promise<Measured>;

/** A client's process, connected to a server of its own. */
export interface Connected extends AsyncDisposable {
  readonly server: Server;
  measure<Measured>(params: object): Promise<Measured>;
}

export class Bench {
  readonly servers = new Servers();
  /** For the guard, which looks only at what is the same in each round. */
  readonly isQuick: boolean;

  constructor(isQuick = false) {
    this.isQuick = isQuick;
  }

  /** `file` is the subject's, the URL of the module that has `measure`. */
  async connect(file: string, name: PeerName, seed: Seed): Promise<Connected> {
    const server = await this.servers.open(seed, peers[name].dialect);
    const client = await startClient(file, name, server);
    return {
      ...client,
      [Symbol.asyncDispose]: async () => {
        await client[Symbol.asyncDispose]();
        await this.servers.close(server);
      },
    };
  }

  /** Several processes of one client, on one server. They are ready once `use` is called. */
  async together<Value>(
    file: string,
    name: PeerName,
    seed: Seed,
    count: number,
    use: (clients: readonly Connected[], server: Server) => Promise<Value>,
  ): Promise<Value> {
    await using stack = new AsyncDisposableStack();
    const server = await this.servers.open(seed, peers[name].dialect);
    stack.defer(() => this.servers.close(server));
    const starts = Array.from({ length: count }, () => startClient(file, name, server));
    const clients = (await Promise.all(starts)).map((client) => stack.use(client));
    return await use(clients, server);
  }

  /** Clients do the same in turn, round for round, each in one process for all its rounds. */
  async inTurn<Value>(
    file: string,
    names: readonly PeerName[],
    seed: Seed,
    rounds: number,
    use: (connected: Connected, round: number) => Promise<Value>,
  ): Promise<PerPeer<Value[]>> {
    await using stack = new AsyncDisposableStack();
    const clients: [PeerName, Connected][] = [];
    for (const name of names) clients.push([name, stack.use(await this.connect(file, name, seed))]);
    return await collect(rounds, clients, use);
  }

  /** The same, each round of each client in a process and on a server that are new. */
  afresh<Value>(
    file: string,
    rounds: PerPeer<number>,
    seed: Seed,
    use: (connected: Connected, name: PeerName) => Promise<Value>,
  ): Promise<PerPeer<Value[]>> {
    const clients = (Object.keys(rounds) as PeerName[]).map((name) => [name, name] as const);
    return collect(Math.max(...Object.values(rounds)), clients, async (name, round) => {
      if (round >= (rounds[name] ?? 0)) return undefined;
      await using connected = await this.connect(file, name, seed);
      return await use(connected, name);
    });
  }

  stop(): Promise<void> {
    return this.servers.stop();
  }
}

async function startClient(file: string, name: PeerName, server: Server): Promise<Connected> {
  const remote = new Remote(new URL("client-process.ts", import.meta.url), [name]);
  await remote.ask("connect", server);
  return {
    server,
    measure: (params) => remote.ask("measure", file, params),
    [Symbol.asyncDispose]: () => remote.stop(),
  };
}

/** Nobody is always the first, or behind the same one. A round that gives nothing does not count. */
async function collect<Item, Value>(
  rounds: number,
  clients: readonly (readonly [PeerName, Item])[],
  use: (item: Item, round: number) => Promise<Value | undefined>,
): Promise<PerPeer<Value[]>> {
  const values: PerPeer<Value[]> = Object.fromEntries(clients.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, item] of rotated(clients, round)) {
      const value = await use(item, round);
      if (value !== undefined) values[name]?.push(value);
    }
  }
  return values;
}

const rotated = <Item>(items: readonly Item[], by: number): Item[] => {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
};
