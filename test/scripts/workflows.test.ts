/** What holds for every workflow, since it runs with rights on the repository. */
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = new URL("../../.github/workflows/", import.meta.url);

const workflows = await Promise.all(
  (await readdir(folder)).map(async (name) => {
    const text = await readFile(new URL(name, folder), "utf8");
    const workflow: Workflow = parse(text);
    return { name, text, workflow };
  }),
);

const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

test.each(workflows)(
  "$name: actions are pinned by their commit, with the version beside it",
  ({ text, workflow }) => {
    const used = stepsOf(workflow).filter(({ uses }) => uses !== undefined);
    const pinned = text.match(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm) ?? [];
    expect(pinned).toHaveLength(used.length);
  },
);

test.each(workflows)("$name: no expression becomes part of a command", ({ workflow }) => {
  const commands = stepsOf(workflow).flatMap(({ run }) => run ?? []);
  expect(commands.filter((command) => command.includes("${{"))).toEqual([]);
});

test.each(workflows)(
  "$name: says which rights it needs, and leaves no credentials behind",
  ({ workflow }) => {
    expect(workflow.permissions).toBeDefined();
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const { with: inputs } of checkouts) expect(inputs).toMatchObject({ "persist-credentials": false });
  },
);

test("regenerate.yml: where anything can be written, nothing of npm runs", () => {
  const jobs = Object.values(workflows.find(({ name }) => name === "regenerate.yml")?.workflow.jobs ?? {});
  const writers = jobs.filter(({ permissions = {} }) => Object.values(permissions).includes("write"));
  expect(writers).toHaveLength(1);
  for (const { run = "" } of writers.flatMap(({ steps }) => steps))
    expect(run).not.toMatch(/\b(npm|npx|node)\b/);
});
