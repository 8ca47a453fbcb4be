/**
 * Five hundred calls to a server of whose answers one in ten goes wrong: how many end well, and how many of those who
 * called know afterwards what became of their call. What they were told is held against what is so on the server.
 */
import type { Fault, SeedUser } from "../../src/testing/index.ts";
import { seededRandom } from "../../test/helpers/seeded-random.ts";
import { audit, type Call, type Told, type Verdict } from "../audit.ts";
import type { Bench, Measure, Subject } from "../bench.ts";
import type { Client } from "../clients/client.ts";
import { PEER_NAMES } from "../clients/peers.ts";
import { pick, type Result } from "../results.ts";

const CALLS = 500;
const FAULTS_PER_REQUEST = 0.1;

const json = { "content-type": "application/json" };

/** What goes wrong, each as likely as any other. Nothing stalls, since most of the peers would wait for minutes. */
const FAULTS: Fault[] = [
  { socket: "drop" },
  { socket: "drop", when: "after" },
  { socket: "cut" },
  { status: 500, when: "after", body: { title: "Internal Server Error", status: 500 } },
  { status: 502, body: "<html>Bad Gateway</html>" },
  { status: 503 },
  { status: 429, body: { title: "Rate limit exceeded", status: 429 }, headers: { "retry-after": "1" } },
  { status: 200, when: "after", body: '{"id": "VXN', headers: json },
  { status: 200, body: "<html>Please sign in</html>" },
];

/** For so many requests, which of them go wrong and how; the sandbox counts those between two faults. */
function drawFaults(random: () => number, requests: number): Fault[] {
  const faults: Fault[] = [];
  let clean = 0;
  for (let request = 0; request < requests; request += 1) {
    if (random() >= FAULTS_PER_REQUEST) clean += 1;
    else faults.push({ ...FAULTS[Math.floor(random() * FAULTS.length)], skip: clean });
  }
  return faults;
}

const KINDS = ["get", "list", "create", "rename", "delete", "resend", "bulk"] as const;

/** The calls, each about users of its own. */
function drawCalls(random: () => number): { calls: Call[]; users: SeedUser[] } {
  const users: SeedUser[] = [];
  const add = (status: "active" | "invited"): string => {
    const id = btoa(`User:${users.length + 1}`);
    users.push({ id, email: `user${users.length}@example.com`, status });
    return id;
  };
  const calls = Array.from({ length: CALLS }, (_, index): Call => {
    const kind = KINDS[Math.floor(random() * KINDS.length)] ?? "get";
    const count = { list: 0, create: 0, bulk: 4 }[kind as string] ?? 1;
    const ids = Array.from({ length: count }, () => add(kind === "resend" ? "invited" : "active"));
    return { kind, ids, text: `new${index}@example.com` };
  });
  return { calls, users };
}

export const measure: Measure<{ calls: Call[] }, Told[]> = async (client, { calls }) => {
  const told: Told[] = [];
  for (const call of calls) told.push(await toldBy(client, call));
  return told;
};

async function toldBy(client: Client, call: Call): Promise<Told> {
  try {
    return { isError: false, value: (await make(client, call)) as Told["value"] };
  } catch (error) {
    return { isError: true, claim: claimOf(error) };
  }
}

function make(client: Client, { kind, ids: userIds, text }: Call): Promise<unknown> {
  const [id = ""] = userIds;
  switch (kind) {
    case "get":
      return client.get(id);
    case "list":
      return client.listPage();
    case "create":
      return client.create(text);
    case "rename":
      return client.rename(id, text);
    case "delete":
      return client.delete(id);
    case "resend":
      return client.resendInvitation(id);
    case "bulk":
      return client.bulkDelete({ userIds });
  }
}

/** What an error says of whether anything happened: ours in so many words, others by a 4xx at best. */
function claimOf(error: unknown): Told["claim"] {
  const { outcome, status, statusCode = status } = Object(error);
  if (outcome === "unknown" || outcome === "not_applied") return outcome;
  return statusCode >= 400 && statusCode < 500 ? "not_applied" : undefined;
}

/** What is counted of the verdicts. */
const COUNTS: [name: string, of: Verdict[], more: Partial<Result>][] = [
  ["succeeded", ["well"], { moreIsBetter: true }],
  ["reported correctly", ["well", "failed"], { moreIsBetter: true }],
  ["failed without an outcome", ["unsaid"], {}],
  ["reported wrongly", ["untrue"], { limits: [{ atMost: 0 }] }],
];

async function run(bench: Bench): Promise<Result[]> {
  const random = seededRandom(7);
  const { calls, users } = drawCalls(random);
  const faults = drawFaults(random, 4 * CALLS);
  const once = Object.fromEntries(PEER_NAMES.map((name) => [name, 1]));
  const verdicts = await bench.afresh(import.meta.url, once, { users, faults }, async (client) => {
    const told = await client.measure<Told[]>({ calls });
    const account = await bench.servers.account(client.server);
    return calls.map((call, index) => audit(call, told[index] ?? { isError: true }, account));
  });
  return COUNTS.map(([name, of, more]) => ({
    subject: "robustness",
    name,
    unit: "calls",
    values: pick(verdicts, (all) => all.filter((verdict) => of.includes(verdict)).length),
    ...more,
  }));
}

export const subjects: Subject[] = [
  { name: "robustness", title: "500 mixed calls, one in ten requests with a fault", run },
];
