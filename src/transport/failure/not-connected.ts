import { fieldOf, textOf } from "../../errors/field-of.ts";

/** What an error of `fetch` proves about the request: that it did not reach the server, that it was never made, or nothing. */
export type Evidence = "not connected" | "not made" | undefined;

/** A cause may be a getter that makes another error each time. */
const MOST_LINKS = 100;

/**
 * X.509 verification errors, as Node and Bun name them after OpenSSL. `ERR_SSL_*` is not among them: it may come from
 * an established connection, after the request. So may an alert about a certificate (TLS 1.3), which is an `ERR_SSL_*` too.
 */
const UNTRUSTED =
  /^((CERT|CRL)_|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)_|ERROR_IN_C(ERT|RL)_|ERR_TLS_CERT_ALTNAME_)\w+$|^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;

/** Codes that stand for a failed connect or lookup, with or without a `syscall` beside them; of undici and Node's proxy support as well. */
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_(CONN|TLS)|ERR_PROXY_TUNNEL)$/;

/**
 * Where only the text tells: the end of a handshake (Node), a refused CONNECT (undici, tunnel-agent), a connector that
 * failed (Deno), and libraries that hide the `syscall` (node-fetch).
 */
const SAYS_NEVER_CONNECTED =
  /^Client network socket disconnected before secure TLS connection was established|^Proxy response \(\d+\) !== 200 when HTTP Tunneling|^tunneling socket could not be established|^error sending request\b.*: client error \(Connect\)|(^|reason: )connect E[A-Z]+\b/;

/** undici checks a request before it connects; what a proxy answers with 407 also ends as an invalid argument. */
const NEVER_MADE = /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED)$/;

/** The same, where there is no code. A bad header *name* is not here: a `fetch` built on HTTP/2 may trip over the response's. */
const SAYS_NEVER_MADE =
  /^bad port$|^Failed to parse URL from |is an invalid header value\.?$|^Cannot convert argument to a ByteString/;

/** Codes of systems, undici, OpenSSL and the HTTP parser, all of which may speak of an established connection. */
const OF_A_CONNECTION = /^(E(?!RR_)[A-Z]|UND_ERR_|HPE_|ERR_(SSL|TLS|HTTP2|STREAM)_)/;

/** What is read of an error. Any part may be missing, whatever the error claims to be. */
interface Link {
  readonly code: string;
  readonly syscall: unknown;
  readonly message: string;
  readonly errors: unknown;
  readonly cause: unknown;
}

/**
 * What an error of `fetch` and its causes prove, from the outermost in: the first that says anything decides. They are
 * read by their shape, since an error of another realm (`node:vm`, Jest) is no instance of this one's `Error`.
 */
export function evidenceIn(error: unknown): Evidence {
  try {
    return evidence(error, new Set());
  } catch {
    // A list of errors may be a proxy that throws.
    return undefined;
  }
}

function evidence(error: unknown, seen: Set<unknown>): Evidence {
  for (let next = error; isNew(next, seen); ) {
    seen.add(next);
    const link = readLink(next);
    if (Array.isArray(link.errors) && link.errors.length > 0) return evidenceOfAll(link.errors, seen);
    if (isOfAConnection(link)) return undefined;
    if (isNotConnected(link)) return "not connected";
    if (isNotMade(link)) return "not made";
    next = link.cause;
  }
  return undefined;
}

const isNew = (error: unknown, seen: Set<unknown>): error is object =>
  typeof error === "object" && error !== null && !seen.has(error) && seen.size < MOST_LINKS;

/** Of an AggregateError, as of a host with several addresses: each of them has to prove it. */
function evidenceOfAll(errors: readonly unknown[], seen: Set<unknown>): Evidence {
  const all = [...new Set(errors)].every((one) => evidence(one, seen) !== undefined);
  return all ? "not connected" : undefined;
}

const isOfAConnection = (link: Link): boolean =>
  link.syscall === "read" ||
  link.syscall === "write" ||
  (OF_A_CONNECTION.test(link.code) && !isNotConnected(link) && !isNotMade(link));

const isNotMade = ({ code, message }: Link): boolean =>
  NEVER_MADE.test(code) || (!code && SAYS_NEVER_MADE.test(message));

const isNotConnected = ({ code, syscall, message }: Link): boolean =>
  syscall === "connect" ||
  syscall === "getaddrinfo" ||
  // `node:dns` names its queries: queryA, queryAaaa.
  (typeof syscall === "string" && /^query[A-Z]/.test(syscall)) ||
  NEVER_CONNECTED.test(code) ||
  UNTRUSTED.test(code) ||
  SAYS_NEVER_CONNECTED.test(message);

function readLink(error: object): Link {
  return {
    code: textOf(error, "code") ?? "",
    syscall: fieldOf(error, "syscall"),
    message: textOf(error, "message") ?? "",
    errors: fieldOf(error, "errors"),
    cause: fieldOf(error, "cause"),
  };
}
