/** Parts of the command that read and write, each by itself. */
import { PassThrough } from "node:stream";
import { ArizeError, AuthenticationError, ConnectionError, ValidationError } from "ax-users";
import { JournalError, PlanRefusedError } from "ax-users/roster";
import { expect, test } from "vitest";
import { confirm, confirmation, people } from "../../src/cli/confirm.ts";
import { errorDocument, exitCodeOf, messageOf, UsageError } from "../../src/cli/exit.ts";
import { painter, printable } from "../../src/cli/io/colour.ts";
import { csvOf } from "../../src/cli/io/csv.ts";
import { formatOf } from "../../src/cli/io/output.ts";
import { progressOf } from "../../src/cli/io/progress.ts";
import { ask } from "../../src/cli/io/prompt.ts";
import { tableOf } from "../../src/cli/io/table.ts";
import { rejection } from "../helpers/server.ts";
import { openContext, TERMINAL } from "./context.ts";

const plain = (_: unknown, text: string) => text;
const marked = (_: unknown, text: string) => `<${text}>`;
const table = (head: string[], rows: string[][], columns?: number) =>
  tableOf(head, rows, plain, columns).split("\n");

test("a table is aligned, and has no spaces at the ends of its lines", () => {
  expect(
    table(
      ["id", "name"],
      [
        ["a", "Ada"],
        ["long id", "B"],
        ["", ""],
      ],
    ),
  ).toEqual([...["id       name", "─".repeat(13), "a        Ada", "long id  B", ""]]);
  expect(tableOf([" id", "n "], [["a"]], marked)).toBe(`< id  n>\n${"─".repeat(7)}\na`);
});

test("characters of two columns, of none, and those that are escaped, keep a table aligned", () => {
  expect(
    table(
      ["name", "id"],
      [
        ["日本", "1"],
        ["e\u0301", "2"],
        ["a\tb", "3"],
        ["Zoë→…", "4"],
      ],
    ),
  ).toEqual([
    ...["name      id", "─".repeat(12), "日本      1", "e\u0301         2", "a\\u0009b  3", "Zoë→…     4"],
  ]);
});

test("a table fits into its window, the widest columns cut, but none to less than six", () => {
  const rows = [["0123456789", "abcdefghij", "x"]];
  expect(table(["a", "b", "c"], rows, 25)[2]).toBe("0123456789  abcdefghij  x");
  expect(table(["a", "b", "c"], rows, 24)[2]).toBe("01234567…  abcdefghij  x");
  expect(table(["a", "b", "c"], rows, 21)[2]).toBe("0123456…  abcdefg…  x");
  expect(table(["a", "b", "c"], rows, 5)[2]).toBe("01234…  abcde…  x");
  expect(table(["a", "b"], [["日本日本", "x"]], 10)[2]).toBe("日本日…  x");
});

test.each([
  ["Ada King", "Ada King"],
  [" Ada", '" Ada"'],
  ["Ada ", '"Ada "'],
  ['A"B', '"A""B"'],
  ["A;B", '"A;B"'],
  ["A\nB", '"A\nB"'],
  ["=1", "'=1"],
  ["''@a", "'''@a"],
  ["a=1", "a=1"],
])("a cell of CSV: %j", (text, cell) => {
  expect(csvOf([[text, "x"]])).toBe(`${cell},x\r\n`);
  expect(csvOf([])).toBe("");
});

test.each<[env: Record<string, string>, isTerminal: boolean, hasColour: boolean]>([
  [{}, true, true],
  [{}, false, false],
  [{ TERM: "dumb" }, true, false],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "1", TERM: "dumb" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ FORCE_COLOR: "false" }, true, false],
  [{ FORCE_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "" }, false, false],
])("with %j, on a terminal: %s, there is colour: %s", (env, isTerminal, hasColour) => {
  expect(painter(env, isTerminal)("bold", "x") !== "x").toBe(hasColour);
});

test("what a terminal obeys, and what reorders text, is escaped", () => {
  expect(printable("a\u001b\u202e\u2028\u0085é日")).toBe("a\\u001b\\u202e\\u2028\\u0085é日");
});

