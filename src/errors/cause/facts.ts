import { textOf } from "../field-of.ts";

/**
 * What an error proves about the request: it did not reach the server, or it was never made. `nothing` also overrules the
 * causes of the error.
 */
type Proof = "not connected" | "not made" | "nothing";

const NOT_CONNECTED = "not connected";

/**
 * Patterns of errors (see {@link factsOf}) with their description and what they prove. The first match with a description
 * describes the error; the first match with a proof decides. Codes are those of Node (`dns`, `net`, `tls`), undici (`UND_ERR_*`,
 * `HPE_*`) and Bun. Messages without a code are those of Deno and of fetch.
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
    // The message is that of tunnel-agent.
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
    // The messages are those of Deno, and of libraries that hide the syscall (node-fetch).
    /^\S* connect:|^\S* \S*: (.*reason: )?connect E[A-Z]|^ : error sending request\b.*: client error \(Connect\)/,
    "could not connect to {target}",
    NOT_CONNECTED,
  ],
  [
    // X.509 verification errors, which Node and Bun name after OpenSSL. `ERR_SSL_*` is not included, since it may come from
    // an established connection, after the request; with TLS 1.3 also as an alert about a certificate.
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
    // undici checks a request before it connects. A bad header *name* and a character that no header can have are not
    // included: a `fetch` built on another library may report those of a response.
    /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED) |^ : (Failed to parse URL from |.*is an invalid header value\.?$)/s,
    "",
    "not made",
  ],
  // Errors of the system, undici, OpenSSL and the HTTP parser, all of which may occur on an established connection.
  [/^(E(?!RR_)[A-Z]|UND_ERR_|HPE_|ERR_(SSL|TLS|HTTP2|STREAM)_)/, "", "nothing"],
];

/** Returns the facts that match an error's `<code> <syscall>: <message>`; any of the three may be missing. */
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
