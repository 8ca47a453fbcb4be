import { readdir } from "node:fs/promises";
import { type Fault, type Sandbox, type SeedUser, startSandbox } from "ax-users/testing";
import { afterAll, describe, expect, test } from "vitest";
import { type Finished, runScript } from "./run-script.ts";
import { ScriptHost } from "./script-host.ts";

/** A run of an example. */
interface Run {
  /** What sets it apart from the file's other runs. */
  when?: string;
  users?: number;
  args?: string[];
  /** Instead of the sandbox's key and address. */
  env?: Record<string, string>;
  faults?: Fault[];
  /** Presses Ctrl+C once the sandbox has received a request. */
  interrupt?: boolean;
  /** In a process of its own, since Node's test runner reports, and pino writes, when the process ends. */
  alone?: boolean;
  /** Left out, that the example exits with 0. */
  code?: number;
  /** All that it prints, or a part of it. */
  prints: string | RegExp;
  /** On stderr; left out, the warning of an alpha method. */
  complains?: string | RegExp;
  /** The mails sent, as `kind to`. Left out, none. */
  mails?: string[];
  /** What is true of the sandbox afterwards. */
  leaves?: (sandbox: Sandbox) => void;
}

const SEEDS: SeedUser[] = [
  { id: "ada-id", email: "ada@example.com", name: "Ada Lovelace", role: "admin" },
  { id: "grace-id", email: "grace@example.com", name: "Grace Hopper", status: "invited" },
  { id: "alan-id", email: "alan@example.com", name: "Alan Turing", status: "expired" },
];

/** By then a script hangs, on any machine. */
const HANGS_MS = 60_000;

const NOT_THERE = "edsger@example.com";

