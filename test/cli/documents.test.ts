/** The command lines of the documents: each is one that the command takes, and the README's do what it says. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { GLOBAL_OPTIONS } from "../../src/cli/args/global-options.ts";
import { parse } from "../../src/cli/args/parse.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { openCli } from "./run-cli.ts";

const root = new URL("../../", import.meta.url);
const guide = readdirSync(new URL("docs/guide", root)).map((name) => `docs/guide/${name}`);

/** The command lines in a document's shell blocks, as words. */
function commandLines(file: string): string[][] {
  const text = readFileSync(new URL(file, root), "utf8");
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n"))
    .flatMap((line) => /^(?:npx )?ax-users (.*)$/.exec(line)?.[1] ?? [])
    .map((line) =>
      [...line.replace(/ > .*/, "").matchAll(/'([^']*)'|"\$\([^)]*\)"|"([^"]*)"|(\S+)/g)].map(
        ([, single, double, bare]) => single ?? double ?? bare ?? "1",
      ),
    );
}

const lines = ["README.md", ...guide].flatMap((file) => commandLines(file).map((words) => ({ file, words })));

test("there are command lines in the README and in four pages", () => {
  expect(new Set(lines.map(({ file }) => file)).size).toBe(5);
});

test.each(lines)("$file: ax-users $words", ({ words }) => {
  const command = COMMANDS.find(({ name }) => name === words[0]);
  if (!command) throw new Error(`no command ${words[0]}`);
  const options = { ...command.options, ...GLOBAL_OPTIONS };
  expect(() => parse(words.slice(1), options, command.arguments)).not.toThrow();
});

test("the README's three commands print what it shows, in an empty folder with a roster", async () => {
  const { run, sandbox } = await openCli({ users: 60 });
  const folder = mkdtempSync(join(tmpdir(), "ax-users-readme-"));
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  const readme = readFileSync(new URL("README.md", root), "utf8");
  writeFileSync("people.csv", /```csv\n([\s\S]*?)```/.exec(readme)?.[1] ?? "");
  const shown = /## Rosters[\s\S]*?```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  let printed = "";
  for (const words of commandLines("README.md")) {
    const { code, stdout, stderr } = await run(words);
    expect(code, `ax-users ${words.join(" ")}: ${stderr}`).toBe(0);
    printed += stdout + stderr;
  }
  const words = (text: string) => text.replace(/ {2,}/g, "  ").split("\n");
  const missing = words(shown).filter(
    (line) => line !== "" && !/^─/.test(line) && !words(printed).includes(line),
  );
  expect(missing).toEqual([]);
  expect(sandbox.mails.map(({ to }) => to)).toEqual(["alan@example.com"]);
});
