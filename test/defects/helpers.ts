import type { ServerResponse } from "node:http";
import type { ArizeClientOptions, Users } from "ax-users";
import { onTestFinished, vi } from "vitest";
import { json, type Seen, startServer, type TestServer, wirePage, wireUser } from "../helpers/server.ts";

type Answer = (request: Seen, response: ServerResponse) => unknown;

/** A server and the users of a client of it. */
export async function serve(
  answer: Answer,
  options?: ArizeClientOptions,
): Promise<{ server: TestServer; users: Users }> {
  const server = await startServer(answer);
  return { server, users: server.client(options).users };
}

/** What the server saw, as `METHOD path`, in the order of its coming. */
export const requestsTo = ({ seen }: TestServer): string[] =>
  seen.map(({ method, path }) => `${method} ${path}`);

/** The deletes that the server saw, as `DELETE path`, sorted: those in flight together come in any order. */
export const deletesOf = (server: TestServer): string[] =>
  requestsTo(server)
    .filter((request) => request.startsWith("DELETE"))
    .sort();

/** The ID in the path of a request, decoded; empty where there is none. */
export const idIn = ({ path }: Seen): string => decodeURIComponent(path.split("/")[3] ?? "");

/** A problem document of a status. */
export const problem = (response: ServerResponse, status: number, fields: Record<string, unknown> = {}) =>
  json(response, status, { title: "Refused", status, ...fields });

/** Users named by their addresses; the ID of each is what stands before the `@`. */
export const usersOf = (...emails: string[]) =>
  emails.map((email) => wireUser({ id: email.trim().split("@")[0] ?? "", email }));

/**
 * Answers as an account does: a list with substring filter and cursor pages, GET by ID, and a DELETE that always
 * finds its user.
 */
export const account =
  (users: readonly { id: string; email: string }[]): Answer =>
  (request, response) => {
    if (request.method === "DELETE") return response.writeHead(204).end();
    const id = idIn(request);
    if (id === "") return json(response, 200, pageOf(users, request.query));
    const user = users.find((one) => one.id === id);
    return user ? json(response, 200, user) : problem(response, 404);
  };

function pageOf(users: readonly { email: string }[], query: URLSearchParams) {
  const part = (query.get("email") ?? "").toLowerCase();
  const found = users.filter(({ email }) => email.toLowerCase().includes(part));
  const start = Number(query.get("cursor") ?? 0);
  const end = start + Number(query.get("limit") ?? 50);
  return wirePage(found.slice(start, end), end < found.length ? String(end) : undefined);
}

/** Lets nobody through until so many are there at once; whoever comes later passes. */
export function gateFor(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === count) resolve();
    return promise;
  };
}

/** The global fetch, with the most requests that it had under way at once. */
export function countingFetch(): { fetch: typeof fetch; peak(): number } {
  let inFlight = 0;
  let peak = 0;
  const fetch: typeof globalThis.fetch = async (...request) => {
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    try {
      return await globalThis.fetch(...request);
    } finally {
      inFlight -= 1;
    }
  };
  return { fetch, peak: () => peak };
}

/** Every method that takes an ID, by how it is called. */
export const byId: [string, (users: Users, id: string) => Promise<unknown>][] = [
  ["get({ user })", (users, user) => users.get({ user })],
  ["get({ userId })", (users, userId) => users.get({ userId })],
  ["update", (users, userId) => users.update({ userId, name: "Ada" })],
  ["delete", (users, userId) => users.delete({ userId })],
  ["resendInvitation", (users, userId) => users.resendInvitation({ userId })],
  ["resetPassword", (users, userId) => users.resetPassword({ userId })],
];

/** Every method that looks an address up, given how it finds one user. */
export const byEmail: [string, (users: Users, email: string) => Promise<unknown>][] = [
  ["get", (users, user) => users.get({ user })],
  ["findByEmail", (users, email) => users.findByEmail(email)],
  ["findByEmails", async (users, email) => (await users.findByEmails([email])).get(email)],
];

/** What a new user takes, at least. */
export const newUser = {
  name: "Ada Lovelace",
  email: "ada@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
} as const;

/** Every method whose answer has a body. */
export const withBody: [string, (users: Users) => PromiseLike<unknown>][] = [
  ["list", (users) => users.list()],
  ["get", (users) => users.get({ userId: "u1" })],
  ["findByEmail", (users) => users.findByEmail("ada@example.com")],
  ["findByEmails", (users) => users.findByEmails(["ada@example.com"])],
  ["create", (users) => users.create(newUser)],
  ["update", (users) => users.update({ userId: "u1", name: "Ada" })],
];

/** Every method whose answer has none. */
export const withoutBody: [string, (users: Users, userId: string) => Promise<unknown>][] = [
  ["delete", (users, userId) => users.delete({ userId })],
  ["resendInvitation", (users, userId) => users.resendInvitation({ userId })],
  ["resetPassword", (users, userId) => users.resetPassword({ userId })],
];

/** Bodies of nothing, as proxies and gateways send them. */
export const emptyBodies: [string, (response: ServerResponse, status: number) => void][] = [
  ["content-length 0", (response, status) => response.writeHead(status, { "content-length": "0" }).end()],
  [
    "chunks of nothing",
    (response, status) => response.writeHead(status, { "transfer-encoding": "chunked" }).end(),
  ],
  [
    "a JSON null",
    (response, status) => response.writeHead(status, { "content-type": "application/json" }).end("null"),
  ],
];

/** A page of a proxy instead of an answer of the API. */
export const html = (response: ServerResponse, status: number) =>
  response.writeHead(status, { "content-type": "text/html" }).end("<html>Sign in to the proxy</html>");

/** Sets a variable of the environment, or unsets it, until the test ends. */
export function setEnv(name: string, value: string | undefined): void {
  vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** Forgets which warnings were given, and listens for them until the test ends. */
export function listenForWarnings(): () => string[] {
  setEnv("DISABLE_PRERELEASE_WARNING", undefined);
  Reflect.deleteProperty(globalThis, Symbol.for("ax-users.prerelease"));
  const emit = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  onTestFinished(() => emit.mockRestore());
  return () => emit.mock.calls.map(([message]) => String(message));
}

/** A user as just created, with a temporary password. */
export const withPassword = wireUser({
  status: "invited",
  invite_mode: "temporary_password",
  temporary_password: "Pa55",
});
