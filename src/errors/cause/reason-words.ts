/** A failed fetch, as the system or the runtime describes it. */
export interface Failed {
  readonly code: string;
  readonly syscall: string;
  readonly message: string;
  /** The name that was to be resolved. */
  readonly hostname: string;
  /** Where a connection was tried to: `127.0.0.1:9`. */
  readonly target: string;
}

type Words = string | ((failed: Failed) => string);

/** By code, the first that fits. Codes of Node (`dns`, `net`, `tls`), of undici (`UND_ERR_*`, `HPE_*`) and of Bun. */
const BY_CODE: readonly (readonly [RegExp, Words])[] = [
  [
    /^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL|EREFUSED|ETIMEOUT|DNSException)$/,
    ({ hostname }) => `could not resolve ${hostname}`,
  ],
  [/^(ECONNREFUSED|ConnectionRefused)$/, ({ target }) => `connection refused by ${target}`],
  [/^(ERR_PROXY_\w+|UND_ERR_PRX_\w+)$/, "could not connect through the proxy"],
  [/^(UND_ERR_CONNECT_TIMEOUT)$/, ({ target }) => `timed out connecting to ${target}`],
  [/^UND_ERR_HEADERS_TIMEOUT$/, "timed out waiting for the response"],
  [/^UND_ERR_BODY_TIMEOUT$/, "timed out reading the response"],
  [/^ERR_TLS_CERT_ALTNAME_|^ERR_TLS_CERT|CERT|^UNABLE_TO_/, "certificate is not trusted"],
  [/^(ERR_TLS_|ERR_SSL_|EPROTO$)/, "TLS failed"],
  [/^(HPE_HEADER_OVERFLOW|UND_ERR_HEADERS_OVERFLOW)$/, "the response headers are too large"],
  [/^HPE_/, "the response is not valid HTTP"],
  [/^UND_ERR_RES_\w+$/, "the response body is too short or too long"],
  [/^UND_ERR_RES_EXCEEDED_MAX_SIZE$/, "the response is too large"],
  [
    /^(Z_\w+|ZlibError|ERR_\w*(ZLIB|BROTLI)\w*|ERR__ERROR_FORMAT\w*)$/,
    "the response could not be decompressed",
  ],
  [/^(ECONNRESET|ECONNABORTED|ConnectionReset)$/, "connection reset"],
  [
    /^(EPIPE|UND_ERR_SOCKET|UND_ERR_CLOSED|UND_ERR_DESTROYED|ConnectionClosed|ERR_STREAM_PREMATURE_CLOSE)$/,
    "connection closed",
  ],
  [/^ETIMEDOUT$/, "connection timed out"],
  [/^E(HOST|NET)(UNREACH|DOWN)$/, ({ target }) => `${target} is unreachable`],
  [/^FailedToOpenSocket$/, ({ target }) => `could not connect to ${target}`],
];

/** Of any code: what the syscall and the message say about a connection that was never made. */
const BY_CONTEXT: readonly (readonly [(failed: Failed) => boolean, Words])[] = [
  [
    ({ message }) => /proxy response|tunnel/i.test(message) && /\b[345]\d\d\b/.test(message),
    ({ message }) => `the proxy refused the tunnel with HTTP ${/\b[345]\d\d\b/.exec(message)?.[0]}`,
  ],
  [
    ({ message }) => /before secure TLS connection/i.test(message),
    "connection closed during the TLS handshake",
  ],
  [
    ({ code, syscall }) => syscall === "connect" && /^ETIMEDOUT$/.test(code),
    ({ target }) => `timed out connecting to ${target}`,
  ],
];

/** The words for an error with a code, or undefined for a code that is not known. */
export function wordsFor(failed: Failed): string | undefined {
  const words =
    BY_CONTEXT.find(([fits]) => fits(failed))?.[1] ??
    BY_CODE.find(([code]) => code.test(failed.code))?.[1] ??
    (failed.syscall === "connect" ? `could not connect to ${failed.target}` : undefined);
  return typeof words === "function" ? words(failed) : words;
}

/** Messages of runtimes that give no code: Deno's, and that of a port which fetch blocks. */
const BY_MESSAGE: readonly (readonly [RegExp, (url: URL) => string])[] = [
  [/^bad port$/i, ({ port }) => `fetch does not connect to port ${port}`],
  [/\bdns error\b|failed to lookup address/i, ({ hostname }) => `could not resolve ${hostname}`],
  [/HTTP\/1\.1 protocol|\bparse error\b/i, () => "the response is not valid HTTP"],
  [/connection refused/i, ({ host }) => `connection refused by ${host}`],
  [/invalid peer certificate|self.signed certificate/i, () => "certificate is not trusted"],
  [/connection reset/i, () => "connection reset"],
];

export const wordsForMessage = (message: string, url: URL): string | undefined =>
  BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1](url);
