import { type BatchFailure, batchIssues, malformed } from "../core/batch.ts";
import { issue, readParams } from "../core/validate.ts";
import { isRecord } from "../core/wire.ts";
import type { ValidationIssue } from "../error-types.ts";
import { ValidationError } from "../errors.ts";
import { type Invitation, readInvitation } from "./create.ts";
import { emailKey } from "./email.ts";
import type { CreateUserParams, CreateUsersParams } from "./types.ts";

/** One address of a roster. */
export interface Newcomer {
  /** As it was first given. */
  readonly email: string;
  readonly index: number;
  /** How to invite them, or why that is not done. */
  asked: Invitation | BatchFailure;
}

/** @throws {ValidationError} with everything that keeps the whole call from being made; a malformed row does not. */
export function checkCreateManyParams(method: string, given: CreateUsersParams): CreateUsersParams {
  const params = readParams(method, given, ["users", "concurrency", "onProgress"]);
  const issues = [...rosterIssues(params.users), ...batchIssues(params)];
  if (issues.length > 0) throw new ValidationError(method, issues);
  return params;
}

function rosterIssues(users: unknown): ValidationIssue[] {
  if (!Array.isArray(users)) return [issue("users", "must be an array", users)];
  if (users.length === 0) return [{ path: "users", message: "must name at least one user" }];
  // Array.from, since flatMap passes over holes.
  return Array.from(users).flatMap((user: unknown, index) => {
    if (!isRecord(user)) return issue(`users[${index}]`, "must be an object", user);
    const { email } = user;
    return typeof email === "string" ? [] : issue(`users[${index}].email`, "must be a string", email);
  });
}

/** The distinct addresses in the order first named. */
export function readNewcomers(method: string, users: readonly CreateUserParams[]): Newcomer[] {
  const newcomers = new Map<string, Newcomer>();
  for (const [index, user] of users.entries()) {
    const key = emailKey(user.email);
    const first = newcomers.get(key);
    const newcomer = { email: user.email, index, asked: readRow(method, user, index) };
    if (!first) newcomers.set(key, newcomer);
    else if ("body" in first.asked) first.asked = merged(method, first, newcomer);
  }
  return [...newcomers.values()];
}

function readRow(method: string, user: CreateUserParams, index: number): Newcomer["asked"] {
  try {
    return readInvitation(method, user);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const within = error.issues.map(({ path, message }) => ({ path: `users[${index}].${path}`, message }));
    return refusal(method, within);
  }
}

function merged(method: string, first: Newcomer, later: Newcomer): Newcomer["asked"] {
  if (!("body" in later.asked)) return later.asked;
  if (essence(first) === essence(later)) return first.asked;
  const message = `differs from users[${first.index}], which has the same email`;
  return refusal(method, [{ path: `users[${later.index}]`, message }]);
}

/** The same for two rows that ask for the same. */
const essence = ({ asked }: Newcomer): string =>
  JSON.stringify(asked, (key, value: unknown) => (key === "email" ? undefined : value));

function refusal(method: string, issues: ValidationIssue[]): BatchFailure {
  return malformed(new ValidationError(method, issues));
}
