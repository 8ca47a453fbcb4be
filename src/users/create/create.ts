import { createUserRequest, decodeUser, decodeUserCreatedResponse } from "../../../generated/models.gen.ts";
import { usersCreate } from "../../../generated/sdk.gen.ts";
import type { CreateUserRequest } from "../../../generated/types.gen.ts";
import { callOperation } from "../../api/call-operation.ts";
import type { ApiCall } from "../../api/client-context.ts";
import { decodeResponse } from "../../api/decode-response.ts";
import { type RequestForms, toRequest } from "../../api/request.ts";
import { assertValid } from "../../api/request-issues.ts";
import { ArizeError, ConflictError } from "../../errors/errors.ts";
import { issue } from "../../errors/issue.ts";
import { adviceOn, isForeign, noResponseFields } from "../../errors/response/problem.ts";
import type { Outcome } from "../../errors/types.ts";
import { defineMethod } from "../../facade/operation.ts";
import { readParams, trimmed } from "../../facade/params.ts";
import { retrySafety } from "../../transport/retry-safety.ts";
import type { CallResult } from "../../transport/send-with-retries.ts";
import { newEmailIssue } from "../email.ts";
import { findUser } from "../find-by-email.ts";
import type { CreatedUser, CreateUserParams, User } from "../types.ts";
import { ensureIsDeveloper, sendNewUser } from "./is-developer.ts";
import { findPassword, keepPassword } from "./kept-password.ts";
import { earliestCreation } from "./recovered.ts";

const CREATE = ["users.create", "users_create", "users_list", "users_update"] as const;

export const createUser = defineMethod<CreateUserParams, CreatedUser>(CREATE, async (call, params) =>
  ensureUser(call, readCreateRequest(call, params)),
);

/** The params of `create`, checked. */
export interface CreateRequest {
  readonly forms: RequestForms<CreateUserRequest>;
  readonly onExisting: "return" | "throw";
}

/** @throws {ValidationError} with all broken rules. */
export function readCreateRequest(call: ApiCall, params: CreateUserParams): CreateRequest {
  const names = [...createUserRequest.names, "onExisting"];
  const { onExisting = "return", ...user } = readParams(call, params, names);
  if (onExisting !== "return" && onExisting !== "throw") {
    assertValid(call.method, [issue("onExisting", 'must be "return" or "throw"', onExisting)]);
  }
  const forms = toRequest(call, createUserRequest, trimmed(user, "name", "email"));
  assertValid(call.method, [newEmailIssue("email", forms.lower.email)]);
  return { forms, onExisting };
}

/** Ensures that the user exists, as `create` promises. */
export async function ensureUser(call: ApiCall, request: CreateRequest): Promise<CreatedUser> {
  const user = await findOrCreate(call, request);
  return ensureIsDeveloper(call, user, request.forms.lower.is_developer);
}

async function findOrCreate(call: ApiCall, request: CreateRequest): Promise<CreatedUser> {
  const { forms } = request;
  const { email, invite_mode } = forms.lower;
  // The password is returned only once: the response to a second request would not contain it.
  const givesPassword = invite_mode === "temporary_password";
  let unknownSince: number | undefined;
  const onUnknown = (sentAt: number) => {
    unknownSince ??= sentAt;
  };
  const earlier = (outcome: Outcome, attempts: number, date: string | null): EarlierAttempts => ({
    outcome,
    attempts,
    createdFrom: earliestCreation(call.client, unknownSince ?? call.client.clock.now(), date),
  });
  let result: CallResult;
  try {
    const safety = givesPassword ? "unsafe" : retrySafety.users_create;
    const onUnexpected: ApiCall["onUnexpected"] = (error, body) => keepPassword(error, body, email);
    result = await sendNewUser({ ...call, onUnexpected, onUnknown }, forms, (body, call) =>
      callOperation(call, "users_create", usersCreate<true>, { body }, safety),
    );
  } catch (error) {
    // The reason of an abort may be the error of another call.
    if (error === call.signal?.reason) throw error;
    if (givesPassword) noteLostPassword(error);
    if (!(error instanceof ConflictError)) throw error;
    const before = earlier(error.outcome, error.attempts, error.headers.get("date"));
    return present(await findTaken(call, email, error), before, request, error);
  }
  const password = givesPassword ? findPassword(result, email) : undefined;
  // An existing user has no password: a gateway changed the status of this response.
  if (result.status === 201 || password) return readCreatedUser(call, result, email, password);
  const { afterUnknown, attempts, headers } = result;
  const before = earlier(afterUnknown ? "unknown" : "not_applied", attempts, headers.get("date"));
  return present(decodeResponse(call, result, decodeUser, { email }), before, request);
}

