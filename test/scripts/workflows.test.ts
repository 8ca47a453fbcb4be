/** What holds for every workflow, since it runs with rights on the repository. */
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
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

test.each(workflows)("$name: what npm installs beside the lockfile has an exact version", ({ workflow }) => {
  const commands = stepsOf(workflow).flatMap(({ run }) => run ?? []);
  const installed = commands.flatMap((command) => command.match(/npm (?:install|i) .*/g) ?? []);
  for (const command of installed) expect(command).toMatch(/^npm install --global [\w-]+@\d+\.\d+\.\d+$/);
});

test("release.yml: the npm that publishes comes with an exact version of Node", () => {
  const { steps = [] } = workflowOf("release.yml").jobs["publish"] ?? {};
  const node = steps.find(({ uses }) => uses?.startsWith("actions/setup-node@"));
  expect(node?.with).toMatchObject({ "node-version": expect.stringMatching(/^\d+\.\d+\.\d+$/) });
});

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

test.each(workflows)(
  "$name: no job runs for hours, and none by what a stranger's pull request says",
  ({ workflow }) => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
  },
);

test.each(workflows)("$name: at the top, no right to write", ({ workflow: { permissions } }) => {
  expect(Object.values(permissions ?? {})).not.toContain("write");
});

/** The jobs of a workflow that may write something, by name. */
const writersOf = ({ jobs }: Workflow) =>
  Object.entries(jobs).filter(([, { permissions = {} }]) => Object.values(permissions).includes("write"));

const workflowOf = (file: string): Workflow => {
  const found = workflows.find(({ name }) => name === file);
  if (!found) throw new Error(`There is no ${file}`);
  return found.workflow;
};

test.each([
  { file: "ci.yml", writers: [] },
  { file: "regenerate.yml", writers: ["propose"] },
  { file: "release.yml", writers: ["propose", "publish", "announce"] },
])("$file: where anything can be written, no code of npm's packages runs", ({ file, writers }) => {
  const jobs = writersOf(workflowOf(file));
  expect(jobs.map(([name]) => name)).toEqual(writers);
  for (const { run = "" } of jobs.flatMap(([, { steps }]) => steps))
    expect(run).not.toMatch(/\b(npm (?!publish )|npx|node)\b/);
});

test("release.yml: npm is told who publishes by one job, which somebody has to let through", () => {
  const jobs = Object.entries(workflowOf("release.yml").jobs);
  const tellers = jobs.filter(([, { permissions }]) => permissions?.["id-token"]);
  expect(tellers.map(([name]) => name)).toEqual(["publish"]);
  const [, publish] = tellers[0] ?? [];
  expect(publish).toMatchObject({ environment: "npm", permissions: { "id-token": "write" } });
  const commands = publish?.steps.flatMap(({ run }) => run ?? []);
  expect(commands).toEqual([
    expect.stringMatching(/^npm publish .*--provenance --access public --ignore-scripts$/),
  ]);
});

test("no workflow needs a secret", () => {
  for (const { text } of workflows) expect(text).not.toContain("secrets.");
});
