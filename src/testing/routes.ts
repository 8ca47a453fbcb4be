import { randomBytes } from "node:crypto";
import { type Account, type StoredUser, timestamp } from "./account.ts";
import { readListQuery, toCursor } from "./list-query.ts";
import { type Answer, badRequest, json, noContent, Refusal } from "./problems.ts";
import type { SandboxRequest } from "./types.ts";
import { readNewUser, readUserChanges } from "./validate-body.ts";

type Handler = (account: Account, request: SandboxRequest, userId: string) => Answer;

const ROUTES: readonly { path: RegExp; methods: Readonly<Record<string, Handler>> }[] = [
  { path: /^\/v2\/users$/, methods: { GET: listUsers, POST: createUser } },
  { path: /^\/v2\/users\/([^/]+)$/, methods: { GET: getUser, PATCH: updateUser, DELETE: deleteUser } },
  { path: /^\/v2\/users\/([^/]+)\/resend-invitation$/, methods: { POST: resendInvitation } },
  { path: /^\/v2\/users\/([^/]+)\/reset-password$/, methods: { POST: resetPassword } },
];

/** Carries a request out; one that is refused has changed nothing. */
export function route(account: Account, request: SandboxRequest): Answer {
  const { method, path } = request;
  // The path is matched as it was sent: an escaped slash belongs to an ID.
  decode(path);
  for (const { path: pattern, methods } of ROUTES) {
    const match = pattern.exec(path);
    if (!match) continue;
    const handler = methods[method];
    if (handler) return handler(account, request, decode(match[1] ?? ""));
    const allow = Object.keys(methods).join(", ");
    throw new Refusal(405, `The method ${method} is not allowed here; ${allow} is.`, { allow });
  }
  throw new Refusal(404, `There is no resource '${path}'.`);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw badRequest("The path has a malformed percent-escape.");
  }
}

function listUsers(account: Account, { query }: SandboxRequest): Answer {
  const { page, next } = account.list(readListQuery(query));
  const pagination =
    next === undefined ? { has_more: false } : { has_more: true, next_cursor: toCursor(next) };
  return json(200, { users: page.map(toWire), pagination });
}

function createUser(account: Account, request: SandboxRequest): Answer {
  const wanted = readNewUser(request);
  const { user, created } = account.create(wanted);
  if (!created) return json(200, toWire(user));
  return json(201, {
    ...toWire(user),
    invite_mode: wanted.inviteMode,
    ...(wanted.inviteMode === "temporary_password" && {
      temporary_password: randomBytes(12).toString("base64url"),
    }),
  });
}

function getUser(account: Account, _request: SandboxRequest, userId: string): Answer {
  return json(200, toWire(account.get(userId)));
}

function updateUser(account: Account, request: SandboxRequest, userId: string): Answer {
  account.get(userId);
  return json(200, toWire(account.update(userId, readUserChanges(request))));
}

function deleteUser(account: Account, _request: SandboxRequest, userId: string): Answer {
  account.remove(userId);
  return noContent();
}

function resendInvitation(account: Account, _request: SandboxRequest, userId: string): Answer {
  account.resendInvitation(userId);
  return noContent();
}

function resetPassword(account: Account, _request: SandboxRequest, userId: string): Answer {
  account.resetPassword(userId);
  return noContent();
}

const toWire = ({ id, name, email, status, role, isDeveloper, createdAtMs }: StoredUser) => ({
  id,
  name,
  email,
  created_at: timestamp(createdAtMs),
  status,
  role,
  is_developer: isDeveloper,
});
