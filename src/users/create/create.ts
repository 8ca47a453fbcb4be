import { encodeCreateUserRequest } from "../../../generated/models.gen.ts";
import { usersCreate } from "../../../generated/sdk.gen.ts";
import type { CreateUserRequest } from "../../../generated/types.gen.ts";
import { vCreateUserRequest } from "../../../generated/valibot.gen.ts";
import { callOperation } from "../../api/call-operation.ts";
import type { ApiCall, ClientContext } from "../../api/client-context.ts";
import { withServerCase } from "../../api/enum-case.ts";
import { namesOf, type RequestForms, type RequestModel, toRequest } from "../../api/request.ts";
import type { RequestOptions } from "../../config/client-options.ts";
import { ConflictError, ValidationError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import { adviceOn } from "../../errors/response/advice.ts";
import { isForeign, withoutAnswer } from "../../errors/response/problem.ts";
import type { Outcome } from "../../errors/types.ts";
import { defineOperation, run } from "../../facade/operation.ts";
import { readParams, trimmed } from "../../facade/params.ts";
import { retrySafety } from "../../transport/retry-safety.ts";
import type { CallResult } from "../../transport/send-with-retries.ts";
import { newEmailIssue } from "../email.ts";
import { findUser } from "../find-by-email.ts";
import type { CreatedUser, CreateUserParams, User } from "../types.ts";
import { toCreatedUser, toUser } from "../user-responses.ts";
import { keepPassword } from "./kept-password.ts";
import { earliestCreation } from "./recovered.ts";

const CREATE = defineOperation("users.create", "users_create", "users_list");

const CREATE_USER: RequestModel = { schema: vCreateUserRequest, encode: encodeCreateUserRequest };

export function createUser(
  context: ClientContext,
  params: CreateUserParams,
  options?: RequestOptions,
): Promise<CreatedUser> {
  return run(context, CREATE, options, async (call) =>
    ensureUser(call, readCreateRequest(CREATE.name, params)),
  );
}

/** What `create` was asked for, checked. */
export interface CreateRequest {
  readonly forms: RequestForms<CreateUserRequest>;
  readonly onExisting: "return" | "throw";
}

/** @throws {ValidationError} with every rule that is broken. */
export function readCreateRequest(method: string, params: CreateUserParams): CreateRequest {
  const names = [...namesOf(CREATE_USER), "onExisting"];
  const { onExisting = "return", ...user } = readParams(method, params, names);
  if (onExisting !== "return" && onExisting !== "throw") {
    throw new ValidationError(method, [issue("onExisting", 'must be "return" or "throw"', onExisting)]);
  }
  const forms = toRequest<CreateUserRequest>(method, CREATE_USER, trimmed(user, "name", "email"));
  const wrong = newEmailIssue("email", forms.lower.email);
  if (wrong) throw new ValidationError(method, [wrong]);
  return { forms, onExisting };
}

/** Sees to it that the user is there, as `create` promises. */
export async function ensureUser(call: ApiCall, { forms, onExisting }: CreateRequest): Promise<CreatedUser> {
  const { email, invite_mode } = forms.lower;
  // Given once: the answer to a second request would be without it.
  const givesPassword = invite_mode === "temporary_password";
  const startedAt = call.client.clock.now();
  let result: CallResult;
  try {
    const safe = givesPassword ? "ask" : retrySafety.users_create;
    result = await withServerCase(call, forms, (body, call) =>
      callOperation(call, "users_create", (generated) => usersCreate({ ...generated, body }), safe),
    );
  } catch (error) {
    if (givesPassword && isUnknown(error)) error.message += PASSWORD_LOST;
    if (!(error instanceof ConflictError)) throw error;
    const earlier = {
      outcome: error.outcome,
      createdFrom: earliestCreation(call.client, startedAt, error.headers.get("date")),
    };
    return present(await findTaken(call, email, error), earlier, onExisting, error);
  }
  if (result.status === 201) return readCreatedUser(call, result, email);
  const outcome = result.afterUnknown ? "unknown" : "not_applied";
  const createdFrom = earliestCreation(call.client, startedAt, result.date);
  return present(toUser(call, result, { email }), { outcome, createdFrom }, onExisting);
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
  onExisting: CreateRequest["onExisting"],
  conflict?: ConflictError,
): CreatedUser {
  const isOurs = outcome === "unknown" && user.createdAt.getTime() >= createdFrom;
  return isOurs ? { ...user, outcome: "recovered" } : existing(user, onExisting, outcome, conflict);
}

function readCreatedUser(call: ApiCall, result: CallResult, email: string): CreatedUser {
  try {
    return toCreatedUser(call, result, email);
  } catch (error) {
    keepPassword(error, result, email);
    throw error;
  }
}

const PASSWORD_LOST =
  " If the user is there, the temporary password is lost: resendInvitation mails a link instead.";

const isUnknown = (error: unknown): error is Error =>
  error instanceof Error && "outcome" in error && error.outcome === "unknown";

/** The user who has the address that the server calls taken. */
async function findTaken(call: ApiCall, email: string, conflict: ConflictError): Promise<User> {
  let user: User | null;
  try {
    user = await findUser(call, email);
  } catch (cause) {
    // A bulk call accounts for all that it has sent.
    if (call.signal?.aborted && !call.ignoreAbortOnceSent) throw call.signal.reason;
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
  onExisting: CreateRequest["onExisting"],
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
