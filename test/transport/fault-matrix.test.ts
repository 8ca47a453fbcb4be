import { NotFoundError } from "ax-users";
import { describe, expect, test } from "vitest";
import { everythingIn } from "../helpers/reveal.ts";
import { cellText, outcomeOf, toDocument } from "./fault-document.ts";
import { type Cell, isFaulty, runMatrix } from "./fault-run.ts";

const MAX_RETRIES = 3;

const cells = await runMatrix();

const nameOf = (cell: Cell): string =>
  `${cell.operation.name}, ${cell.fault.name}, ${cell.mode}: ${cellText(cell)}`;

/** The cells of which something holds, named as a failing test shows them. */
const cellsWhere = (holds: (cell: Cell) => boolean): string[] => cells.filter(holds).map(nameOf);

/** The numbers of the requests after which a client cannot be certain that nothing was carried out. */
const doubtful = ({ fault, mode, requests }: Cell): number[] =>
  [...requests.keys()].filter((number) => isFaulty(fault, mode, number) && !fault.isRefusal);

/** Whether anything but a read follows a request that may have been carried out. */
const goesOnInDoubt = (cell: Cell): boolean => {
  const [first = cell.requests.length] = doubtful(cell);
  return cell.requests.slice(first + 1).some(({ method }) => method !== "GET");
};

const isWrite = ({ operation }: Cell): boolean => operation.kind !== "read";

/** Requests with one method and target are one request and its repetitions. */
function longestChain({ requests }: Cell): number {
  const lengths = new Map<string, number>();
  for (const { method, target } of requests) {
    lengths.set(`${method} ${target}`, (lengths.get(`${method} ${target}`) ?? 0) + 1);
  }
  return Math.max(0, ...lengths.values());
}

/** Bulk calls give up on a server that asks for fewer requests after one wait more. */
const waitsBesides = ({ fault: { name }, operation }: Cell): number =>
  /^(429|503 with|503 from a cache)/.test(name) && /bulkDelete|Many|Users/.test(operation.name) ? 1 : 0;

/** Whether a request is sent before the pause has passed that the server asked for in the one before it. */
const isTooEarly = ({ fault, mode, requests }: Cell): boolean =>
  requests.some((request, number) => {
    const { pauseMs = 0 } = fault;
    const before = requests[number - 1];
    if (!before || !isFaulty(fault, mode, number - 1)) return false;
    return request.sentAtMs < (before.endedAtMs ?? Number.POSITIVE_INFINITY) + pauseMs;
  });

test("docs/fault-matrix.md is what a run gives", async () => {
  // `npm run fault-matrix` writes it anew. Read what has changed.
  await expect(toDocument(cells)).toMatchFileSnapshot("../../docs/fault-matrix.md");
});

describe("whatever the fault", () => {
  test("not_applied is never told of what was applied", () => {
    expect(cellsWhere((cell) => outcomeOf(cell.told) === "not_applied" && cell.applied > 0)).toEqual([]);
  });

  test("success is never told of what was not applied", () => {
    expect(cellsWhere((cell) => isWrite(cell) && "success" in cell.told && cell.applied === 0)).toEqual([]);
  });

  test("unknown is told only where a client cannot know", () => {
    expect(cellsWhere((cell) => outcomeOf(cell.told) === "unknown" && doubtful(cell).length === 0)).toEqual(
      [],
    );
  });

  test("every error has an outcome, and that of a read is not_applied", () => {
    expect(
      cellsWhere(({ told, operation }) => {
        const outcomes: unknown[] = operation.kind === "read" ? ["not_applied"] : ["not_applied", "unknown"];
        return "failure" in told && !outcomes.includes(outcomeOf(told));
      }),
    ).toEqual([]);
  });

  test("a mail is sent once at most, and not asked for again in doubt", () => {
    const mails = cellsWhere(({ operation: { kind }, mails }) => kind === "mail" && mails > 1);
    const doubts = cellsWhere((cell) => cell.operation.kind === "mail" && goesOnInDoubt(cell));
    expect([...mails, ...doubts]).toEqual([]);
  });

  test("what a call has removed itself is not told as missing", () => {
    expect(cellsWhere(({ told }) => "error" in told && told.error instanceof NotFoundError)).toEqual([]);
  });

  test("one create makes one user or organization, and sends one mail at most", () => {
    expect(
      cellsWhere((cell) => cell.operation.name.includes("create") && (cell.applied > 1 || cell.mails > 1)),
    ).toEqual([]);
  });

  test("a create with a password and that of an organization are not repeated in doubt", () => {
    expect(cellsWhere((cell) => cell.operation.kind === "create once" && goesOnInDoubt(cell))).toEqual([]);
  });

  test("no request is repeated more often than maxRetries allows", () => {
    expect(cellsWhere((cell) => longestChain(cell) > MAX_RETRIES + 1 + waitsBesides(cell))).toEqual([]);
  });

  test("attempts is the number of requests, without one that confirms a 404", () => {
    expect(
      cellsWhere(({ told, requests }) => {
        const error = "error" in told && told.error;
        const attempts = requests.filter(({ target }) => target !== "/v2/users?limit=1").length;
        return error instanceof Error && "attempts" in error && error.attempts !== attempts;
      }),
    ).toEqual([]);
  });

  test("nothing of another request's response is taken for one's own", () => {
    const isTaken = ({ told }: Cell) => "error" in told && everythingIn(told.error).includes("somebody else");
    expect(cellsWhere(isTaken)).toEqual([]);
  });

  test("what is not the API's is not told as no permission of the key", () => {
    const isToldSo = ({ fault, told }: Cell) =>
      fault.name.includes("page") && "error" in told && /key lacks|may not read/.test(String(told.error));
    expect(cellsWhere(isToldSo)).toEqual([]);
  });

  test("nothing is sent to the host that a redirect names", () => {
    expect(cellsWhere(({ astray }) => astray > 0)).toEqual([]);
  });

  test("nothing is sent before Retry-After has passed", () => {
    expect(cellsWhere(isTooEarly)).toEqual([]);
  });
});
