import { createContext, runInContext } from "node:vm";
import { ArizeClient, type ArizeClientOptions, ConnectionError } from "ax-users";
import { afterEach, expect, test, vi } from "vitest";
import { certificate } from "../helpers/certificate.ts";
import { rejection } from "../helpers/server.ts";
import {
  fetchOverHttps,
  fetchThrough,
  startDamaged,
  startHttps,
  startProxy,
  startRaw,
} from "./lost-servers.ts";
import { fetchFailure } from "./scripted-server.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A mail, which is sent again only after what proves that the first request was not carried out. */
function resend(options: ArizeClientOptions): Promise<void> {
  const settings = { apiKey: "test-key", baseUrl: "https://api.test", prereleaseWarnings: false };
  return new ArizeClient({ maxRetries: 0, ...settings, ...options }).users.resendInvitation({ userId: "u1" });
}

const outcomeOf = async (options: ArizeClientOptions) => {
  const error = await rejection(resend(options));
  expect(error).toBeInstanceOf(ConnectionError);
  return (error as ConnectionError).outcome;
};

const failingWith = (error: unknown): ArizeClientOptions => ({ fetch: () => Promise.reject(error) });
const at = (port: number) => ({ baseUrl: `https://localhost:${port}` });

test.each<[string, ArizeClientOptions["fetch"]]>([
  ["the runtime's fetch", undefined],
  ["one built on node:https", fetchOverHttps()],
])("a certificate that is not trusted ends the handshake, not the request: %s", async (_, fetch) => {
  const { port, done } = await startHttps();
  expect(await outcomeOf({ ...at(port), fetch })).toBe("not_applied");
  expect(done.requests).toBe(0);
});

test("nor does a certificate of another host", async () => {
  const { port, done } = await startHttps();
  const options = { baseUrl: `https://127.0.0.1:${port}`, fetch: fetchOverHttps({ ca: certificate.cert }) };
  expect(await outcomeOf(options)).toBe("not_applied");
  expect(done.requests).toBe(0);
});

test.each<[string, ArizeClientOptions["fetch"]]>([
  ["the runtime's fetch", undefined],
  ["one built on node:https", fetchOverHttps()],
])("a connection that is closed in the handshake never came to be: %s", async (_, fetch) => {
  const port = await startRaw((socket) => socket.end());
  expect(await outcomeOf({ ...at(port), fetch })).toBe("not_applied");
});

test("damage to a connection after the request proves nothing, although it is an ERR_SSL_*", async () => {
  const { port, done } = await startDamaged();
  const fetch = vi.fn(fetchOverHttps({ ca: certificate.cert }));
  const error = await rejection(resend({ ...at(port), fetch, maxRetries: 3 }));
  expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
  expect(String((error as Error).cause)).toMatch(/SSL routines/);
  expect(fetch).toHaveBeenCalledOnce();
  expect(done.requests).toBe(1);
});

test("a connect that fails otherwise than usual is one that failed", async () => {
  const { port } = await startHttps();
  const fetch = fetchOverHttps({ socketPath: "/nowhere/at/all.sock" });
  expect(await outcomeOf({ ...at(port), fetch })).toBe("not_applied");
});

test.each([403, 407, 502])("a proxy that answers CONNECT with %d has sent nothing on", async (status) => {
  const { port, done } = await startHttps();
  const proxy = await startProxy(status);
  const fetch = fetchThrough(proxy);
  expect(await outcomeOf({ ...at(port), fetch })).toBe("not_applied");
  expect(done.requests).toBe(0);
});

test("nor has one that closes the connection instead", async () => {
  const { port } = await startHttps();
  const proxy = `http://127.0.0.1:${await startRaw((socket) => socket.destroy())}`;
  const fetch = fetchThrough(proxy);
  expect(await outcomeOf({ ...at(port), fetch })).toBe("not_applied");
});

test("without any fetch nothing is sent, and it is not tried again", async () => {
  vi.stubGlobal("fetch", undefined);
  const error = await rejection(resend({ maxRetries: 3 }));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "not_applied", attempts: 1 });
  expect(error).toHaveProperty("message", expect.stringContaining("this runtime has no fetch"));
});

test("a port that fetch refuses to connect to is not tried again", async () => {
  const error = await rejection(resend({ baseUrl: "https://127.0.0.1:25", maxRetries: 3 }));
  expect(error).toMatchObject({ outcome: "not_applied", attempts: 1 });
});

test("a header that fetch refuses to send is not tried again", async () => {
  const bad: typeof fetch = (input, init) => fetch(input, { ...init, headers: { "x-team": "a\nb" } });
  const error = await rejection(resend({ fetch: bad, maxRetries: 3 }));
  expect(error).toMatchObject({ outcome: "not_applied", attempts: 1 });
});

test("a fetch that cannot represent a header of the response has sent the request", async () => {
  const sent: unknown[] = [];
  const fetch = async (url: unknown) => {
    sent.push(url);
    return new Response(null, { status: 204, headers: { "x-user": "Micha\u0142" } });
  };
  const error = await rejection(resend({ fetch: fetch as typeof globalThis.fetch, maxRetries: 3 }));
  expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
  expect(sent).toHaveLength(1);
});

const system = (code: string, syscall?: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, ...(syscall && { syscall }) });
const wrapped = (cause: unknown) => new TypeError("fetch failed", { cause });
const all = (...errors: unknown[]) =>
  wrapped(Object.assign(new AggregateError(errors), { code: "ECONNREFUSED" }));
