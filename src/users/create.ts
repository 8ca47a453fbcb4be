import { usersCreate } from "../../generated/sdk.gen.ts";
import type { CreateUserRequest } from "../../generated/types.gen.ts";
import { vCreateUserRequest } from "../../generated/valibot.gen.ts";
import { adviceOn } from "../core/advice.ts";
import { call } from "../core/call.ts";
import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import { isForeign, withoutAnswer } from "../core/problem.ts";
import type { Settled } from "../core/repeat.ts";
import { safety } from "../core/safety.ts";
import type { Scope } from "../core/scope.ts";
import { issue, namesOf, readParams, toRequest, trimmed } from "../core/validate.ts";
import { inServersCase } from "../core/wire-case.ts";
import type { Outcome } from "../error-types.ts";
import { ConflictError, ValidationError } from "../errors.ts";
import type { RequestOptions } from "../options.ts";
import { newEmailIssue } from "./email.ts";
import { findUser } from "./find-by-email.ts";
import { keepPassword } from "./kept-password.ts";
import { earliestCreation } from "./recovered.ts";
import type { CreatedUser, CreateUserParams, User } from "./types.ts";
import { toCreatedUser, toUser } from "./wire.ts";

const CREATE = method("users.create", "users_create", "users_list");

export function createUser(
  core: Core,
  params: CreateUserParams,
  options?: RequestOptions,
): Promise<CreatedUser> {
  return run(core, CREATE, options, async (scope) =>
    inviteUser(core, scope, readInvitation(CREATE.name, params)),
  );
}

/** What `create` was asked for, checked. */
export interface Invitation {
  readonly body: CreateUserRequest;
  readonly onExisting: "return" | "throw";
}

/** @throws {ValidationError} with every rule that is broken. */
export function readInvitation(method: string, params: CreateUserParams): Invitation {
  const names = [...namesOf(vCreateUserRequest), "onExisting"];
  const { onExisting = "return", ...user } = readParams(method, params, names);
  if (onExisting !== "return" && onExisting !== "throw") {
    throw new ValidationError(method, [issue("onExisting", 'must be "return" or "throw"', onExisting)]);
  }
  const body = toRequest<CreateUserRequest>(method, vCreateUserRequest, trimmed(user, "name", "email"));
  const wrong = newEmailIssue("email", body.email);
  if (wrong) throw new ValidationError(method, [wrong]);
  return { body, onExisting };
}

/** Sees to it that the user is there, as `create` promises. */
export async function inviteUser(
  core: Core,
  scope: Scope,
  { body, onExisting }: Invitation,
): Promise<CreatedUser> {
  // Given once: the answer to a second request would be without it.
  const givesPassword = body.invite_mode === "temporary_password";
  const startedAt = core.clock.now();
  let settled: Settled;
  try {
    const safe = givesPassword ? "ask" : safety.users_create;
    settled = await inServersCase(core, scope, vCreateUserRequest, body, (body, scope) =>
      call(core, "users_create", scope, (send) => usersCreate({ ...send, body }), safe),
    );
  } catch (error) {
    if (givesPassword && isUnknown(error)) error.message += PASSWORD_LOST;
    if (!(error instanceof ConflictError)) throw error;
    const earlier = {
      outcome: error.outcome,
      createdFrom: earliestCreation(core, startedAt, error.headers.get("date")),
    };
    return present(await findTaken(core, scope, body.email, error), earlier, onExisting, error);
  }
  if (settled.status === 201) return readCreatedUser(settled, body.email);
  const outcome = settled.afterUnknown ? "unknown" : "not_applied";
  const createdFrom = earliestCreation(core, startedAt, settled.date);
  return present(toUser(settled, body), { outcome, createdFrom }, onExisting);
}

/** What is known of the call's attempts before the one that found the user. */
interface EarlierAttempts {
  readonly outcome: Outcome;
  /** When a user whom one of them created was created at the earliest. */
  readonly createdFrom: number;
}

/** A user who was there when the server responded, be it by an earlier attempt of this call. */
function present(
  user: User,
  { outcome, createdFrom }: EarlierAttempts,
  onExisting: Invitation["onExisting"],
  conflict?: ConflictError,
): CreatedUser {
  const isOurs = outcome === "unknown" && user.createdAt.getTime() >= createdFrom;
  return isOurs ? { ...user, outcome: "recovered" } : existing(user, onExisting, outcome, conflict);
}

function readCreatedUser(settled: Settled, email: string): CreatedUser {
  try {
    return toCreatedUser(settled, email);
  } catch (error) {
    keepPassword(error, settled, email);
    throw error;
  }
}

const PASSWORD_LOST =
  " If the user is there, the temporary password is lost: resendInvitation mails a link instead.";

const isUnknown = (error: unknown): error is Error =>
  error instanceof Error && "outcome" in error && error.outcome === "unknown";

/** The user who has the address that the server calls taken. */
async function findTaken(core: Core, scope: Scope, email: string, conflict: ConflictError): Promise<User> {
  let user: User | null;
  try {
    user = await findUser(core, scope, email);
  } catch (cause) {
    // A bulk call accounts for all that it has sent.
    if (scope.signal?.aborted && !scope.finishSent) throw scope.signal.reason;
    throw new ConflictError(
      `${conflict.message} Who has the address could not be looked up.`,
      { ...conflict, reason: "unknown" },
      { cause },
    );
  }
  if (user) return user;
  if (isForeign(conflict)) throw conflict;
  throw new ConflictError(
    `${conflict.message} No user with this address can be seen: it was removed for good and cannot be invited ` +
      "again, or this key cannot see it.",
    { ...conflict, reason: "removed" },
    { cause: conflict },
  );
}

/** `earlier`: the outcome of the call's earlier attempts, none of which created this user. */
function existing(
  user: User,
  onExisting: Invitation["onExisting"],
  earlier: Outcome,
  conflict?: ConflictError,
): CreatedUser {
  if (onExisting === "return") return { ...user, outcome: "existing" };
  const fields = conflict ?? { ...withoutAnswer("Resource conflict"), status: 409 };
  // One of them may still have renewed an expired invitation.
  const outcome = user.status === "invited" ? earlier : "not_applied";
  throw new ConflictError(
    `users.create: a user with this address is there already, ${user.status} (${user.id}); see the error's existing.` +
      adviceOn(outcome),
    { ...fields, outcome, reason: "exists", existing: user },
    conflict && { cause: conflict },
  );
}
