import type { ApiCall } from "../api/client-context.ts";
import { assertValid } from "../api/request-issues.ts";
import { notFoundError } from "../errors/response/problem.ts";
import { readReference } from "../facade/params.ts";
import { emailIssue } from "./email.ts";
import { findUser } from "./find-by-email.ts";
import type { User } from "./types.ts";

/** An ID or an email address that names a user. */
export interface UserReference {
  readonly text: string;
  /** Whether `text` is an email address; otherwise it is an ID. */
  readonly isEmail: boolean;
}

/** Reads `user` or `userId`; exactly one must be given. */
export function readUserReference(call: ApiCall, params: object): UserReference {
  const { text, isId } = readReference(call, "user", params);
  const isEmail = !isId && text.includes("@");
  if (isEmail) assertValid(call.method, [emailIssue("user", text.trim())]);
  return { text: text.trim(), isEmail };
}

/**
 * Returns the user with an address, which is checked already.
 *
 * @throws {NotFoundError} if no user has it.
 */
export async function requireUser(call: ApiCall, email: string): Promise<User> {
  const user = await findUser(call, email);
  if (user) return user;
  throw notFoundError(`${call.method}: no user has this email address, or this key may not read the user.`);
}

/** Returns the ID of a user. Looks the user up if the reference is an address. */
export const userIdOf = async (call: ApiCall, { text, isEmail }: UserReference): Promise<string> =>
  isEmail ? (await requireUser(call, text)).id : text;
