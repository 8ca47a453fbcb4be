import { ArizeError } from "ax-users";
import { clientWith } from "../helpers/virtual-client.ts";
import { Account } from "./fault-api.ts";
import { message } from "./fault-bytes.ts";
import { StillClock } from "./fault-clock.ts";
import { type Fault, faults } from "./fault-list.ts";
import { type Operation, operations, type Told } from "./fault-operations.ts";
import { startRawServer } from "./fault-server.ts";
import { NUMBER_HEADER, type Sent, Wire } from "./fault-wire.ts";

export type Mode = "once" | "for ever";

/** One call of one operation, through one fault. */
export interface Cell {
  readonly fault: Fault;
  readonly operation: Operation;
  readonly mode: Mode;
  readonly requests: readonly Sent[];
  /** How often a request took effect. */
  readonly applied: number;
  readonly mails: number;
  /** Requests to the host that a redirect names. */
  readonly astray: number;
  readonly told: Told;
  /** From the call to its end, on the clock that does not pass for real. */
  readonly elapsedMs: number;
}

/** Below the ports that a system gives away, assigned to nobody, and none that fetch blocks. */
const CLOSED_PORT = 4;

const CELLS_AT_ONCE = 16;

/** Every operation through every fault, in both modes. */
export async function runMatrix(): Promise<Cell[]> {
  const wanted = faults.flatMap((fault) =>
    operations.flatMap((operation) =>
      (["once", "for ever"] as const).map((mode) => ({ fault, operation, mode })),
    ),
  );
  const astray = new Map<string, number>();
  const other = await startRawServer(({ url: { pathname } }, socket) => {
    astray.set(pathname, (astray.get(pathname) ?? 0) + 1);
    socket.end(message({ status: 200, body: {} }));
  });
  const cells: Cell[] = [];
  const queue = wanted.entries();
  const worker = async () => {
    for (const [index, { fault, operation, mode }] of queue) {
      const cell = await runCell(fault, operation, mode, `http://localhost:${other.port}/${index}`);
      cells[index] = { ...cell, astray: astray.get(`/${index}`) ?? 0 };
    }
  };
  await Promise.all(Array.from({ length: CELLS_AT_ONCE }, worker));
  await other.close();
  return cells;
}

/** Whether the fault is played on the request of this number, from 0. */
export const isFaulty = ({ length = 1 }: Fault, mode: Mode, number: number): boolean =>
  mode === "for ever" || number < length;

/** `elsewhere`: where a redirect leads. */
async function runCell(
  fault: Fault,
  operation: Operation,
  mode: Mode,
  elsewhere: string,
): Promise<Omit<Cell, "astray">> {
  const account = new Account();
  const clock = new StillClock();
  const wire = new Wire(clock);
  const server = await startRawServer((request, socket) => {
    const number = Number(request.headers.get(NUMBER_HEADER));
    const sent = wire.requests[number];
    const apply = () => account.handle(request);
    if (!sent || !isFaulty(fault, mode, number)) return void socket.end(message(apply()));
    fault.play({ socket, sent, number, wire, clock, elsewhere, apply });
  });
  const fetch = wire.fetchFrom((number) => {
    const isLost = fault.isUnreachable && isFaulty(fault, mode, number);
    return `http://127.0.0.1:${isLost ? CLOSED_PORT : server.port}`;
  });
  const settings = { apiKey: "test-key", baseUrl: `http://127.0.0.1:${server.port}`, fetch };
  // Without jitter, nothing but what the server asks for makes a wait long.
  const client = clientWith(settings, { clock, random: () => 0 });
  try {
    const told = await wire.drive(tellOf(operation.run(client)));
    const { requests } = wire;
    const { applied, mails } = account;
    return { fault, operation, mode, requests, applied, mails, told, elapsedMs: clock.now() };
  } catch (cause) {
    throw new Error(`${operation.name}, ${fault.name}, ${mode}: ${cause}`, { cause });
  } finally {
    await server.close();
  }
}

/** What the caller is told by the package; any other error is one of the matrix itself. */
const tellOf = (call: Promise<Told>): Promise<Told> =>
  call.catch((error: unknown) => {
    if (error instanceof ArizeError) return { failure: error.name, error };
    throw error;
  });