const otherRealm = createContext({});
const cyclic = wrapped(undefined);
cyclic.cause = new Error("outer", { cause: cyclic });
const endless = (): object => ({
  message: "again",
  get cause() {
    return endless();
  },
});
const halfHostile = Object.defineProperty(system("ECONNREFUSED", "connect"), "message", {
  get: () => {
    throw new Error("no");
  },
});

test.each<[string, unknown]>([
  ["EACCES on connect", wrapped(system("EACCES", "connect"))],
  ["EMFILE on connect", wrapped(system("EMFILE", "connect"))],
  ["ETIMEDOUT on connect", wrapped(system("ETIMEDOUT", "connect"))],
  ["connects to several addresses", all(system("ECONNREFUSED", "connect"), system("ENETUNREACH", "connect"))],
  ["one error for two addresses", all(...new Array(2).fill(system("EHOSTUNREACH", "connect")))],
  ["a look-up by node:dns", wrapped(system("ESERVFAIL", "queryAaaa"))],
  [
    "an error of another realm",
    runInContext(
      'Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("connect EACCES"), { code: "EACCES", syscall: "connect" }) })',
      otherRealm,
    ),
  ],
  ["an object that is no Error", { message: "fetch failed", cause: { code: "ENOTFOUND" } }],
  [
    "a wrapper with a code of its own",
    Object.assign(wrapped(system("ECONNREFUSED", "connect")), { code: "ERR_NETWORK" }),
  ],
  [
    "node-fetch's, without a syscall",
    Object.assign(
      new Error("request to https://api.test/ failed, reason: connect EHOSTUNREACH 10.0.0.1:443"),
      { code: "EHOSTUNREACH", type: "system" },
    ),
  ],
  [
    "Deno's",
    new TypeError(
      "error sending request for url (https://api.test/): client error (Connect): tcp connect error: Connection refused (os error 111)",
    ),
  ],
  [
    "tunnel-agent's",
    Object.assign(new Error("tunneling socket could not be established, statusCode=407"), {
      code: "ECONNRESET",
    }),
  ],
  ["an expired certificate", wrapped(system("CERT_HAS_EXPIRED"))],
  ["one with a message that throws", halfHostile],
])("%s proves that nothing was sent", async (_, error) => {
  expect(await outcomeOf(failingWith(error))).toBe("not_applied");
});

test.each<[string, unknown]>([
  [
    "a read that failed beside a connect",
    all(system("ECONNREFUSED", "connect"), system("ECONNRESET", "read")),
  ],
  ["an AggregateError of nothing", wrapped(new AggregateError([]))],
  ["an AggregateError of who knows what", all(undefined, system("ECONNREFUSED", "connect"))],
  ["a host that became unreachable", wrapped(system("EHOSTUNREACH", "read"))],
  ["ETIMEDOUT, of what is not said", wrapped(system("ETIMEDOUT"))],
  [
    "a reset whose cause is another request's",
    wrapped(Object.assign(system("ECONNRESET", "read"), { cause: system("ECONNREFUSED", "connect") })),
  ],
  [
    "an alert about a certificate, after the handshake",
    wrapped(system("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED")),
  ],
  ["a record that cannot be decrypted", wrapped(system("ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC"))],
  ["a broken handshake that a write noticed", wrapped(system("EPROTO", "write"))],
  ["a page that speaks of a connect", new Error("Unexpected token: proxy says connect ECONNREFUSED")],
  [
    "Deno's, after the connect",
    new TypeError(
      "error sending request for url (https://api.test/?email=(Connect)): client error (SendRequest)",
    ),
  ],
  ["a browser's", new TypeError("Failed to fetch")],
  ["causes in a circle", cyclic],
  ["causes without end", endless()],
  ["a failed read", fetchFailure("ECONNRESET")],
])("%s proves nothing", async (_, error) => {
  expect(await outcomeOf(failingWith(error))).toBe("unknown");
});

test("a response without a status, such as a network error, is tried again where that is safe", async () => {
  const fetch = vi.fn(async () => Response.error());
  const error = await rejection(resend({ fetch, maxRetries: 1 }));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
  expect(error).toHaveProperty("message", expect.stringContaining("a response without a status"));
});

test("a redirect that the runtime hides names baseUrl, and is not tried again", async () => {
  const hidden = { status: { value: 0 }, type: { value: "opaqueredirect" } };
  const fetch = async () => Object.defineProperties(new Response(null), hidden);
  const client = new ArizeClient({ apiKey: "test-key", prereleaseWarnings: false, fetch });
  const error = await rejection(client.users.delete({ userId: "u1" }));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
  expect(error).toHaveProperty("message", expect.stringContaining("check baseUrl"));
});

test("in a bulk call, too, a cache's word after a password may be out is not the API's", async () => {
  const fetch = vi.fn(
    async () => new Response("first byte timeout", { status: 503, headers: { "retry-after": "0" } }),
  );
  const client = new ArizeClient({ apiKey: "test-key", prereleaseWarnings: false, fetch });
  const role = { type: "predefined", name: "member" } as const;
  const user = { name: "Ada", email: "ada@example.com", role, inviteMode: "temporary_password" } as const;
  const [result] = await client.users.createMany({ users: [user] });
  expect(result).toMatchObject({ status: "failed", cause: { status: 503, outcome: "unknown", attempts: 1 } });
  expect(fetch).toHaveBeenCalledOnce();
});
