import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer, request as httpsRequest } from "node:https";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { ProxyAgent, fetch as undiciFetch } from "undici";
import { onTestFinished } from "vitest";
import { certificate } from "../helpers/certificate.ts";

/** Starts a server, which ends with the test, and gives its port. */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A TCP server that does this to a connection on its first bytes, which over https are those of a handshake. */
export const startRaw = (onData: (socket: Socket) => void): Promise<number> =>
  listen(createServer((socket) => socket.once("data", () => onData(socket))));

/** An https server, and how many requests it has carried out. */
export async function startHttps() {
  const done = { requests: 0 };
  const server = createHttpsServer(certificate, (_, response) => {
    done.requests += 1;
    response.writeHead(204).end();
  });
  return { port: await listen(server), done };
}

/** The same, behind a relay that damages what comes after a request was carried out. */
export async function startDamaged() {
  const { port: target, done } = await startHttps();
  const relay = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    client.pipe(upstream);
    upstream.on("error", () => {});
    upstream.on("data", (bytes) => {
      client.write(done.requests > 0 ? Buffer.from("what is no record of TLS") : bytes);
    });
  });
  return { port: await listen(relay), done };
}

/** A proxy that answers every CONNECT with this status. */
export async function startProxy(status: number): Promise<string> {
  const proxy = createHttpServer((_, response) => response.writeHead(status).end());
  proxy.on("connect", (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`));
  return `http://127.0.0.1:${await listen(proxy)}`;
}

/** A `fetch` that goes through a proxy, as undici's own does. */
export function fetchThrough(proxy: string): typeof fetch {
  const dispatcher = new ProxyAgent(proxy);
  return async (input, { method = "GET", headers } = {}) => {
    const fields = Object.fromEntries(new Headers(headers));
    const { status } = await undiciFetch(String(input), { method, headers: fields, dispatcher });
    return new Response(null, { status });
  };
}

/** A `fetch` built on `node:https`, as callers with a client certificate or an authority of their own have it. */
export const fetchOverHttps =
  (options: { ca?: string; socketPath?: string } = {}): typeof fetch =>
  (input, { method = "GET", headers } = {}) =>
    new Promise((resolve, reject) => {
      const all = {
        ...options,
        method,
        headers: Object.fromEntries(new Headers(headers)),
        agent: false as const,
      };
      const request = httpsRequest(String(input), all, (message) => {
        message.resume();
        message.on("end", () => resolve(new Response(null, { status: message.statusCode ?? 0 })));
        message.on("error", reject);
      });
      request.on("error", reject);
      request.end();
    });
