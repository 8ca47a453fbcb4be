import { randomBytes } from "node:crypto";
import { toPagination } from "../paging.ts";
import { type Answer, json, noContent } from "../problems.ts";
import type { Call, Route } from "../routes.ts";
import { readUserQuery } from "./list-query.ts";
import { readNewUser, readUserChanges } from "./read-user.ts";
import { toWireUser } from "./to-wire.ts";

export const USER_ROUTES: readonly Route[] = [
  { path: /^\/v2\/users$/, methods: { GET: listUsers, POST: createUser } },
  { path: /^\/v2\/users\/([^/]+)$/, methods: { GET: getUser, PATCH: updateUser, DELETE: deleteUser } },
  { path: /^\/v2\/users\/([^/]+)\/resend-invitation$/, methods: { POST: resendInvitation } },
  { path: /^\/v2\/users\/([^/]+)\/reset-password$/, methods: { POST: resetPassword } },
];

function listUsers({ users, era, request }: Call): Answer {
  const found = users.list(readUserQuery(request.query, era));
  return json(200, {
    users: found.page.map((user) => toWireUser(user, era)),
    pagination: toPagination(found),
  });
}

function createUser({ users, era, request }: Call): Answer {
  const wanted = readNewUser(request, era);
  const { user, created } = users.create(wanted);
  if (!created) return json(200, toWireUser(user, era));
  return json(201, {
    ...toWireUser(user, era),
    invite_mode: era.spell(wanted.inviteMode),
    ...(wanted.inviteMode === "temporary_password" && {
      temporary_password: randomBytes(12).toString("base64url"),
    }),
  });
}

function getUser({ users, era }: Call, id: string): Answer {
  return json(200, toWireUser(users.get(id), era));
}

function updateUser({ users, era, request }: Call, id: string): Answer {
  users.get(id);
  return json(200, toWireUser(users.update(id, readUserChanges(request)), era));
}

function deleteUser({ users, organizations }: Call, id: string): Answer {
  users.remove(id);
  organizations.removeUser(id);
  return noContent();
}

function resendInvitation({ users }: Call, id: string): Answer {
  users.resendInvitation(id);
  return noContent();
}

function resetPassword({ users }: Call, id: string): Answer {
  users.resetPassword(id);
  return noContent();
}