test("--json and --output agree, or are refused", () => {
  expect([formatOf(true, undefined), formatOf(false, undefined), formatOf(false, "csv")]).toEqual([
    "json",
    "table",
    "csv",
  ]);
  expect([formatOf(true, "json"), formatOf(true, "jsonl")]).toEqual(["json", "jsonl"]);
  for (const output of ["csv", "table"])
    expect(() => formatOf(true, output)).toThrow(`--json and --output ${output} cannot be combined.`);
});

test.each([
  [80, 24],
  [60, 20],
  [50, 10],
  [41, 8],
  [10, 8],
])("in a window of %d columns, a bar has %d", (columns, width) => {
  const { io, written } = openContext([], { columns, isTerminal: TERMINAL, env: { NO_COLOR: "1" } });
  const bar = progressOf(io, false);
  bar.update(0, 4, "begins");
  bar.update(4, 4, "ends");
  bar.stop();
  expect(written.stderr).toContain(`${"░".repeat(width)} 0/4`);
  expect(written.stderr).toContain(`${"█".repeat(width)} 4/4  ends`);
});

test("no bar where nobody would see it", () => {
  for (const [quiet, stderr] of [
    [true, true],
    [false, false],
  ] as const) {
    const { io, written } = openContext([], { isTerminal: { ...TERMINAL, stderr } });
    const bar = progressOf(io, quiet);
    bar.update(1, 2, "");
    bar.stop();
    expect(written.stderr).toBe("");
  }
});

test("an answer is a line of the input, without the spaces around it", async () => {
  const stdin = new PassThrough();
  const { io, written } = openContext([], { stdin });
  const answer = ask(io, "Sure? ");
  stdin.write("  yes \nno\n");
  expect(await answer).toBe("yes");
  expect(written).toEqual({ stdout: "", stderr: "Sure? " });
  expect(stdin.isPaused()).toBe(true);
});

test.each(["the input ends", "it is interrupted", "it was interrupted before"])(
  "no answer where %s",
  async (how) => {
    const stdin = new PassThrough();
    const controller = new AbortController();
    const { io } = openContext([], { stdin, signal: controller.signal });
    if (how === "it was interrupted before") controller.abort();
    const answer = ask(io, "Sure? ");
    if (how === "the input ends") stdin.end();
    if (how === "it is interrupted") controller.abort();
    expect(await answer).toBe("");
  },
);

const intent = (removals: number) => ({ removals, what: "make 3 changes", preview: () => "the preview" });

async function asked(words: string[], removals: number, typed: string, isTerminal = TERMINAL) {
  const stdin = new PassThrough();
  const { context, written } = openContext(words, { stdin, isTerminal });
  stdin.write(`${typed}\n`);
  const outcome = await confirm(context, intent(removals)).then(() => "confirmed", String);
  return { outcome, stderr: written.stderr };
}

test.each<[words: string[], removals: number, typed: string, isConfirmed: boolean]>([
  [[], 0, "y", true],
  [[], 0, "YES", true],
  [[], 0, "yesterday", false],
  [[], 0, "ay", false],
  [[], 0, "", false],
  [[], 2, "2", true],
  [[], 2, "y", false],
  [[], 2, "1", false],
  [["--yes"], 0, "n", true],
  [["--yes"], 2, "n", false],
  [["--confirm-removals", "2"], 2, "n", true],
  [["--confirm-removals", "0"], 0, "n", true],
])(
  "on a terminal, with %j, %d removals and the answer %j: confirmed %s",
  async (words, removals, typed, isConfirmed) => {
    expect((await asked(words, removals, typed)).outcome).toBe(
      isConfirmed ? "confirmed" : "UsageError: Not confirmed: nothing was sent.",
    );
  },
);

test("the question asks for what can be undone, or for a number", async () => {
  expect((await asked([], 0, "y")).stderr).toBe("the preview\nDo you want to make 3 changes? [y/N] ");
  expect((await asked([], 2, "2")).stderr).toBe("the preview\nType the number of people to remove: ");
});

