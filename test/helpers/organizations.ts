import type { ServerResponse } from "node:http";
import type { ArizeClientOptions, OrganizationParams, Organizations } from "ax-users";
import { json, type Seen, startServer, type TestServer, wirePage, wireUser } from "./server.ts";

/** An organization as the wire has it, the description of newer servers included. */
export interface WireOrganization {
  id: string;
  name: string;
  description: string | null;
  created_at: string;
}

export const wireOrganization = (fields: Partial<WireOrganization> = {}): WireOrganization => ({
  id: "T3JnYW5pemF0aW9uOjE=",
  name: "Data Ops",
  description: "Pipelines",
  created_at: "2024-01-01T12:00:00Z",
  ...fields,
});

/** A page of organizations as the wire has it; there is a next one where a cursor is given. */
export const wireOrganizationPage = (organizations: unknown[], nextCursor?: string) => ({
  organizations,
  pagination: wirePage([], nextCursor).pagination,
});

export const wireMembership = (fields: Record<string, unknown> = {}) => ({
  id: "QWNjb3VudE9yZ2FuaXphdGlvbk1lbWJlcjox",
  user_id: "u1",
  organization_id: "T3JnYW5pemF0aW9uOjE=",
  role: { type: "predefined", name: "member" },
  ...fields,
});

/** The ID that the API gives an organization of this number. */
export const idOf = (number: number): string => btoa(`Organization:${number}`);

/** Organizations of these names; the n-th one, from 0, has the ID `idOf(n)`. */
export const named = (...names: string[]): WireOrganization[] =>
  names.map((name, index) => wireOrganization({ id: idOf(index), name }));

export interface Account {
  organizations: WireOrganization[];
  /** Users by their addresses; the ID of each is what stands before the `@`. */
  emails: string[];
}

/** A server that behaves as the API does for organizations, and for users as far as looking them up. */
export async function serveAccount(
  { organizations = [], emails = [] }: Partial<Account>,
  options?: ArizeClientOptions,
): Promise<{ server: TestServer; organizations: Organizations; account: Account }> {
  const account = { organizations, emails };
  const server = await startServer(accountAnswer(account));
  return { server, organizations: server.client(options).organizations, account };
}

/** Answers as an account does, with what is in it at that moment. */
export const accountAnswer = (account: Account) => (request: Seen, response: ServerResponse) => {
  const [, , collection, id, , userId] = request.path.split("/").map(decodeURIComponent);
  if (collection === "users") return json(response, 200, usersPage(account, request.query));
  if (id === undefined) {
    return request.method === "POST"
      ? create(account, request, response)
      : json(response, 200, organizationsPage(account, request.query));
  }
  const organization = account.organizations.find((one) => one.id === id);
  if (!organization) return json(response, 404, { title: "Resource not found", status: 404 });
  switch (request.method) {
    case "GET":
      return json(response, 200, organization);
    case "PATCH":
      return json(response, 200, Object.assign(organization, JSON.parse(request.body)));
    case "POST":
      return json(response, 200, wireMembership({ ...JSON.parse(request.body), organization_id: id }));
    default:
      if (userId === undefined) account.organizations = account.organizations.filter((one) => one.id !== id);
      return response.writeHead(204).end();
  }
};

function create(account: Account, request: Seen, response: ServerResponse) {
  const given = JSON.parse(request.body);
  if (account.organizations.some(({ name }) => name === given.name)) {
    return json(response, 409, { title: "Resource conflict", status: 409 });
  }
  const id = idOf(account.organizations.length);
  const organization = wireOrganization({ id, description: "", ...given });
  account.organizations.push(organization);
  return json(response, 201, organization);
}

function organizationsPage({ organizations }: Account, query: URLSearchParams) {
  const part = (query.get("name") ?? "").toLowerCase();
  const found = organizations.filter(({ name }) => name.toLowerCase().includes(part));
  const start = Number(query.get("cursor") ?? 0);
  const end = start + Number(query.get("limit") ?? 50);
  return wireOrganizationPage(found.slice(start, end), end < found.length ? String(end) : undefined);
}

function usersPage({ emails }: Account, query: URLSearchParams) {
  const part = (query.get("email") ?? "").toLowerCase();
  const found = emails.filter((email) => email.toLowerCase().includes(part));
  return wirePage(found.map((email) => wireUser({ id: email.split("@")[0], email })));
}

/** What the server saw, as `METHOD path`, decoded, in the order of its coming. */
export const requestsTo = ({ seen }: TestServer): string[] =>
  seen.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);

export const reader = { type: "predefined", name: "read-only" } as const;

/** Every method that takes an organization, with the request that it makes for an ID. */
export const byOrganization: [
  string,
  (organizations: Organizations, params: OrganizationParams) => Promise<unknown>,
  (id: string) => string,
][] = [
  ["get", (organizations, params) => organizations.get(params), (id) => `GET /v2/organizations/${id}`],
  [
    "update",
    (organizations, params) => organizations.update({ ...params, description: "New" }),
    (id) => `PATCH /v2/organizations/${id}`,
  ],
  [
    "delete",
    (organizations, params) => organizations.delete(params),
    (id) => `DELETE /v2/organizations/${id}`,
  ],
  [
    "addUser",
    (organizations, params) => organizations.addUser({ ...params, userId: "u1", role: reader }),
    (id) => `POST /v2/organizations/${id}/users`,
  ],
  [
    "removeUser",
    (organizations, params) => organizations.removeUser({ ...params, userId: "u1" }),
    (id) => `DELETE /v2/organizations/${id}/users/u1`,
  ],
];

/** Names that the official clients take for IDs, since they decode from base64 to something with a colon. */
export const NAMES_LIKE_BASE64 = [
  "Operations",
  "Ops",
  "Open",
  "Oslo",
  "Oracle",
  "Data Ops",
  "Org",
  "Onboarding",
  "OpenAI",
  "Orders",
  "Omni",
  "Oncology",
  "Outreach",
  "Organics",
];
