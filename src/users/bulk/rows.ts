import type { ApiCall } from "../../api/client-context.ts";
import { ValidationError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import { type BulkFailure, malformed } from "../../facade/batch.ts";
import { isRecord, membersOf } from "../../util/members.ts";
import { type CreateRequest, readCreateRequest } from "../create/create.ts";
import { givenEmailKey } from "../email.ts";
import type { CreateUserParams } from "../types.ts";

/** One address of a `createMany`. */
export interface Row {
  /** As it was first given; empty where a row has none. */
  readonly email: string;
  readonly index: number;
  /** What to send, or why nothing is sent. */
  asked: CreateRequest | BulkFailure;
}

/** The distinct addresses in the order first named. A row without an address stands for itself, and fails. */
export function readRows(call: ApiCall, users: readonly CreateUserParams[]): Row[] {
  const rows = new Map<string | number, Row>();
  for (const [index, user] of users.entries()) {
    const email = emailOf(user);
    const key = email.trim() === "" ? index : givenEmailKey(email);
    const first = rows.get(key);
    const row = { email, index, asked: readRow(call, user, index) };
    if (!first) rows.set(key, row);
    else if (!("status" in first.asked)) first.asked = merged(call, first, row);
  }
  return [...rows.values()];
}

/** As a row has it, which may be of any type; empty where it has none. */
function emailOf(row: unknown): string {
  const email = isRecord(row) ? membersOf(row)["email"] : undefined;
  return typeof email === "string" ? email : "";
}

function readRow(call: ApiCall, user: CreateUserParams, index: number): Row["asked"] {
  const row = `users[${index}]`;
  if (!isRecord(user)) return malformed(call.method, [issue(row, "must be an object", user)]);
  try {
    return readCreateRequest(call, user);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const issues = error.issues.map(({ path, message }) => ({ path: `${row}.${path}`, message }));
    return malformed(call.method, issues);
  }
}

function merged({ method }: ApiCall, first: Row, later: Row): Row["asked"] {
  if ("status" in later.asked) return later.asked;
  if (essence(first) === essence(later)) return first.asked;
  const message = `differs from users[${first.index}], which has the same email`;
  return malformed(method, [{ path: `users[${later.index}]`, message }]);
}

/** The same for two rows that ask for the same. */
const essence = ({ asked }: Row): string =>
  JSON.stringify(asked, (key, value: unknown) => (key === "email" ? undefined : value));
