import type { ApiCall } from "../api/client-context.ts";
import { notFoundError } from "../errors/response/problem.ts";
import { readReference } from "../facade/reference.ts";
import { checkEmail } from "./email.ts";
import { findUser } from "./find-by-email.ts";
import type { User } from "./types.ts";

/** A user as a caller names one. */
export interface UserReference {
  readonly text: string;
  /** Whether it is an address; else it is an ID. */
  readonly isEmail: boolean;
}

/** Reads `user` and `userId`, of which just one is given. */
export function readUserReference(
  method: string,
  { user, userId }: { readonly user?: unknown; readonly userId?: unknown },
): UserReference {
  const { text: given, isId } = readReference(method, "user", user, userId);
  const text = given.trim();
  const isEmail = !isId && text.includes("@");
  if (isEmail) checkEmail(method, "user", text);
  return { text, isEmail };
}

/** @throws {NotFoundError} where nobody has the address, which is checked already. */
export async function requireUser(call: ApiCall, method: string, email: string): Promise<User> {
  const user = await findUser(call, email);
  if (user) return user;
  throw notFoundError(`${method}: no user has this email address, or none that this key may read.`);
}

/** The ID of a user, who is looked up where it is an address. */
export const userIdOf = async (
  call: ApiCall,
  method: string,
  { text, isEmail }: UserReference,
): Promise<string> => (isEmail ? (await requireUser(call, method, text)).id : text);
