import type { ApiCall } from "../api/client-context.ts";
import { assertValid } from "../api/request-issues.ts";
import { notFoundError } from "../errors/response/problem.ts";
import { readReference } from "../facade/params.ts";
import { emailIssue } from "./email.ts";
import { findUser } from "./find-by-email.ts";
import type { User } from "./types.ts";

/** A user as a caller names one. */
export interface UserReference {
  readonly text: string;
  /** Whether it is an address; else it is an ID. */
  readonly isEmail: boolean;
}

/** Reads `user` and `userId`, of which just one is given. */
export function readUserReference(call: ApiCall, params: object): UserReference {
  const { text, isId } = readReference(call, "user", params);
  const isEmail = !isId && text.includes("@");
  if (isEmail) assertValid(call.method, [emailIssue("user", text.trim())]);
  return { text: text.trim(), isEmail };
}

/** @throws {NotFoundError} where nobody has the address, which is checked already. */
export async function requireUser(call: ApiCall, email: string): Promise<User> {
  const user = await findUser(call, email);
  if (user) return user;
  throw notFoundError(`${call.method}: no user has this email address, or none that this key may read.`);
}

/** The ID of a user, who is looked up where it is an address. */
export const userIdOf = async (call: ApiCall, { text, isEmail }: UserReference): Promise<string> =>
  isEmail ? (await requireUser(call, text)).id : text;
