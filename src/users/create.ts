import { usersCreate } from "../../generated/sdk.gen.ts";
import type { CreateUserRequest } from "../../generated/types.gen.ts";
import { vCreateUserRequest } from "../../generated/valibot.gen.ts";
import { call, type Success } from "../core/call.ts";
import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import { withoutAnswer } from "../core/problem.ts";
import type { Scope } from "../core/scope.ts";
import { issue, namesOf, readParams, toRequest, trimmed } from "../core/validate.ts";
import { ConflictError, ValidationError } from "../errors.ts";
import type { RequestOptions } from "../options.ts";
import { checkEmail } from "./email.ts";
import { findUser } from "./find-by-email.ts";
import type { CreatedUser, CreateUserParams, User } from "./types.ts";
import { toCreatedUser, toUser } from "./wire.ts";

const CREATE = method("users.create", "users_create", "users_list");

type OnExisting = "return" | "throw";

export function createUser(
  core: Core,
  params: CreateUserParams,
  options?: RequestOptions,
): Promise<CreatedUser> {
  return run(core, CREATE, options, async (scope) => {
    const names = [...namesOf(vCreateUserRequest), "onExisting"];
    const { onExisting = "return", ...user } = readParams(CREATE.name, params, names);
    if (onExisting !== "return" && onExisting !== "throw") {
      throw new ValidationError(CREATE.name, [
        issue("onExisting", 'must be "return" or "throw"', onExisting),
      ]);
    }
    const body = toRequest(CREATE.name, vCreateUserRequest, trimmed(user, "name", "email"));
    checkEmail(CREATE.name, "email", body.email);
    return invite(core, scope, body, onExisting);
  });
}

async function invite(
  core: Core,
  scope: Scope,
  body: CreateUserRequest,
  onExisting: OnExisting,
): Promise<CreatedUser> {
  let success: Success;
  try {
    success = await call(core, "users_create", scope, (send) => usersCreate({ ...send, body }));
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return existing(await findTaken(core, scope, body.email, error), onExisting, error);
  }
  return success.status === 201 ? toCreatedUser(success) : existing(toUser(success), onExisting);
}

/** The user who has the address that the server calls taken. */
async function findTaken(core: Core, scope: Scope, email: string, conflict: ConflictError): Promise<User> {
  let user: User | null;
  try {
    user = await findUser(core, scope, email);
  } catch (cause) {
    if (scope.signal?.aborted) throw scope.signal.reason;
    throw new ConflictError(`${conflict.message} Looking up who has it failed.`, conflict, {
      cause,
    });
  }
  if (user) return user;
  throw new ConflictError(
    `${conflict.message} No user has this address: it was removed for good and cannot be invited ` +
      "again, or this key cannot see it.",
    conflict,
    { cause: conflict },
  );
}

function existing(user: User, onExisting: OnExisting, conflict?: ConflictError): CreatedUser {
  if (onExisting === "return") return { ...user, outcome: "existing" };
  const fields = conflict ?? { ...withoutAnswer("Resource conflict"), status: 409 };
  throw new ConflictError(
    `users.create: a user with this address is there already, ${user.status} (${user.id}); see the error's existing.`,
    { ...fields, existing: user },
    conflict && { cause: conflict },
  );
}
