import { ValidationError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import type { ValidationIssue } from "../../errors/types.ts";
import { type BatchFailure, batchIssues, malformed } from "../../facade/batch.ts";
import { readParams } from "../../facade/params.ts";
import { isRecord, membersOf } from "../../util/members.ts";
import { type CreateRequest, readCreateRequest } from "../create/create.ts";
import { givenEmailKey } from "../email.ts";
import type { CreateUserParams, CreateUsersParams } from "../types.ts";

/** One address of a roster. */
export interface Row {
  /** As it was first given; empty where a row has none. */
  readonly email: string;
  readonly index: number;
  /** How to invite them, or why that is not done. */
  asked: CreateRequest | BatchFailure;
}

/** @throws {ValidationError} with everything that keeps the whole call from being made; a malformed row does not. */
export function checkCreateManyParams(method: string, given: CreateUsersParams): CreateUsersParams {
  const params = readParams(method, given, ["users", "concurrency", "onProgress"]);
  const { users } = params;
  const issues = Array.isArray(users) ? [] : [issue("users", "must be an array", users)];
  issues.push(...batchIssues(params));
  if (issues.length > 0) throw new ValidationError(method, issues);
  return params;
}

/** The distinct addresses in the order first named. A row without an address is a newcomer of its own, who fails. */
export function readRows(method: string, users: readonly CreateUserParams[]): Row[] {
  const newcomers = new Map<string | number, Row>();
  for (const [index, user] of users.entries()) {
    const email = emailOf(user);
    const key = email.trim() === "" ? index : givenEmailKey(email);
    const first = newcomers.get(key);
    const newcomer = { email, index, asked: readRow(method, user, index) };
    if (!first) newcomers.set(key, newcomer);
    else if ("forms" in first.asked) first.asked = merged(method, first, newcomer);
  }
  return [...newcomers.values()];
}

/** As a row has it, which may be of any type; empty where it has none. */
function emailOf(row: unknown): string {
  const email = isRecord(row) ? membersOf(row)["email"] : undefined;
  return typeof email === "string" ? email : "";
}

function readRow(method: string, user: CreateUserParams, index: number): Row["asked"] {
  const row: unknown = user;
  if (!isRecord(row)) return refusal(method, [issue(`users[${index}]`, "must be an object", row)]);
  try {
    return readCreateRequest(method, user);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const within = error.issues.map(({ path, message }) => ({ path: `users[${index}].${path}`, message }));
    return refusal(method, within);
  }
}

function merged(method: string, first: Row, later: Row): Row["asked"] {
  if (!("forms" in later.asked)) return later.asked;
  if (essence(first) === essence(later)) return first.asked;
  const message = `differs from users[${first.index}], which has the same email`;
  return refusal(method, [{ path: `users[${later.index}]`, message }]);
}

/** The same for two rows that ask for the same. */
const essence = ({ asked }: Row): string =>
  JSON.stringify(asked, (key, value: unknown) => (key === "email" ? undefined : value));

function refusal(method: string, issues: ValidationIssue[]): BatchFailure {
  return malformed(new ValidationError(method, issues));
}
