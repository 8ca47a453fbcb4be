/** The file of a plan. */
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Plan } from "ax-users/roster";
import { reasonOf, UsageError } from "../exit.ts";
import { planText } from "./plan-text.ts";

/** @throws {UsageError} if the file is not a plan. */
export async function readPlan(path: string): Promise<Plan> {
  const text = await readFile(path, "utf8");
  const plan = parsed(text);
  if (isPlan(plan)) return plan;
  const why = plan === undefined ? ": it is not JSON" : "";
  throw new UsageError(`${path} is not a plan${why}. Make a plan with ax-users plan -o PLAN.`);
}

/**
 * Only an older plan may be overwritten, or an empty file.
 *
 * @throws {UsageError} if the file is the roster, or exists and is not a plan.
 */
export async function requirePlanFile(path: string, roster: string): Promise<void> {
  if (resolve(path) === resolve(roster)) {
    throw new UsageError(`ROSTER and --out are the same file: ${path}. Name two files.`);
  }
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw new UsageError(`${path}: ${reasonOf(error)}`);
  }
  if (text === "" || isPlan(parsed(text))) return;
  throw new UsageError(
    `${path} exists and is not a plan: it is not overwritten. Pass another file with -o PLAN.`,
  );
}

/**
 * Never leaves half a plan. The plan contains addresses, so only its owner can read it.
 *
 * @throws {UsageError} if the file cannot be written.
 */
export async function writePlan(path: string, plan: Plan): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, planText(plan), { mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new UsageError(`${path}: ${reasonOf(error)}`);
  }
}

/** Undefined if the text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The library checks the rest. */
const isPlan = (value: unknown): value is Plan =>
  isObject(value) &&
  "version" in value &&
  "digest" in value &&
  "changes" in value &&
  Array.isArray(value.changes) &&
  value.changes.every(isObject);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