/** The attempts of this call before the one that found the user. */
interface EarlierAttempts {
  readonly outcome: Outcome;
  /** The number of all attempts. */
  readonly attempts: number;
  /** The earliest `createdAt` of a user whom one of these attempts created. */
  readonly createdFrom: number;
}

/** The result for a user who already existed when the server responded; an earlier attempt of this call may have created them. */
function present(
  user: User,
  { outcome, attempts, createdFrom }: EarlierAttempts,
  { forms, onExisting }: CreateRequest,
  conflict?: ConflictError,
): CreatedUser {
  const isOurs = outcome === "unknown" && user.createdAt.getTime() >= createdFrom;
  if (isOurs) return { ...user, outcome: "recovered" };
  if (onExisting === "return") return { ...user, outcome: "existing" };
  const fields = conflict ?? { ...noResponseFields("Resource conflict"), status: 409, attempts };
  // An earlier attempt may still have renewed an expired invitation, or activated the user without an invitation.
  const mayHaveActivated = user.status === "active" && forms.lower.invite_mode === "none";
  const mayHaveChanged = user.status === "invited" || mayHaveActivated;
  const known = mayHaveChanged ? outcome : "not_applied";
  throw new ConflictError(
    `users.create: a user with this address already exists: ${user.status} (${user.id}; see the error's existing).` +
      adviceOn(known),
    { ...fields, outcome: known, reason: "exists", existing: user },
    conflict && { cause: conflict },
  );
}

function readCreatedUser(
  call: ApiCall,
  result: CallResult,
  email: string,
  password: string | undefined,
): CreatedUser {
  const body = decodeResponse(call, result, decodeUserCreatedResponse, { email });
  const { temporaryPassword: given, ...user } = body;
  const created: CreatedUser = { ...user, outcome: "created" };
  // Other code may have extended Object.prototype.
  const temporaryPassword = Object.hasOwn(body, "temporaryPassword") ? given : password;
  if (temporaryPassword === undefined) return created;
  return Object.defineProperty(created, "temporaryPassword", { value: temporaryPassword });
}

function noteLostPassword(error: unknown): void {
  if (!(error instanceof ArizeError) || error.outcome !== "unknown") return;
  if (Object.hasOwn(error, "temporaryPassword")) return;
  error.message +=
    " If the user was created, the temporary password is lost; resendInvitation emails a link instead.";
}

/** Looks up the user whose address caused a conflict. */
async function findTaken(call: ApiCall, email: string, conflict: ConflictError): Promise<User> {
  let user: User | null;
  try {
    user = await findUser(call, email);
  } catch (cause) {
    // A bulk call returns a result for everything that it has sent, also after an abort.
    if (call.signal?.aborted && !call.ignoreAbortOnceSent) throw call.signal.reason;
    throw new ConflictError(
      `${conflict.message} The user with this address could not be looked up.`,
      { ...conflict, reason: "unknown" },
      { cause },
    );
  }
  if (user) return user;
  if (isForeign(conflict)) throw conflict;
  throw new ConflictError(
    `${conflict.message} No user with this address is visible: it was removed for good and cannot be invited ` +
      "again, or this key cannot see it.",
    { ...conflict, reason: "removed" },
    { cause: conflict },
  );
}
