import { ArizeClient } from "ax-users";
import { type Sandbox, type SandboxOptions, startSandbox } from "ax-users/testing";
import type { Dialect } from "../testing/dialects.ts";
import { type Exchange, IMPATIENT, recordingFetch } from "./exchanges.ts";
import { startProxy } from "./prism.ts";

/** A sandbox behind a Prism, which holds each of its answers against the spec of the dialect. */
export interface Checked extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** A client of its own, which no rate limit of another call holds back, and which has learned nothing yet. */
  client(apiKey?: string): ArizeClient;
  /** A request that a client would not send. A body that is given goes as JSON. */
  sendRaw(method: string, path: string, body?: unknown, contentType?: string): Promise<Response>;
  /** All that has gone through. */
  readonly exchanges: Exchange[];
}

export async function startChecked(dialect: Dialect, options: SandboxOptions): Promise<Checked> {
  const running = new AsyncDisposableStack();
  const sandbox = running.use(await startSandbox({ ...options, dialect }));
  const { baseUrl } = running.use(await startProxy(dialect, sandbox.baseUrl));
  const exchanges: Exchange[] = [];
  const send = recordingFetch(exchanges);
  return {
    sandbox,
    client: (apiKey = sandbox.apiKey) =>
      new ArizeClient({ apiKey, baseUrl, prereleaseWarnings: false, fetch: send, ...IMPATIENT }),
    sendRaw: (method, path, body, contentType = "application/json") =>
      send(baseUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${sandbox.apiKey}`,
          ...(body !== undefined && { "content-type": contentType }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    exchanges,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Whether an answer breaks the spec, or is one of Prism's own. */
export const isFlawed = ({ status, contentType, violations, requestId }: Exchange): boolean =>
  violations !== null ||
  requestId === null ||
  // To Prism, any JSON is as good as a problem document.
  (status >= 400 && contentType !== "application/problem+json");

/** `GET /v2/users 200`. */
export const toLine = ({ request, status }: Exchange): string => `${request} ${status}`;
