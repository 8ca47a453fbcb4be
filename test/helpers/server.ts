import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ArizeClient, type ArizeClientOptions } from "ax-users";
import { onTestFinished } from "vitest";
import { readRequest, writeBody } from "./dialect.ts";

/** A request as the server saw it. */
export interface Seen {
  method: string;
  /** Undecoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface TestServer {
  baseUrl: string;
  /** Every request so far that is spelled as in the dialect, in the order of their coming. */
  seen: Seen[];
  /** A client of this server that sends each request once and gives no warnings. */
  client(options?: ArizeClientOptions): ArizeClient;
}

export type Answer = (request: Seen, response: ServerResponse) => unknown;

/** A real HTTP server that answers by one function, closed with all its connections when the test ends. */
export async function startServer(answer: Answer): Promise<TestServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(`http://host${request.url}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const read = readRequest(searchParams, text === "" ? undefined : JSON.parse(text));
    if (!read) return json(response, 400, { title: "Invalid request parameters", status: 400 });
    const { method = "", headers } = request;
    const body = read.body === undefined ? "" : JSON.stringify(read.body);
    const one = { method, path: pathname, query: read.query, headers, body };
    seen.push(one);
    await answer(one, response);
  });
  // On a busy machine, Node would close an idle connection just when the client uses it again.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const client = (options?: ArizeClientOptions) =>
    new ArizeClient({ apiKey: "test-key", baseUrl, prereleaseWarnings: false, maxRetries: 0, ...options });
  return { baseUrl, seen, client };
}

/** Answers with JSON, spelled as in the dialect; as a problem document where the status is an error's. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  const text = status >= 400 ? JSON.stringify(body) : writeBody(body);
  response.writeHead(status, { "content-type": type, ...headers }).end(text);
}

/** A user as the wire has it, in the alpha's spelling. */
export const wireUser = (fields: Record<string, unknown> = {}) => ({
  id: "VXNlcjox",
  name: "Ada Lovelace",
  email: "ada@example.com",
  created_at: "2024-01-01T12:00:00Z",
  status: "active",
  role: { type: "predefined", name: "member" },
  is_developer: true,
  ...fields,
});

/** A page of users as the wire has it; there is a next one where a cursor is given. */
export const wirePage = (users: unknown[], nextCursor?: string) => ({
  users,
  pagination: {
    has_more: nextCursor !== undefined,
    ...(nextCursor !== undefined && { next_cursor: nextCursor }),
  },
});

/** What a promise rejects with; fails where it does not. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${JSON.stringify(value)}`);
    },
    (error: unknown) => error,
  );
}
