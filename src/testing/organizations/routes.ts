import type { Call, Route } from "../http/endpoint.ts";
import { json, noContent, type SandboxResponse } from "../http/problems.ts";
import { toPagination } from "../paging.ts";
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

function listOrganizations({ organizations, request }: Call): SandboxResponse {
  const found = organizations.list(readOrganizationQuery(request.query));
  return json(200, { organizations: found.page.map(toWireOrganization), pagination: toPagination(found) });
}

function createOrganization({ organizations, request }: Call): SandboxResponse {
  return json(201, toWireOrganization(organizations.create(readNewOrganization(request))));
}

function getOrganization({ organizations }: Call, id: string): SandboxResponse {
  return json(200, toWireOrganization(organizations.get(id)));
}

function updateOrganization({ organizations, dialect, request }: Call, id: string): SandboxResponse {
  organizations.get(id);
  return json(200, toWireOrganization(organizations.update(id, readOrganizationChanges(request, dialect))));
}

function deleteOrganization({ organizations }: Call, id: string): SandboxResponse {
  organizations.remove(id);
  return noContent();
}

function addUser({ users, organizations, dialect, request }: Call, id: string): SandboxResponse {
  organizations.get(id);
  const { userId, role } = readNewMember(request, dialect);
  return json(200, toWireMembership(organizations.addMember(id, users.get(userId), role), id, dialect));
}

function removeUser({ organizations }: Call, id: string, userId: string): SandboxResponse {
  organizations.removeMember(id, userId);
  return noContent();
}
