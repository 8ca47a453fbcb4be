/** The parts that describe, judge and copy what `fetch` threw, each by itself. */
import { describe, expect, test } from "vitest";
import { copyOfCause } from "../../src/errors/cause/copy-cause.ts";
import { evidenceIn } from "../../src/errors/cause/evidence.ts";
import { factsOf } from "../../src/errors/cause/facts.ts";
import { codeOf, reasonOf } from "../../src/errors/cause/reason.ts";

const PROXY = "Proxy response (407) !== 200 when HTTP Tunneling";
const INVALID = "Headers.append: x is an invalid header value";

/** What matches an error of this code, syscall and message, and what does not. The last ones have the text in another place. */
const CASES: [
  words: string | undefined,
  proof: string | undefined,
  code: string,
  syscall: string,
  message: string,
][] = [
  ["connection reset", "nothing", "ECONNRESET", "read", ""],
  ["connection closed", "nothing", "EPIPE", "write", "write EPIPE"],
  ["connection reset", "nothing", "ECONNRESET", "", "ECONNRESET read: x"],
  [
    "connection closed during the TLS handshake",
    "not connected",
    "",
    "",
    "Client network socket disconnected before secure TLS connection was established",
  ],
  ["the proxy refused the tunnel with HTTP {status}", "not connected", "UND_ERR_ABORTED", "", PROXY],
  [undefined, undefined, "", "", `It said ${PROXY}`],
  ["could not connect through the proxy", "not connected", "UND_ERR_PRX_CONN", "", ""],
  ["could not connect through the proxy", "not connected", "UND_ERR_PRX_TLS", "", ""],
  ["could not connect through the proxy", "not connected", "ERR_PROXY_TUNNEL", "", ""],
  [
    "could not connect through the proxy",
    "not connected",
    "ECONNRESET",
    "",
    "tunneling socket could not be established, cause=x",
  ],
  [undefined, undefined, "MY_ERR_PROXY_TUNNEL", "", ""],
  [undefined, undefined, "", "", "the tunneling socket could not be established"],
  ["could not resolve {hostname}", "not connected", "ENOTFOUND", "", ""],
  ["could not resolve {hostname}", "not connected", "EAI_AGAIN", "getaddrinfo", ""],
  ["could not resolve {hostname}", "not connected", "X", "getaddrinfo", ""],
  ["could not resolve {hostname}", "not connected", "X", "queryAaaa", ""],
  [undefined, undefined, "X", "queryaaaa", ""],
  [undefined, undefined, "MY_ENOTFOUND", "", ""],
  [undefined, undefined, "X", "my getaddrinfo", ""],
  ["could not resolve {hostname}", undefined, "DNSException", "", ""],
  ["could not resolve {hostname}", undefined, "", "", "a DNS error: x"],
  ["could not resolve {hostname}", undefined, "", "", "failed to lookup address information"],
  [undefined, undefined, "MyDNSException", "", ""],
  [undefined, undefined, "X", "", "a : dns error"],
  ["connection refused by {target}", "not connected", "ECONNREFUSED", "connect", ""],
  [undefined, undefined, "MY_ECONNREFUSED", "", ""],
  ["connection refused by {target}", undefined, "ConnectionRefused", "", ""],
  ["connection refused by {target}", undefined, "", "", "tcp: Connection refused (os error 111)"],
  [undefined, undefined, "MyConnectionRefused", "", ""],
  [undefined, undefined, "X", "", "a : connection refused"],
  ["timed out connecting to {target}", "not connected", "UND_ERR_CONNECT_TIMEOUT", "", ""],
  ["timed out connecting to {target}", "not connected", "ETIMEDOUT", "connect", ""],
  [undefined, undefined, "MY_UND_ERR_CONNECT_TIMEOUT", "", ""],
  ["{target} is unreachable", "nothing", "EHOSTUNREACH", "", ""],
  ["{target} is unreachable", "not connected", "ENETDOWN", "connect", ""],
  [undefined, undefined, "MY_EHOSTUNREACH", "", ""],
  ["could not connect to {target}", "not connected", "X", "connect", ""],
  ["could not connect to {target}", "not connected", "X", "", "connect EACCES 10.0.0.1"],
  ["could not connect to {target}", "not connected", "", "", "request to x failed, reason: connect EACCES"],
  [
    "could not connect to {target}",
    "not connected",
    "",
    "",
    "error sending request for url: client error (Connect): x",
  ],
  [undefined, undefined, "X", "my connect", ""],
  [undefined, undefined, "X", "", "it could not connect EACCES"],
  [undefined, undefined, "X", "", "error sending request for url: client error (Connect)"],
  ...[
    ...["CERT_HAS_EXPIRED", "CRL_HAS_EXPIRED", "UNABLE_TO_GET_ISSUER_CERT", "ERROR_IN_CERT_NOT_AFTER_FIELD"],
    ...["ERR_TLS_CERT_ALTNAME_INVALID", "SELF_SIGNED_CERT_IN_CHAIN", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ...["INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED", "HOSTNAME_MISMATCH"],
  ].map((code): (typeof CASES)[number] => ["certificate is not trusted", "not connected", code, "", ""]),
  [undefined, undefined, "MY_CERT_HAS_EXPIRED", "", ""],
  [undefined, undefined, "INVALID_CAT", "", ""],
  ["TLS failed", "nothing", "ERR_SSL_WRONG_VERSION_NUMBER", "", ""],
  ["TLS failed", "nothing", "EPROTO", "", ""],
  [undefined, undefined, "MY_ERR_SSL_X", "", ""],
  ["the response is not valid HTTP", "nothing", "HPE_INVALID_VERSION", "", ""],
  ["the response is not valid HTTP", undefined, "", "", "client error: HTTP/1.1 protocol"],
  ["the response is not valid HTTP", undefined, "", "", "a Parse error"],
  [undefined, undefined, "MY_HPE_X", "", ""],
  [undefined, undefined, "X", "", "a : parse error"],
  ["connection reset", "nothing", "ECONNABORTED", "", ""],
  ["connection reset", undefined, "ConnectionReset", "", ""],
  ["connection reset", undefined, "", "", "the Connection reset by peer"],
  [undefined, undefined, "MyConnectionReset", "", ""],
  [undefined, undefined, "X", "", "a : connection reset"],
  ["connection closed", undefined, "ConnectionClosed", "", ""],
  ["connection closed", "nothing", "UND_ERR_SOCKET", "", ""],
  ["connection closed", "nothing", "UND_ERR_CLOSED", "", ""],
  ["connection closed", "nothing", "UND_ERR_DESTROYED", "", ""],
  [undefined, undefined, "MyConnectionClosed", "", ""],
  ["connection timed out", "nothing", "ETIMEDOUT", "", ""],
  [undefined, undefined, "MY_ETIMEDOUT", "", ""],
  ["fetch does not connect to port {port}", "not made", "", "", "bad port"],
  [undefined, undefined, "", "", "a : bad port"],
  [undefined, undefined, "", "", "bad portal"],
  [undefined, "not made", "UND_ERR_INVALID_ARG", "", ""],
  [undefined, "not made", "UND_ERR_NOT_SUPPORTED", "", ""],
  [undefined, "not made", "", "", "Failed to parse URL from x"],
  [undefined, "not made", "", "", INVALID],
  [undefined, "not made", "", "", `${INVALID}.`],
  [undefined, "not made", "", "", `Headers.append: a\nb ${INVALID}.`],
  [undefined, undefined, "", "", `${INVALID} of the response`],
  [undefined, undefined, "X", "", "Failed to parse URL from x"],
  [undefined, undefined, "MY_UND_ERR_INVALID_ARG", "", ""],
  [undefined, "nothing", "ENOMEM", "", ""],
  [undefined, "nothing", "UND_ERR_BODY_TIMEOUT", "", ""],
  [undefined, "nothing", "ERR_HTTP2_STREAM_ERROR", "", ""],
  [undefined, "nothing", "ERR_STREAM_PREMATURE_CLOSE", "", ""],
  [undefined, undefined, "ERR_INVALID_ARG_TYPE", "", ""],
  [undefined, undefined, "Error", "", ""],
];

test.each(CASES)("%s, proves %s: %s %s: %s", (words, proof, code, syscall, message) => {
  const given = Object.fromEntries(
    Object.entries({ code, syscall, message }).filter(([, text]) => text !== ""),
  );
  const facts = factsOf(given);
  expect(facts.find((fact) => fact.words)?.words).toBe(words);
  expect(facts.find(({ proves }) => proves)?.proves).toBe(proof);
});

const HTTPS = new URL("https://api.test/v2/users");

describe("the reason", () => {
  test.each<[cause: unknown, reason: string]>([
    [{ code: "ENOTFOUND", hostname: "dns.test" }, "could not resolve dns.test (ENOTFOUND)"],
    [{ code: "ENOTFOUND" }, "could not resolve api.test (ENOTFOUND)"],
    [{ code: "ECONNREFUSED" }, "connection refused by api.test:443 (ECONNREFUSED)"],
    [
      { code: "ECONNREFUSED", address: "10.0.0.1", port: 8443 },
      "connection refused by 10.0.0.1:8443 (ECONNREFUSED)",
    ],
    [{ code: "ECONNREFUSED", address: "10.0.0.1" }, "connection refused by 10.0.0.1 (ECONNREFUSED)"],
    [{ code: "ECONNREFUSED", address: "::1", port: 443 }, "connection refused by [::1]:443 (ECONNREFUSED)"],
    [{ code: "ECONNREFUSED", address: "[::1]", port: 443 }, "connection refused by [::1]:443 (ECONNREFUSED)"],
    [
      {
        errors: [
          { code: "ECONNREFUSED", address: "::1", port: 1 },
          { code: "ECONNREFUSED", address: "127.0.0.1", port: 1 },
          { code: "ETIMEDOUT", address: "10.0.0.9" },
        ],
      },
      "connection refused by [::1]:1 and 127.0.0.1:1 (ECONNREFUSED)",
    ],
    [{ message: "fetch failed", cause: { message: " a\n  b " } }, "no complete response (a b)"],
    [{ message: "fetch failed", cause: { code: "E_MINE", message: "x" } }, "no complete response (E_MINE)"],
    [{ name: "MyError", cause: { message: " " } }, "no complete response (MyError)"],
    [{ message: "x".repeat(200) }, `no complete response (${"x".repeat(200)})`],
    [{ message: "x".repeat(201) }, `no complete response (${"x".repeat(200)}…)`],
    [{}, "no complete response (an object)"],
    [" enough ", "no complete response (enough)"],
    ["", "no complete response (unknown reason)"],
    [null, "no complete response (null)"],
    [undefined, "no complete response (undefined)"],
    [
      { message: "tcp connection refused (os error 111)" },
      "connection refused by api.test:443 (tcp connection refused (os error 111))",
    ],
  ])("of %j is %s", (cause, reason) => {
    expect(reasonOf(cause, HTTPS)).toBe(reason);
  });

  test.each([
    ["http://api.test/", "connection refused by api.test:80 (ECONNREFUSED)"],
    ["http://api.test:8080/", "connection refused by api.test:8080 (ECONNREFUSED)"],
    ["http://[::1]:8080/", "connection refused by [::1]:8080 (ECONNREFUSED)"],
  ])("names the place of %s", (url, reason) => {
    expect(reasonOf({ code: "ECONNREFUSED" }, new URL(url))).toBe(reason);
  });

  test.each<[cause: unknown, code: string | undefined]>([
    [{ code: "ECONNRESET" }, "ECONNRESET"],
    [{ message: "x", cause: { code: "E2" } }, "E2"],
    [{ code: "no code", cause: { code: "E3" } }, "E3"],
    [{ code: "x".repeat(60) }, "x".repeat(60)],
    [{ code: "x".repeat(61) }, undefined],
    [{ code: "-x" }, undefined],
    [{ code: "x-" }, undefined],
    [{ code: 5 }, undefined],
    ["ECONNRESET", undefined],
    [null, undefined],
  ])("the code of %j is %s", (cause, code) => {
    expect(codeOf(cause)).toBe(code);
  });
});

test.each<[cause: unknown, proof: string | undefined]>([
  ["ECONNREFUSED", undefined],
  [null, undefined],
  [{ cause: { code: "ECONNREFUSED", syscall: "connect" } }, "not connected"],
  [{ code: "ECONNRESET", cause: { code: "ECONNREFUSED" } }, undefined],
  [{ errors: [{ code: "ECONNREFUSED" }, { code: "ENETUNREACH", syscall: "connect" }] }, "not connected"],
  [{ errors: [{ code: "ECONNREFUSED" }, { code: "ECONNRESET" }] }, undefined],
  [{ errors: [], cause: { code: "ECONNREFUSED" } }, "not connected"],
])("%j proves %s", (cause, proof) => {
  expect(evidenceIn(cause)).toBe(proof);
});

describe("a copy", () => {
  const redact = (text: string) => text.replaceAll("secret", "[key]");
  const copy = (thrown: unknown) => copyOfCause(thrown, redact) as Record<string, unknown> & Error;

  test("has the fields of system errors, hidden where an error hides them, and nothing else", () => {
    const fields = { code: "E", errno: -2, syscall: "connect", hostname: "h", address: "a", port: 1 };
    const thrown = Object.assign(new TypeError("with secret"), fields, { raw: "bytes", path: "/p" });
    const copied = copy(thrown);
    expect(copied).toBeInstanceOf(Error);
    expect({ ...copied }).toEqual(fields);
    expect([copied.name, copied.message]).toEqual(["TypeError", "with [key]"]);
    expect(Object.keys(copied).includes("name")).toBe(false);
    expect(Object.keys(copy(new Error("x")))).toEqual([]);
    expect(Object.hasOwn(copy(new Error("x")), "name")).toBe(false);
    for (const name of ["name", "stack"]) {
      expect(Object.getOwnPropertyDescriptor(copied, name)).toMatchObject({
        writable: true,
        configurable: true,
        enumerable: false,
      });
    }
    expect(copy({ code: true, port: {}, message: "m" })).not.toHaveProperty("code");
  });

  test("keeps five frames of the stack, under its own head", () => {
    const frames = Array.from({ length: 7 }, (_, index) => `    at secret${index} (file.js)`);
    const stack = ["TypeError: with secret", "  at no frame", "more    at x", ...frames].join("\n");
    const copied = copy(Object.assign(new TypeError("with secret"), { stack }));
    const shown = frames.slice(0, 5).map((line) => line.replace("secret", "[key]"));
    expect(copied.stack).toBe(["TypeError: with [key]", ...shown].join("\n"));
    expect(copy({ name: "Own", message: "m" }).stack).toBe("Own: m");
  });

  test("of what is no error is an object, of a primitive the primitive, of a function a word", () => {
    expect(copy({ code: "E" })).toEqual({ code: "E" });
    expect(copy({ code: "E" })).not.toBeInstanceOf(Error);
    expect(copy({ code: "E" })).not.toHaveProperty("stack");
    expect(copy({ name: "N" })).toBeInstanceOf(Error);
    expect(copy({ message: "m" })).toBeInstanceOf(Error);
    for (const value of [null, undefined, 5, true, 5n, "text"]) expect(copy(value)).toBe(value);
    const symbol = Symbol("x");
    expect(copy(symbol)).toBe(symbol);
    expect(copy(Symbol("secret"))).toBe("Symbol([key])");
    expect(copy("a secret")).toBe("a [key]");
    expect(copy(() => {})).toBe("a function");
  });

  test("cuts long text", () => {
    expect(copy("x".repeat(2_000))).toBe("x".repeat(2_000));
    expect(copy("x".repeat(2_001))).toBe(`${"x".repeat(2_000)}…`);
  });

  test("goes down eight causes, knows those that it has seen, and ends after thirty", () => {
    const chain = Array.from({ length: 12 }).reduceRight<object | undefined>(
      (cause, _, index) => ({ code: `E${index}`, cause }),
      undefined,
    );
    let depth = 0;
    for (let link: unknown = copy(chain); link !== undefined; link = (link as Error).cause) depth += 1;
    expect(depth).toBe(8);
    const cycle: { code: string; cause?: unknown } = { code: "E" };
    cycle.cause = cycle;
    const copied = copy(cycle);
    expect(copied.cause).toBe(copied);
    const many = copy({ errors: Array.from({ length: 30 }, (_, index) => ({ code: `E${index}` })) });
    expect((many["errors"] as unknown[]).filter((one) => one !== undefined)).toHaveLength(29);
    expect(copy({ code: "E" })).not.toHaveProperty("cause");
    expect(Object.keys(copy({ code: "E", cause: 1, errors: [] }))).toEqual(["code"]);
  });

  test("has thirty items of a list, and one more for the rest", () => {
    const listOf = (length: number) => copy({ errors: Array.from({ length }, () => "x") })["errors"];
    expect(listOf(30)).toEqual(Array.from({ length: 30 }, () => "x"));
    expect(listOf(31)).toEqual([...Array.from({ length: 30 }, () => "x"), undefined]);
    expect(copy({ errors: "text" })["errors"]).toBeUndefined();
    const deep = {
      errors: [
        { errors: [{ errors: [{ errors: [{ errors: [{ errors: [{ errors: [{ errors: [{}] }] }] }] }] }] }] },
      ],
    };
    let depth = 0;
    for (let link: unknown = copy(deep); link !== undefined; depth += 1)
      link = (link as { errors?: unknown[] }).errors?.[0];
    expect(depth).toBe(8);
  });
});
