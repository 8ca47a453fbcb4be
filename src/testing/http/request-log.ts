import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { inspect } from "node:util";
import type { SandboxRequest } from "../types.ts";

/** All requests received, in order of arrival. There may be hundreds of thousands, so each is stored compactly. */
export class RequestLog {
  readonly requests: LoggedRequest[] = [];
  // Clients send the same headers with every request, so one copy is shared.
  readonly #headerTexts = new Map<string, string>();

  add({ method = "", url = "", headers }: IncomingMessage): LoggedRequest {
    const text = JSON.stringify(headers);
    const headerText = this.#headerTexts.get(text) ?? text;
    this.#headerTexts.set(headerText, headerText);
    const request = new LoggedRequest(method, url, headerText);
    this.requests.push(request);
    return request;
  }
}

/**
 * A request, stored as raw text. Query, headers and body are parsed on each read. They are own properties, so that a request
 * can be printed, spread and compared like a plain object.
 */
export class LoggedRequest implements SandboxRequest {
  // All requests share the accessors, to save memory.
  static readonly #made = {
    query: member((request: LoggedRequest) => new URLSearchParams(request.#queryText)),
    headers: member((request: LoggedRequest) => parseHeaders(request.#headerText)),
    body: member((request: LoggedRequest) => parseBody(request.#bodyText)),
  };

  readonly method: string;
  readonly path: string;
  declare readonly query: URLSearchParams;
  declare readonly headers: Readonly<Record<string, string>>;
  declare readonly body?: unknown;
  declare status?: number;
  readonly receivedAtMs = performance.timeOrigin + performance.now();
  readonly #queryText: string;
  readonly #headerText: string;
  #bodyText = "";

  constructor(method: string, url: string, headerText: string) {
    const queryAt = url.includes("?") ? url.indexOf("?") : url.length;
    this.method = method;
    this.path = url.slice(0, queryAt);
    this.#queryText = url.slice(queryAt);
    this.#headerText = headerText;
    Object.defineProperty(this, "query", LoggedRequest.#made.query);
    Object.defineProperty(this, "headers", LoggedRequest.#made.headers);
  }

  /** Adds the body, once it is complete. */
  addBody(text: string): void {
    if (text === "") return;
    this.#bodyText = text;
    Object.defineProperty(this, "body", LoggedRequest.#made.body);
  }

  [inspect.custom](): SandboxRequest {
    return { ...this };
  }
}

function member<Owner>(make: (owner: Owner) => unknown): PropertyDescriptor {
  return {
    enumerable: true,
    get(this: Owner) {
      return make(this);
    },
  };
}

function parseHeaders(text: string): Record<string, string> {
  const headers: IncomingHttpHeaders = JSON.parse(text);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = ""]) => [name, [value].flat().join(", ")]),
  );
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