test.each<[words: string[], isTerminal: typeof TERMINAL]>([
  [[], { ...TERMINAL, stdin: false }],
  [[], { ...TERMINAL, stderr: false }],
  [["--no-input"], TERMINAL],
  [["--key-stdin"], TERMINAL],
])("nobody is asked with %j on %j", async (words, isTerminal) => {
  expect(await asked(words, 2, "2", isTerminal)).toEqual({
    outcome: "UsageError: Without a terminal, pass --confirm-removals 2 to make 3 changes. Nothing was sent.",
    stderr: "",
  });
  expect((await asked(words, 0, "y", isTerminal)).outcome).toContain("pass --yes to make 3 changes");
});

test("another number than that of the plan confirms nothing", async () => {
  expect((await asked(["--confirm-removals", "3"], 2, "2")).outcome).toBe(
    "UsageError: --confirm-removals is 3, but the number of people to remove is 2.",
  );
});

test("an interrupt is no answer", async () => {
  const controller = new AbortController();
  const { context } = openContext([], {
    stdin: new PassThrough(),
    isTerminal: TERMINAL,
    signal: controller.signal,
  });
  const confirmed = confirm(context, intent(0));
  controller.abort("interrupted");
  expect(await rejection(confirmed)).toBe("interrupted");
  expect([people(0), people(1), people(2)]).toEqual(["0 people", "1 person", "2 people"]);
  expect([confirmation(0), confirmation(1)]).toEqual(["--yes", "--confirm-removals 1"]);
});

const fileError = (message: string, more: object) =>
  Object.assign(new Error(message), { code: "ENOENT", syscall: "open", ...more });
const key = { path: "apiKey", message: "is required" };

test.each<[error: unknown, code: number, message: string, name: string, outcome?: string]>([
  [new UsageError("wrong"), 2, "wrong", "UsageError"],
  [
    new ValidationError("create", [{ path: "maxRemovals", message: "is wrong" }]),
    2,
    "create: --max-removals is wrong",
    "ValidationError",
  ],
  [
    new ValidationError("client", [{ path: "baseUrl", message: "no" }, key]),
    4,
    "There is no valid API key: set ARIZE_API_KEY, or pass --key-file FILE or --key-stdin.",
    "ValidationError",
  ],
  [new JournalError("it has maxRemovals"), 2, "it has maxRemovals", "JournalError"],
  [
    new PlanRefusedError("over maxRemovals", "max_removals", { removals: 1 }),
    5,
    "over --max-removals",
    "PlanRefusedError",
  ],
  [new ArizeError("maybe", { outcome: "unknown" }), 3, "maybe", "ArizeError", "unknown"],
  [new ConnectionError("lost", { attempts: 1 } as never), 1, "lost", "ConnectionError"],
  [
    fileError("ENOENT: no such file or directory, open 'a, b.csv'", { path: "a, b.csv" }),
    2,
    "a, b.csv: no such file or directory (ENOENT)",
    "Error",
  ],
  [fileError("ENOENT: broken, read", {}), 2, "a file: broken (ENOENT)", "Error"],
  [fileError("ENOENT: a, b c, read", {}), 2, "a file: a, b c (ENOENT)", "Error"],
  [Object.assign(new Error("maxRemovals"), { code: "E" }), 1, "maxRemovals", "Error"],
  [Object.assign(new Error("half"), { syscall: "open" }), 1, "half", "Error"],
  [{ syscall: "open", code: "ENOENT", toString: () => "no error" }, 1, "no error", "Error"],
  ["text", 1, "text", "Error"],
])("error %#: exit code %3$s and message", (error, code, message, name, outcome = "not_applied") => {
  const { signal } = new AbortController();
  expect(exitCodeOf(error, signal)).toBe(code);
  expect(exitCodeOf(error, AbortSignal.abort())).toBe(130);
  expect(messageOf(error)).toBe(message);
  expect(errorDocument(error)).toEqual({ error: { name, message, outcome } });
});

test("a key that the server rejects is 4", () => {
  const error = Object.create(AuthenticationError.prototype, { message: { value: "no" } });
  expect(exitCodeOf(error, new AbortController().signal)).toBe(4);
});
