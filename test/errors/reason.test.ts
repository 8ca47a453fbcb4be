import { createServer } from "node:net";
import { ArizeClient } from "ax-users";
import { expect, test, vi } from "vitest";
import { rejection } from "../helpers/server.ts";

const options = { apiKey: "ak-test-key", prereleaseWarnings: false, maxRetries: 0 };

/** The message where `fetch` rejects so, without method and path. */
async function reasonOf(cause: unknown): Promise<string> {
  const fetch = () => Promise.reject(cause);
  const client = new ArizeClient({ ...options, baseUrl: "https://api.arize.invalid", fetch });
  const { message } = Object(await rejection(client.users.get({ userId: "u1" }))) as Error;
  return message.replace("GET /v2/users/u1: ", "");
}

const failed = (fields: object, message = "") =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(message), fields) });
const refused = (address: string) =>
  Object.assign(new Error(""), { code: "ECONNREFUSED", syscall: "connect", address, port: 9 });

test.each<[string, unknown, string]>([
  [
    "a name that is not known",
    failed({ code: "ENOTFOUND", hostname: "h.example" }),
    "could not resolve h.example (ENOTFOUND).",
  ],
  [
    "the same without the name",
    failed({ code: "EAI_AGAIN" }),
    "could not resolve api.arize.invalid (EAI_AGAIN).",
  ],
  [
    "a refusal",
    new TypeError("f", { cause: refused("127.0.0.1") }),
    "connection refused by 127.0.0.1:9 (ECONNREFUSED).",
  ],
  [
    "refusals by all addresses",
    new TypeError("f", {
      cause: Object.assign(new AggregateError([refused("::1"), refused("127.0.0.1")]), {
        code: "ECONNREFUSED",
      }),
    }),
    "connection refused by [::1]:9 and 127.0.0.1:9 (ECONNREFUSED).",
  ],
  [
    "an AggregateError without a code",
    new AggregateError([refused("::1")]),
    "connection refused by [::1]:9 (ECONNREFUSED).",
  ],
  [
    "a refusal of Bun",
    failed({ code: "ConnectionRefused" }),
    "connection refused by api.arize.invalid:443 (ConnectionRefused).",
  ],
  [
    "a connection that takes too long",
    failed({ code: "UND_ERR_CONNECT_TIMEOUT" }),
    "timed out connecting to api.arize.invalid:443 (UND_ERR_CONNECT_TIMEOUT).",
  ],
  [
    "ETIMEDOUT on connect",
    failed({ code: "ETIMEDOUT", syscall: "connect", address: "10.0.0.1", port: 443 }),
    "timed out connecting to 10.0.0.1:443 (ETIMEDOUT).",
  ],
  ["ETIMEDOUT on read", failed({ code: "ETIMEDOUT", syscall: "read" }), "connection timed out (ETIMEDOUT)."],
  [
    "any other failed connect",
    failed({ code: "EMFILE", syscall: "connect" }),
    "could not connect to api.arize.invalid:443 (EMFILE).",
  ],
  [
    "no route",
    failed({ code: "EHOSTUNREACH", syscall: "connect", address: "10.0.0.1", port: 443 }),
    "10.0.0.1:443 is unreachable (EHOSTUNREACH).",
  ],
  ["a reset", failed({ code: "ECONNRESET", syscall: "read" }), "connection reset (ECONNRESET)."],
  ["a close", failed({ code: "UND_ERR_SOCKET" }, "other side closed"), "connection closed (UND_ERR_SOCKET)."],
  [
    "a self-signed certificate",
    failed({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
    "certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT).",
  ],
  [
    "an expired certificate",
    failed({ code: "CERT_HAS_EXPIRED" }),
    "certificate is not trusted (CERT_HAS_EXPIRED).",
  ],
  [
    "a certificate of another host",
    failed({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }),
    "certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID).",
  ],
  [
    "another protocol",
    failed({ code: "ERR_SSL_WRONG_VERSION_NUMBER" }),
    "TLS failed (ERR_SSL_WRONG_VERSION_NUMBER).",
  ],
  [
    "an end in the handshake",
    failed(
      { code: "ECONNRESET" },
      "Client network socket disconnected before secure TLS connection was established",
    ),
    "connection closed during the TLS handshake (ECONNRESET).",
  ],
  [
    "a proxy that refuses",
    failed({ code: "UND_ERR_ABORTED" }, "Proxy response (407) !== 200 when HTTP Tunneling"),
    "the proxy refused the tunnel with HTTP 407 (UND_ERR_ABORTED).",
  ],
  [
    "a wrapper with a code of its own",
    Object.assign(failed({ code: "ECONNRESET" }), { code: "ERR_NETWORK" }),
    "connection reset (ECONNRESET).",
  ],
  ["a code that nobody knows", failed({ code: "E_ODD" }), "no complete response (E_ODD)."],
  [
    "Deno",
    new TypeError("error sending request: client error (Connect): dns error: failed to lookup address"),
    "could not resolve api.arize.invalid (error sending request: client error (Connect): dns error: failed to lookup address).",
  ],
  [
    "the innermost message",
    new TypeError("a", { cause: new Error("b", { cause: new Error("c") }) }),
    "no complete response (c).",
  ],
  [
    "an innermost message that is empty",
    new TypeError("a", { cause: new Error("b", { cause: new Error("") }) }),
    "no complete response (b).",
  ],
  ["no message at all", new TypeError(""), "no complete response (TypeError)."],
  ["an empty string", "", "no complete response (unknown reason)."],
  ["a message of many lines", new Error("a\n  b\n"), "no complete response (a b)."],
])("%s is told in words", async (_, cause, words) => {
  expect(await reasonOf(cause)).toBe(words);
});

test("a real refusal names the address", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  await new Promise((resolve) => server.close(resolve));
  const client = new ArizeClient({ ...options, baseUrl: `http://127.0.0.1:${port}` });
  expect(await rejection(client.users.get({ userId: "u1" }))).toHaveProperty(
    "message",
    `GET /v2/users/u1: connection refused by 127.0.0.1:${port} (ECONNREFUSED).`,
  );
});

test("a server that speaks no TLS", async () => {
  const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const client = new ArizeClient({ ...options, baseUrl: `https://127.0.0.1:${port}` });
  const error = await rejection(client.users.get({ userId: "u1" }));
  server.close();
  expect(error).toHaveProperty("message", expect.stringMatching(/: TLS failed \(ERR_SSL_\w+\)\.$/));
});

test("a runtime without fetch is told as that", async () => {
  vi.stubGlobal("fetch", undefined);
  const error = await rejection(new ArizeClient(options).users.get({ userId: "u1" }));
  vi.unstubAllGlobals();
  expect(error).toHaveProperty("message", expect.stringContaining("this runtime has no fetch"));
});
