import { randomBytes } from "node:crypto";
import type { Call, Route } from "../http/endpoint.ts";
import { json, noContent, type SandboxResponse } from "../http/problems.ts";
import { toPagination } from "../paging.ts";
import { readUserQuery } from "./list-query.ts";
import { readNewUser, readUserChanges } from "./read-user.ts";
import { toWireUser } from "./to-wire.ts";

export const USER_ROUTES: readonly Route[] = [
  { path: /^\/v2\/users$/, methods: { GET: listUsers, POST: createUser } },
  { path: /^\/v2\/users\/([^/]+)$/, methods: { GET: getUser, PATCH: updateUser, DELETE: deleteUser } },
  { path: /^\/v2\/users\/([^/]+)\/resend-invitation$/, methods: { POST: resendInvitation } },
  { path: /^\/v2\/users\/([^/]+)\/reset-password$/, methods: { POST: resetPassword } },
];

function listUsers({ users, dialect, request }: Call): SandboxResponse {
  const found = users.list(readUserQuery(request.query, dialect));
  return json(200, {
    users: found.page.map((user) => toWireUser(user, dialect)),
    pagination: toPagination(found),
  });
}

function createUser({ users, dialect, request }: Call): SandboxResponse {
  const wanted = readNewUser(request, dialect);
  const { user, created } = users.create(wanted);
  if (!created) return json(200, toWireUser(user, dialect));
  return json(201, {
    ...toWireUser(user, dialect),
    invite_mode: dialect.spell(wanted.inviteMode),
    ...(wanted.inviteMode === "temporary_password" && {
      temporary_password: randomBytes(12).toString("base64url"),
    }),
  });
}

function getUser({ users, dialect }: Call, id: string): SandboxResponse {
  return json(200, toWireUser(users.get(id), dialect));
}

function updateUser({ users, dialect, request }: Call, id: string): SandboxResponse {
  users.get(id);
  return json(200, toWireUser(users.update(id, readUserChanges(request)), dialect));
}

function deleteUser({ users, organizations }: Call, id: string): SandboxResponse {
  users.remove(id);
  organizations.removeUser(id);
  return noContent();
}

function resendInvitation({ users }: Call, id: string): SandboxResponse {
  users.resendInvitation(id);
  return noContent();
}

function resetPassword({ users }: Call, id: string): SandboxResponse {
  users.resetPassword(id);
  return noContent();
}
