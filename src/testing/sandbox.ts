import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Faults } from "./faults/faults.ts";
import { exchangeWith } from "./http/exchange.ts";
import { TokenBucket } from "./http/rate-limit.ts";
import { RequestLog } from "./http/request-log.ts";
import { readOptions } from "./options.ts";
import { Organizations } from "./organizations/organizations.ts";
import type { Sandbox, SandboxOptions } from "./types.ts";
import { changeUser } from "./users/change-user.ts";
import { Users } from "./users/users.ts";

const HOST = "127.0.0.1";

/**
 * Starts an HTTP server on loopback that behaves like the users and organizations endpoints of the Arize AX API, in
 * either dialect. It stores users and organizations, lists them in pages, and responds to a create request according to the
 * state of the address. It fails on demand. It keeps the process alive until it is closed.
 *
 * @throws a TypeError if an option is unknown or of the wrong type, two seeds have the same email, name or ID, or a
 * seeded member is not a user or has a role that the user's account role does not permit.
 * @throws a RangeError if a number is out of range.
 * @throws the system's own error if the port is not available.
 * @example
 * import { startSandbox } from "ax-users/testing";
 *
 * const sandbox = await startSandbox({ users: 120 });
 * sandbox.fail({ method: "GET", status: 503 });
 * const headers = { authorization: `Bearer ${sandbox.apiKey}` };
 * for (let attempt = 1; attempt <= 2; attempt += 1) {
 *   const response = await fetch(`${sandbox.baseUrl}/v2/users?email=lovelace`, { headers });
 *   console.log(response.status); // 503, then 200
 * }
 * await sandbox.close();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { dialect, apiKey, latencyMs, rateLimit, port, ...seeds } = readOptions(options);
  const users = new Users(seeds.users);
  const organizations = new Organizations(seeds.organizations);
  const account = { users, organizations, dialect };
  const faults = new Faults();
  const log = new RequestLog();
  const bucket = rateLimit && new TokenBucket(rateLimit);
  const server = createServer(exchangeWith({ account, faults, bucket, apiKey, latencyMs, log }));
  // Node would close a connection after 5 idle seconds, perhaps just when a client sends its next request.
  server.keepAliveTimeout = 0;
  server.listen(port, HOST);
  await once(server, "listening");
  const close = closer(server);
  return {
    baseUrl: `http://${HOST}:${portOf(server)}`,
    apiKey,
    requests: log.requests,
    mails: users.mails,
    users: () => users.all((status) => status !== "inactive"),
    removedUsers: () => users.all((status) => status === "inactive"),
    organizations: () => organizations.all(),
    fail: (fault) => faults.add(fault),
    updateUser: (id, changes) => changeUser(account, id, changes),
    acceptInvitation: (id) => users.endInvitation(id, "active"),
    expireInvitation: (id) => users.endInvitation(id, "expired"),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The sandbox has no port.");
  return address.port;
}

function closer(server: Server): () => Promise<void> {
  let closed: Promise<void> | undefined;
  return () => {
    closed ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closed;
  };
}