const RUNS: Record<string, Run[]> = {
  "list-users.ts": [
    {
      prints:
        "ada-id ada@example.com active 2024-01-01T00:00:00.000Z\n" +
        "grace-id grace@example.com invited 2024-01-01T00:01:00.000Z\n" +
        "That is all.\n",
    },
    {
      when: "there are more",
      users: 30,
      prints: /(.*@example\.com.*\n){10}There are more, from cursor \S+ on\.\n$/,
    },
    { when: "some of them match", args: ["GRACE"], prints: /^grace-id .*\nThat is all\.\n$/ },
  ],
  "iterate-all-users.ts": [
    {
      users: 220,
      prints:
        "active: 187\ninvited: 22\nexpired: 11\n" +
        "the oldest: ada.lovelace.0001@example.com, grace.hopper.0002@example.com, alan.turing.0003@example.com\n",
      leaves: ({ requests }) => expect(requests).toHaveLength(4),
    },
  ],
  "get-user.ts": [
    {
      when: "it is given an address",
      args: ["Ada@Example.com"],
      prints: "ada-id Ada Lovelace ada@example.com active { type: 'predefined', name: 'admin' }\n",
    },
    { when: "it is given an ID", args: ["grace-id"], prints: /^grace-id Grace Hopper / },
    {
      when: "nobody has the ID",
      args: ["no-id"],
      prints: /^There is no such user: GET \/v2\/users\/no-id: HTTP 404/,
    },
    {
      when: "nobody has the address",
      args: [NOT_THERE],
      prints: /^There is no such user: users\.get: no user has/,
    },
  ],
  "find-by-email.ts": [
    { args: [" ADA@example.com "], prints: "ada@example.com is Ada Lovelace (ada-id)\n" },
    { when: "nobody has it", args: [NOT_THERE], prints: `nobody has ${NOT_THERE}\n` },
  ],
  "find-many-by-email.ts": [
    { prints: "ada@example.com: ada-id\ngrace@example.com: grace-id\nnobody@example.com: no such user\n" },
    { when: "it is given others", args: ["ALAN@example.com"], prints: "ALAN@example.com: alan-id\n" },
  ],
  "invite-user.ts": [
    {
      args: [NOT_THERE, "Edsger Dijkstra"],
      prints: /^edsger@example\.com is invited \(\S+\): created\n$/,
      mails: [`invitation ${NOT_THERE}`],
      leaves: (sandbox) =>
        expect(userOf(sandbox, NOT_THERE)).toMatchObject({
          name: "Edsger Dijkstra",
          status: "invited",
          role: { type: "predefined", name: "member" },
        }),
    },
    { when: "the user is there already", prints: "ada@example.com is active (ada-id): existing\n" },
  ],
  "invite-with-custom-role.ts": [
    {
      args: [NOT_THERE, "role-7"],
      prints: `${NOT_THERE} { type: 'custom', id: 'role-7' }\n`,
      mails: [`invitation ${NOT_THERE}`],
      leaves: (sandbox) => expect(userOf(sandbox, NOT_THERE)?.role).toEqual({ type: "custom", id: "role-7" }),
    },
  ],
  "create-with-temporary-password.ts": [
    {
      args: [NOT_THERE],
      // The password comes once, and not in what is logged of the user.
      prints: /^Hand this to Ada Lovelace: (\S{16})\n\{((?!\1).)*outcome: 'created'\n\}\n$/s,
      leaves: (sandbox) => expect(userOf(sandbox, NOT_THERE)).toMatchObject({ status: "invited" }),
    },
    {
      when: "the user is there already",
      prints: "ada@example.com already exists (active), and gets no password.\n",
    },
  ],
  "create-for-sso.ts": [
    {
      prints: "bot@example.com is active, developer: false\n",
      leaves: (sandbox) => expect(userOf(sandbox, "bot@example.com")).toMatchObject({ status: "active" }),
    },
  ],
  "invite-idempotently.ts": [
    {
      args: [NOT_THERE],
      prints: /^invited now\nexists already: Ada Lovelace \(\S+\)\n$/,
      mails: [`invitation ${NOT_THERE}`],
    },
    {
      when: "the user is there already",
      prints: "already exists, active: no email was sent\nexists already: Ada Lovelace (ada-id)\n",
    },
  ],
  "create-many.ts": [
    {
      prints: /^ada@example\.com is active\nedsger@example\.com: hand over \S{16}\n$/,
      leaves: (sandbox) => expect(userOf(sandbox, NOT_THERE)).toMatchObject({ status: "invited" }),
    },
    {
      when: "a row is wrong and one fails",
      args: ["margaret@example.com", "@", "barbara@example.com"],
      faults: [{ method: "POST", skip: 1, status: 403 }],
      code: 1,
      prints:
        /^margaret@example\.com: hand over \S{16}\n@ failed: .* must not be empty.*\nbarbara@example\.com failed: .* HTTP 403 .*\n$/,
    },
  ],
  "update-user.ts": [
    {
      prints: "ada-id Ada King true\n",
      leaves: (sandbox) => expect(userOf(sandbox, "ada@example.com")?.name).toBe("Ada King"),
    },
    { when: "it is given an ID", args: ["alan-id", "A. M. Turing"], prints: "alan-id A. M. Turing true\n" },
  ],
  "delete-user.ts": [
    {
      args: ["grace@example.com"],
      prints: "grace@example.com is removed\n",
      leaves: (sandbox) => expect(removedIn(sandbox)).toEqual(["grace-id"]),
    },
  ],
  "bulk-delete.ts": [
    {
      args: ["ada@example.com", "alan-id", " ADA@example.com"],
      prints:
        "1 of 2, 0 failed\n2 of 2, 0 failed\ndeleted alan-id (alan-id)\ndeleted ada@example.com (ada-id)\n",
      leaves: (sandbox) => expect(removedIn(sandbox)).toEqual(["ada-id", "alan-id"]),
    },
    {
      when: "some are not there and some fail",
      args: ["ada@example.com", "alan-id", "no-id", NOT_THERE, "@"],
      faults: [{ method: "DELETE", path: "/v2/users/alan-id", status: 502, times: Number.POSITIVE_INFINITY }],
      code: 1,
      prints:
        /^(\d of 5, \d failed\n){5}failed alan-id: .* HTTP 502 .*\nnot_found no-id: .*\ndeleted ada@example\.com \(ada-id\)\nnot_found edsger@example\.com: .*\nfailed @: .* must be an email address.*\n$/,
      leaves: (sandbox) => expect(removedIn(sandbox)).toEqual(["ada-id"]),
    },
  ],
  "resend-invitation.ts": [
    {
      args: ["grace@example.com"],
      prints: "a new email is on its way to grace@example.com\n",
      mails: ["invitation grace@example.com"],
    },
    {
      when: "there is none",
      prints: /^ada@example\.com is active, and cannot be sent an invitation: .+\n$/,
    },
  ],
  "reset-password.ts": [
    { prints: "an email is on its way to ada@example.com\n", mails: ["password_reset ada@example.com"] },
    {
      when: "the user is not verified",
      args: ["grace-id"],
      prints: /^grace@example\.com signs in by SSO or SAML, or is not verified yet: .+\n$/,
    },
  ],
  "handle-errors.ts": [
    { prints: "ada@example.com: existing\n" },
    {
      when: "the argument is no address",
      args: ["ada"],
      code: 1,
      prints: "",
      complains: 'Nothing was sent: email must be an email address, received "ada"\n',
    },
    {
      when: "there is no key",
      env: { ARIZE_API_KEY: "" },
      code: 1,
      prints: "",
      complains: "Nothing was sent: apiKey is required: pass it here, or set ARIZE_API_KEY\n",
    },
    {
      when: "the key is refused",
      faults: [{ status: 401 }],
      code: 1,
      prints: "",
      complains: "The API key is not accepted.\n",
    },
    {
      when: "the key lacks the permission",
      faults: [{ status: 403 }],
      code: 1,
      prints: "",
      complains: "The API key may not invite users.\n",
    },
    {
      when: "there were too many requests",
      faults: [{ status: 429, headers: { "retry-after": "120" } }],
      code: 1,
      prints: "",
      complains: "Too many requests: wait 120000 ms.\n",
    },
    {
      when: "the server fails",
      faults: [{ status: 500, headers: { "x-request-id": "req_1" }, times: Number.POSITIVE_INFINITY }],
      code: 1,
      prints: "",
      complains:
        "HTTP 500 Internal Server Error: the request may have taken effect, so check first. For support: request req_1\n",
    },
    {
      when: "the connection breaks",
      faults: [{ socket: "drop", times: Number.POSITIVE_INFINITY }],
      code: 1,
      prints: "",
      complains:
        "ConnectionError: no complete response; the request may have taken effect, so check first.\n",
    },
  ],
  "timeouts-and-abort.ts": [
    { prints: "2 of 2 found\n" },
    {
      when: "the time is up",
      args: ["0.3", "ada@example.com"],
      faults: [{ socket: "stall" }],
      prints: /^out of time: .*deadlineMs: 300/,
    },
    {
      when: "Ctrl+C is pressed",
      args: ["60", "ada@example.com"],
      faults: [{ socket: "stall" }],
      interrupt: true,
      prints: "ended by Ctrl+C\n",
    },
  ],
  "log-with-pino.ts": [
    {
      alone: true,
      prints:
        /^\{"level":30,.*"module":"ax-users","callId":"\S+".*"type":"response",.*"msg":"ax-users: users_list HTTP 200 after [\d.]+ ms"\}\n\{.*"count":3,"msg":"users listed"\}\n$/,
    },
    {
      when: "everything is to be logged, and a request fails",
      alone: true,
      env: { LOG_LEVEL: "debug" },
      faults: [{ status: 503, headers: { "retry-after": "0" } }],
      prints:
        /^\{"level":20,.*attempt 1"\}\n\{"level":30,.*HTTP 503.*\n\{"level":40,.*"reason":503,.*\n\{"level":20,.*attempt 2"\}\n\{"level":30,.*HTTP 200.*\n.*users listed"\}\n$/,
    },
  ],
  "trace-with-opentelemetry.ts": [
    { prints: "GET /v2/users 200 UNSET\n" },
    {
      when: "a request fails and is repeated",
      faults: [{ status: 503, headers: { "retry-after": "0" } }],
      prints: "GET /v2/users 503 ERROR\nGET /v2/users 200 UNSET\n",
    },
    {
      when: "there is no server",
      env: { ARIZE_BASE_URL: "https://127.0.0.1:1" },
      prints: "ConnectionError\nGET /v2/users no response ERROR\n",
    },
  ],
  "silence-warnings.ts": [{ prints: "AX_USERS_ALPHA: users.list is alpha\n", complains: /^$/ }],
  "test-your-own-code.ts": [
    {
      alone: true,
      prints: /✔ removes people who have left, and returns the addresses that failed.*pass 1\n.*fail 0\n/s,
      complains: /^$/,
    },
  ],
};

test("every example has its runs, and every run its example", async () => {
  const files = await readdir(new URL("../../examples", import.meta.url));
  expect(Object.keys(RUNS).sort()).toEqual(files.filter((file) => file.endsWith(".ts")).sort());
});

const host = new ScriptHost();
afterAll(() => host.kill());

describe.for(Object.entries(RUNS))("%s", ([file, runs]) => {
  test.for(runs.map((run) => ({ when: "all is well", ...run })))(
    "where $when",
    { timeout: HANGS_MS },
    async (run) => {
      await using sandbox = await startSandbox({ users: run.users ?? SEEDS });
      for (const fault of run.faults ?? []) sandbox.fail(fault);
      check(run, sandbox, await execute(file, run, sandbox));
    },
  );
});

test("none of them leaves anything open", { timeout: HANGS_MS }, async () => {
  expect(await host.end()).toBe(0);
});

async function execute(
  file: string,
  { args = [], env, interrupt, alone }: Run,
  sandbox: Sandbox,
): Promise<Finished> {
  const path = `examples/${file}`;
  const options = { args, env: { ARIZE_BASE_URL: sandbox.baseUrl, ARIZE_API_KEY: sandbox.apiKey, ...env } };
  if (alone) return runScript(path, options);
  const ctrlC = new AbortController();
  const finished = host.run(path, { ...options, interrupt: ctrlC.signal });
  if (interrupt) {
    await expect.poll(() => sandbox.requests.length, { timeout: HANGS_MS }).toBe(1);
    ctrlC.abort();
  }
  return finished;
}

function check(run: Run, sandbox: Sandbox, { stdout, stderr, code }: Finished): void {
  const { prints, complains = "PrereleaseWarning: [ALPHA] users.", mails = [], leaves } = run;
  // The whole of it first, so that a failure shows all there is to know.
  expect({ stdout, stderr, code }).toEqual({
    stdout: prints instanceof RegExp ? expect.stringMatching(prints) : prints,
    stderr:
      complains instanceof RegExp ? expect.stringMatching(complains) : expect.stringContaining(complains),
    code: run.code ?? 0,
  });
  expect(sandbox.mails.map(({ kind, to }) => `${kind} ${to}`)).toEqual(mails);
  leaves?.(sandbox);
}

const userOf = (sandbox: Sandbox, email: string) => sandbox.users().find((user) => user.email === email);

const removedIn = (sandbox: Sandbox): string[] => sandbox.removedUsers().map(({ id }) => id);
