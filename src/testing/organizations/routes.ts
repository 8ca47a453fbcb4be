import { toPagination } from "../paging.ts";
import { type Answer, json, noContent } from "../problems.ts";
import type { Call, Route } from "../routes.ts";
import { readOrganizationQuery } from "./list-query.ts";
import { readNewMember, readNewOrganization, readOrganizationChanges } from "./read-organization.ts";
import { toWireMembership, toWireOrganization } from "./to-wire.ts";

export const ORGANIZATION_ROUTES: readonly Route[] = [
  { path: /^\/v2\/organizations$/, methods: { GET: listOrganizations, POST: createOrganization } },
  {
    path: /^\/v2\/organizations\/([^/]+)$/,
    methods: { GET: getOrganization, PATCH: updateOrganization, DELETE: deleteOrganization },
  },
  { path: /^\/v2\/organizations\/([^/]+)\/users$/, methods: { POST: addUser } },
  { path: /^\/v2\/organizations\/([^/]+)\/users\/([^/]+)$/, methods: { DELETE: removeUser } },
];

function listOrganizations({ organizations, request }: Call): Answer {
  const found = organizations.list(readOrganizationQuery(request.query));
  return json(200, { organizations: found.page.map(toWireOrganization), pagination: toPagination(found) });
}

function createOrganization({ organizations, request }: Call): Answer {
  return json(201, toWireOrganization(organizations.create(readNewOrganization(request))));
}

function getOrganization({ organizations }: Call, id: string): Answer {
  return json(200, toWireOrganization(organizations.get(id)));
}

function updateOrganization({ organizations, era, request }: Call, id: string): Answer {
  organizations.get(id);
  return json(200, toWireOrganization(organizations.update(id, readOrganizationChanges(request, era))));
}

function deleteOrganization({ organizations }: Call, id: string): Answer {
  organizations.remove(id);
  return noContent();
}

function addUser({ users, organizations, era, request }: Call, id: string): Answer {
  organizations.get(id);
  const { userId, role } = readNewMember(request, era);
  return json(200, toWireMembership(organizations.addMember(id, users.get(userId), role), id, era));
}

function removeUser({ organizations }: Call, id: string, userId: string): Answer {
  organizations.removeMember(id, userId);
  return noContent();
}
