import { textOf } from "../field-of.ts";

/**
 * What an error proves about the request: that it did not reach the server, that it was never made, or nothing, whatever
 * its causes are.
 */
type Proof = "not connected" | "not made" | "nothing";

const NOT_CONNECTED = "not connected";

/**
 * What an error looks like (see {@link factsOf}), what that is in words, and what it proves. The first that fits and has
 * words describes an error; the first that fits and proves something decides. Codes are those of Node (`dns`, `net`,
 * `tls`), undici (`UND_ERR_*`, `HPE_*`) and Bun; messages without a code are those of Deno and of fetch.
 */
const FACTS: readonly (readonly [pattern: RegExp, words: string, proves?: Proof])[] = [
  [/^\S* (read|write):/, "", "nothing"],
  [
    /: Client network socket disconnected before secure TLS connection was established/,
    "connection closed during the TLS handshake",
    NOT_CONNECTED,
  ],
  [
    /^\S* \S*: Proxy response \((?<status>\d+)\) !== 200 when HTTP Tunneling/,
    "the proxy refused the tunnel with HTTP {status}",
    NOT_CONNECTED,
  ],
  [
    // The message is tunnel-agent's.
    /^(UND_ERR_PRX_(CONN|TLS)|ERR_PROXY_TUNNEL) |^\S* \S*: tunneling socket could not be established/,
    "could not connect through the proxy",
    NOT_CONNECTED,
  ],
  // `node:dns` names its queries: queryA, queryAaaa.
  [/^(ENOTFOUND|EAI_\w+) |^\S* (getaddrinfo|query[A-Z]\w*):/, "could not resolve {hostname}", NOT_CONNECTED],
  [/^DNSException |^ : .*(dns error|failed to lookup address)/i, "could not resolve {hostname}"],
  [/^ECONNREFUSED /, "connection refused by {target}", NOT_CONNECTED],
  [/^ConnectionRefused |^ : .*connection refused/i, "connection refused by {target}"],
  [/^UND_ERR_CONNECT_TIMEOUT |^ETIMEDOUT connect:/, "timed out connecting to {target}", NOT_CONNECTED],
  [/^E(HOST|NET)(UNREACH|DOWN) /, "{target} is unreachable"],
  [
    // The messages are those of libraries that hide the syscall (node-fetch), and of Deno.
    /^\S* connect:|^\S* \S*: (.*reason: )?connect E[A-Z]|^ : error sending request\b.*: client error \(Connect\)/,
    "could not connect to {target}",
    NOT_CONNECTED,
  ],
  [
    // X.509 verification errors, as Node and Bun name them after OpenSSL. `ERR_SSL_*` is not among them: it may come from
    // an established connection, after the request. So may an alert about a certificate (TLS 1.3), an `ERR_SSL_*` too.
    /^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|ERR_TLS_CERT_ALTNAME_|(DEPTH_ZERO_)?SELF_SIGNED_CERT|(INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH) )/,
    "certificate is not trusted",
    NOT_CONNECTED,
  ],
  [/^(ERR_(TLS|SSL)_|EPROTO )/, "TLS failed"],
  [/^HPE_|^ : .*(HTTP\/1\.1 protocol|parse error)/i, "the response is not valid HTTP"],
  [/^(ECONNRESET|ECONNABORTED|ConnectionReset) |^ : .*connection reset/i, "connection reset"],
  [/^(EPIPE|ConnectionClosed|UND_ERR_(SOCKET|CLOSED|DESTROYED)) /, "connection closed"],
  [/^ETIMEDOUT /, "connection timed out"],
  [/^ : bad port$/, "fetch does not connect to port {port}", "not made"],
  [
    // undici checks a request before it connects. A bad header *name* is not here: a `fetch` built on HTTP/2 may trip over
    // the response's.
    /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED) |^ : (Failed to parse URL from |Cannot convert argument to a ByteString|.*is an invalid header value\.?$)/s,
    "",
    "not made",
  ],
  // Of systems, undici, OpenSSL and the HTTP parser, all of which may speak of an established connection.
  [/^(E(?!RR_)[A-Z]|UND_ERR_|HPE_|ERR_(SSL|TLS|HTTP2|STREAM)_)/, "", "nothing"],
];

/** What fits `<code> <syscall>: <message>` of an error, any of which may be missing. */
export function factsOf(link: object) {
  const [code = "", syscall = "", message = ""] = ["code", "syscall", "message"].map((name) =>
    textOf(link, name),
  );
  const text = `${code} ${syscall}: ${message}`;
  return FACTS.flatMap(([pattern, words, proves]) => {
    const found = pattern.exec(text);
    return found ? [{ words, proves, groups: found.groups }] : [];
  });
}
