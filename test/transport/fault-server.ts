import { type AddressInfo, createServer, type Socket } from "node:net";
import type { ApiRequest } from "./fault-api.ts";

export interface RawRequest extends ApiRequest {
  readonly headers: Headers;
}

export interface RawServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A server that reads one request from each connection, as text, and leaves the rest to `handle`. */
export async function startRawServer(
  handle: (request: RawRequest, socket: Socket) => void,
): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // A client that gives up resets its side.
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
    let received = "";
    let isRead = false;
    socket.setEncoding("utf8").on("data", (text) => {
      received += text;
      const request = isRead ? undefined : parse(received);
      if (!request) return;
      isRead = true;
      handle(request, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port, close };
}

/** A request that has come whole. The bodies are ASCII, so that their length is that of the text. */
function parse(text: string): RawRequest | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [line = "", ...fields] = text.slice(0, end).split("\r\n");
  const headers = new Headers(
    fields.map((field): [string, string] => {
      const colon = field.indexOf(":");
      return [field.slice(0, colon), field.slice(colon + 1).trim()];
    }),
  );
  const body = text.slice(end + 4);
  if (body.length < Number(headers.get("content-length") ?? 0)) return undefined;
  const [method = "", target = ""] = line.split(" ");
  return { method, url: new URL(target, "http://host"), headers, body };
}
