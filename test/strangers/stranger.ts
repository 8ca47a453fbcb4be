import type { ServerResponse } from "node:http";
import type { ArizeClient } from "ax-users";
import { type Seen, startServer, type TestServer, wirePage } from "../helpers/server.ts";

/** What some other program at the API's address sends. */
export interface Page {
  readonly name: string;
  readonly type?: string;
  readonly body: string;
}

/** Bodies of a 404 that no API sent: of ingresses, proxies, web servers and frameworks. */
export const STRANGERS: readonly Page[] = [
  { name: "a default backend", type: "text/plain", body: "default backend - 404" },
  { name: "an HTML page", type: "text/html", body: "<html><h1>404 Not Found</h1></html>" },
  { name: "nothing", body: "" },
  { name: "an empty object", type: "application/json", body: "{}" },
  { name: "an empty problem", type: "application/problem+json", body: "{}" },
  {
    name: "another framework's JSON",
    type: "application/json",
    body: '{"timestamp":"2026-11-28T05:00:00Z","status":404,"error":"Not Found","path":"/v2/users/u1"}',
  },
  { name: "a title alone", type: "application/json", body: '{"title":"Not Found"}' },
  {
    name: "a problem of another status",
    type: "application/json",
    body: '{"title":"No","status":503}',
  },
  { name: "an array", type: "application/problem+json", body: '[{"title":"No","status":404}]' },
];

export const sendPage = (response: ServerResponse, status: number, { type, body }: Page): void => {
  response.writeHead(status, type === undefined ? {} : { "content-type": type }).end(body);
};

/** The API's own 404, as its problem document has it. */
export const NOT_FOUND: Page = {
  name: "the API's problem document",
  type: "application/problem+json",
  body: '{"title":"Resource not found","status":404}',
};

/** One request after the other meets the next of these; the last one for ever. The list of users for a confirmation is apart. */
export async function serve(
  steps: readonly ((response: ServerResponse, request: Seen) => unknown)[],
  confirmation: (response: ServerResponse) => unknown = (response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(wirePage([]))),
): Promise<TestServer> {
  let count = 0;
  return startServer((request, response) => {
    if (isConfirmation(request)) return confirmation(response);
    const step = steps[Math.min(count, steps.length - 1)];
    count += 1;
    return step?.(response, request);
  });
}

export const isConfirmation = ({ method, path, query }: Seen): boolean =>
  method === "GET" && path === "/v2/users" && String(query) === "limit=1";

const member = { type: "predefined", name: "member" } as const;
const u1 = { userId: "u1" };
const o1 = { organizationId: "o1" };

/** Every operation whose 404 would be taken for an answer. */
export const CALLS: readonly [string, (client: ArizeClient) => PromiseLike<unknown>][] = [
  ["users.get", ({ users }) => users.get(u1)],
  ["users.update", ({ users }) => users.update({ ...u1, name: "Ada" })],
  ["users.delete", ({ users }) => users.delete(u1)],
  ["users.resendInvitation", ({ users }) => users.resendInvitation(u1)],
  ["users.resetPassword", ({ users }) => users.resetPassword(u1)],
  [
    "users.create",
    ({ users }) =>
      users.create({ name: "Ada", email: "ada@example.com", role: member, inviteMode: "email_link" }),
  ],
  ["organizations.get", ({ organizations }) => organizations.get(o1)],
  ["organizations.create", ({ organizations }) => organizations.create({ name: "Data Ops" })],
  ["organizations.update", ({ organizations }) => organizations.update({ ...o1, name: "Data" })],
  ["organizations.delete", ({ organizations }) => organizations.delete(o1)],
  ["organizations.addUser", ({ organizations }) => organizations.addUser({ ...o1, ...u1, role: member })],
  ["organizations.removeUser", ({ organizations }) => organizations.removeUser({ ...o1, ...u1 })],
];

/** Every operation that lists, whose 404 is nobody's answer. */
export const LISTS: readonly [string, (client: ArizeClient) => PromiseLike<unknown>][] = [
  ["users.list", ({ users }) => users.list()],
  ["users.get by address", ({ users }) => users.get({ user: "ada@example.com" })],
  ["users.findByEmail", ({ users }) => users.findByEmail("ada@example.com")],
  ["users.findByEmails", ({ users }) => users.findByEmails(["a@x.io", "b@x.io", "c@x.io"])],
  ["organizations.list", ({ organizations }) => organizations.list()],
  ["organizations.get by name", ({ organizations }) => organizations.get({ organization: "Data Ops" })],
  ["organizations.delete by name", ({ organizations }) => organizations.delete({ organization: "Data Ops" })],
];
