/** The programs of `examples/queue` that decide something, without Redis. `npm run test:queue` runs all of them with one. */
import { ArizeClient } from "ax-users";
import { type ChangeResult, type Plan, planRoster, type RosterRow } from "ax-users/roster";
import { type Fault, type SandboxOptions, startSandbox } from "ax-users/testing";
import { expect, onTestFinished, test } from "vitest";
import { runScript, toModule } from "./run-script.ts";

/** Has the plan and the results of the environment, and keeps what is appended to a journal. */
const REDIS = toModule(`
  const journals = new Map();
  const read = (key) => journals.get(key) ?? [];
  const { PLAN, RESULTS = "[]" } = process.env;
  const results = JSON.parse(RESULTS).map((result) => JSON.stringify(result));
  export class Redis {
    on() {}
    client = async () => "";
    get = async () => PLAN;
    lrange = async (key) => read(key);
    eval = async (script, count, lock, key, all, token, entry) => journals.set(key, [...read(key), entry]);
    hlen = async () => results.length;
    hvals = async () => results;
    quit = async () => {};
  }`);

/** Gives a worker one job for each change, and repeats those that fail, at once. */
const BULLMQ = toModule(`
  const changes = JSON.parse(process.env.PLAN).changes;
  export class FlowProducer {}
  export class Queue {
    getActive = async () => [];
    getJobCounts = async () => ({});
    getJob = async () => ({ isCompleted: async () => true });
    close = async () => {};
  }
  export class Worker {
    constructor(run, work) {
      setImmediate(() => this.work(work));
    }
    async work(work) {
      for (const { id, kind } of changes) {
        for (let attemptsMade = 0; attemptsMade < 3; attemptsMade += 1) {
          try {
            const { status } = await work({ id, name: kind, attemptsMade });
            console.log(kind + ": " + status);
            break;
          } catch (error) {
            console.log(kind + ": " + error.message);
          }
        }
      }
      process.kill(process.pid, "SIGTERM");
    }
    on() {}
    close = async () => {};
  }`);

async function openQueue(options: SandboxOptions, rows: RosterRow[]) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const { apiKey, baseUrl } = sandbox;
  const plan = await planRoster(new ArizeClient({ apiKey, baseUrl, prereleaseWarnings: false }), rows);
  const env = {
    ARIZE_BASE_URL: baseUrl,
    ARIZE_API_KEY: apiKey,
    DISABLE_PRERELEASE_WARNING: "true",
    PLAN: JSON.stringify(plan),
  };
  const modules = { bullmq: BULLMQ, ioredis: REDIS };
  const run = (name: string, more: Record<string, string> = {}) =>
    runScript(`examples/queue/${name}`, { args: ["run"], env: { ...env, ...more }, modules });
  return { sandbox, plan, run };
}

const USERS = [{ id: "root", email: "root@example.com", role: "admin" as const }];

const NEW = { email: "alan@example.com", name: "Alan" };

const REJECTIONS: Record<string, Fault> = {
  "the key is rejected": { status: 401, body: { title: "Unauthorized", status: 401 }, times: 1 },
  "a rate limit does not end": {
    status: 429,
    headers: { "retry-after": "0" },
    body: { title: "Too many requests", status: 429 },
    times: 5,
  },
};

test.each(Object.keys(REJECTIONS))("a worker retries a create if %s", async (what) => {
  const { sandbox, run } = await openQueue({ users: USERS }, [NEW]);
  sandbox.fail({ method: "POST", path: "/v2/users", ...REJECTIONS[what] });
  const { code, stdout } = await run("worker.ts");
  expect(stdout).toMatch(/^create: POST \/v2\/users: HTTP (401|429) .*\ncreate: done\n$/);
  expect(code).toBe(0);
  expect(sandbox.mails).toHaveLength(1);
});

test("a worker does not retry a create that the API refuses", async () => {
  const { sandbox, run } = await openQueue({ users: USERS }, [NEW]);
  sandbox.fail({ method: "POST", path: "/v2/users", status: 403, body: { title: "Forbidden", status: 403 } });
  expect(await run("worker.ts")).toMatchObject({ code: 0, stdout: "create: failed\n" });
});

const MEMBER = { ...NEW, organization: "Data Ops" };

const resultsOf = ({ changes }: Plan, ...statuses: ChangeResult["status"][]): ChangeResult[] =>
  statuses.map((status, index) => {
    const { id = "", kind = "create", email = "" } = changes[index] ?? {};
    return { id, kind, email, status, ...(status === "failed" && { error: { name: "E", message: "No." } }) };
  });

test("the status view lists changes without a result", async () => {
  const { plan, run } = await openQueue({ users: USERS, organizations: [{ name: "Data Ops" }] }, [MEMBER]);
  const { code, stdout } = await run("status.ts", { RESULTS: JSON.stringify(resultsOf(plan, "failed")) });
  expect(stdout).toBe(
    "\n0 done, 0 unchanged, 1 failed, 0 unknown, 0 stale, 1 not attempted\n" +
      "failed: create alan@example.com: No.\nnot_attempted: ensure_member alan@example.com\n",
  );
  expect(code).toBe(1);
});

test("the status view succeeds if everything is done or unchanged", async () => {
  const { plan, run } = await openQueue({ users: USERS, organizations: [{ name: "Data Ops" }] }, [
    MEMBER,
    { email: "root@example.com" },
  ]);
  const results = resultsOf(plan, "done", "unchanged");
  expect(await run("status.ts", { RESULTS: JSON.stringify(results) })).toMatchObject({
    code: 0,
    stdout: "\n1 done, 1 unchanged, 0 failed, 0 unknown, 0 stale, 0 not attempted\n",
  });
});
