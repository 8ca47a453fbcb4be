import { createServer, type Socket } from "node:net";
import { ArizeClient, type ArizeClientOptions } from "ax-users";
import { onTestFinished } from "vitest";

/** A TCP server that answers each request with bytes, or does to its socket what it likes; gives a client of it. */
export async function startRawServer(
  answer: (request: string, socket: Socket) => string | undefined,
  options?: ArizeClientOptions,
): Promise<ArizeClient> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let request = "";
    socket.on("data", (chunk) => {
      request += chunk.toString("latin1");
      if (!isWhole(request)) return;
      const bytes = answer(request, socket);
      if (bytes !== undefined) socket.end(bytes, "latin1");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  const baseUrl = `http://127.0.0.1:${address.port}`;
  return new ArizeClient({
    apiKey: "ak-k3y+/5ecret",
    baseUrl,
    prereleaseWarnings: false,
    maxRetries: 0,
    ...options,
  });
}

/** Whether all of a request has come, body included. */
function isWhole(request: string): boolean {
  const end = request.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
  return request.length >= end + 4 + length;
}
