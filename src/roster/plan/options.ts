import { ValidationError, type ValidationIssue } from "../../index.ts";
import { isLikelyAddress } from "../formats/fields.ts";
import { checkOptions } from "../formats/options.ts";
import { shown } from "../formats/problems.ts";
import { type ChangeKind, type PlanLimits, WRITES } from "./types.ts";

/**
 * Options of {@link planRoster}.
 *
 * @example
 * import { type PlanOptions, planRoster } from "ax-users/roster";
 *
 * const options: PlanOptions = { removeAbsent: true, maxRemovals: 2, protect: ["*@example.org"] };
 * console.log((await planRoster(client, [{ email: "ada@example.com" }], options)).counts.delete);
 */
export interface PlanOptions {
  /** Removes people who are not in the roster. Default: false. */
  removeAbsent?: boolean | undefined;
  /** Renews expired invitations, which sends emails. Default: false. */
  renew?: boolean | undefined;
  /**
   * The most people to remove from the account: a number, or a percentage of all people, up to `"10%"`. A percentage always
   * allows 5 people, unless it is `"0%"`. Default: `"10%"`.
   */
  maxRemovals?: number | string | undefined;
  /** Addresses, and `*@domain` patterns, of people who are never removed. Default: none. */
  protect?: readonly string[] | undefined;
  /** Allows the plan to remove account admins, but never the last active one. Default: false. */
  removeAdmins?: boolean | undefined;
  /** Plans only changes of these kinds, which must send requests: not `unchanged`, `unchangeable` or `pending`. Default: all. */
  only?: readonly ChangeKind[] | undefined;
  /** Cancels planning. */
  signal?: AbortSignal | undefined;
}

/** Options, checked and complete. */
export interface PlanSettings {
  readonly removeAbsent: boolean;
  readonly renew: boolean;
  readonly only: ReadonlySet<ChangeKind>;
  readonly limits: PlanLimits;
  readonly signal: AbortSignal | undefined;
}

const NAMES = ["removeAbsent", "renew", "maxRemovals", "protect", "removeAdmins", "only", "signal"];

const DEFAULT_PERCENT = 10;

/** @throws {ValidationError} with everything that is wrong. */
export function readPlanOptions(options: PlanOptions): PlanSettings {
  checkOptions("planRoster", options, NAMES);
  const issues: ValidationIssue[] = [];
  const flag = (name: "removeAbsent" | "renew" | "removeAdmins"): boolean => {
    const value = options[name] ?? false;
    if (typeof value !== "boolean")
      issues.push({ path: name, message: `must be true or false, received ${shown(value)}` });
    return value;
  };
  const settings = {
    removeAbsent: flag("removeAbsent"),
    renew: flag("renew"),
    only: new Set(options.only ?? WRITES),
    signal: options.signal,
    limits: {
      maxRemovals: options.maxRemovals ?? `${DEFAULT_PERCENT}%`,
      protect: [...(options.protect ?? [])],
      removeAdmins: flag("removeAdmins"),
    },
  };
  issues.push(...onlyIssues(settings.only), ...limitIssues(settings.limits));
  if (issues.length > 0) throw new ValidationError("planRoster", issues);
  return settings;
}

function onlyIssues(only: ReadonlySet<ChangeKind>): ValidationIssue[] {
  const known: readonly string[] = WRITES;
  return [...only]
    .filter((kind) => !known.includes(kind))
    .map((kind) => ({ path: "only", message: `must have ${known.join(", ")}, received ${shown(kind)}` }));
}

/** Returns the issues of the limits. */
export function limitIssues({ maxRemovals, protect }: PlanLimits): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const percent = typeof maxRemovals === "string" ? percentOf(maxRemovals) : 0;
  const isCount = typeof maxRemovals === "number" && Number.isInteger(maxRemovals) && maxRemovals >= 0;
  if (percent === undefined || (typeof maxRemovals !== "string" && !isCount)) {
    const message = `must be a whole number of at least 0, or a percentage such as "5%", received ${shown(maxRemovals)}`;
    issues.push({ path: "maxRemovals", message });
  } else if (percent > DEFAULT_PERCENT) {
    const message = `must be a number if it is more than ${DEFAULT_PERCENT}%, received ${shown(maxRemovals)}`;
    issues.push({ path: "maxRemovals", message });
  }
  for (const [index, who] of protect.entries()) {
    if (typeof who === "string" && isLikelyAddress(who.trim().replace(/^\*@/, "any@"))) continue;
    const message = `must be an email address or *@domain, received ${shown(who)}`;
    issues.push({ path: `protect[${index}]`, message });
  }
  return issues;
}

/** Undefined if the text is not a percentage. */
export function percentOf(text: string): number | undefined {
  const number = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text)?.[1];
  const percent = Number(number);
  return number !== undefined && percent <= 100 ? percent : undefined;
}
