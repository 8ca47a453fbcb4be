/**
 * `node typescript.ts ours|alpha|current STEPS`: makes the calls with our client or with an official one, and prints a
 * line of JSON for each.
 */
import { readFileSync } from "node:fs";
import { type Api, type Operation, ourApi, theirApi } from "../../vendor/clients.ts";
import { settle } from "../../vendor/compare.ts";
import { NEXT_PAGE, type Step } from "../steps.ts";

/** The params that the official clients do not have. */
const LACKED: Partial<Record<Operation, string>> = {
  getUser: "user",
  addOrganizationUser: "organization",
  removeOrganizationUser: "organization",
};

/** 1.28.0 still has it, and the API of September 2026 refuses it. */
const REFUSED: Partial<Record<Operation, string>> = { createUser: "isDeveloper" };

const [whose = "", file = ""] = process.argv.slice(2);
const steps: Step[] = JSON.parse(readFileSync(file, "utf8"));
const { PEER_BASE_URL: baseUrl = "", PEER_API_KEY: apiKey = "" } = process.env;
const api =
  whose === "alpha" || whose === "current"
    ? theirApi(whose, { baseUrl, apiKey })
    : ourApi({ baseUrl, apiKey });

let nextCursor: unknown;
for (const step of steps) console.log(JSON.stringify({ step: step.title, ...(await take(step)) }));

async function take({ call, params }: Step): Promise<object> {
  const lacked = LACKED[call] ?? (whose === "current" ? REFUSED[call] : undefined);
  if (whose !== "ours" && lacked && lacked in params) return { lacks: lacked };
  const given =
    "cursor" in params && params.cursor === NEXT_PAGE ? { ...params, cursor: nextCursor } : params;
  const settled = await settle((api[call] as (params: object) => ReturnType<Api[Operation]>)(given));
  if (!("gave" in settled)) return { refused: { ...settled, status: sameStatus(settled.status) } };
  nextCursor = (settled.gave as Page | undefined)?.pagination?.nextCursor;
  return { gave: settled.gave ?? null };
}

/** An argument that an SDK refuses itself is invalid in all languages. */
function sameStatus(status: unknown): unknown {
  return status === "ValidationError" ? "invalid" : status;
}

interface Page {
  pagination?: { nextCursor?: string };
}
