import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { startSandbox } from "ax-users/testing";
import { makeAuthority } from "./authority.ts";

/** A name that only the proxy knows. */
const HOST = "arize.invalid";
const CREDENTIALS = ["user", "p@ss:word"];

interface CompanyNetwork {
  apiKey: string;
  /** The server's address beyond the proxy, which no resolver knows. */
  baseUrl: string;
  /** The same server without the proxy. */
  directUrl: string;
  /** Host and port of the proxy. */
  proxy: string;
  /** The user and the password that it demands, as in a URL. */
  credentials: string;
  caFile: string;
  /** What the proxy was asked to connect to. */
  tunnels: string[];
  close(): Promise<void>;
}

/** A sandbox of three users behind https, with a certificate of a private authority, and a proxy that leads to it. */
export async function startCompanyNetwork(folder: string): Promise<CompanyNetwork> {
  const { caFile, ...pair } = await makeAuthority(folder, [`DNS:${HOST}`, "IP:127.0.0.1"]);
  const sandbox = await startSandbox({ users: 3 });
  const front = createTlsServer(pair, (incoming, response) => {
    const { url, method, headers } = incoming;
    const { port } = new URL(sandbox.baseUrl);
    const options = { port, path: url, method, headers: { ...headers, host: `127.0.0.1:${port}` } };
    incoming.pipe(
      request(options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  const frontPort = await listen(front);
  const tunnels: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(501).end());
  proxy.on("connect", (incoming: IncomingMessage, socket: Socket) => {
    tunnels.push(incoming.url ?? "");
    const given = incoming.headers["proxy-authorization"];
    if (given !== `Basic ${btoa(CREDENTIALS.join(":"))}`) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const server = connect(frontPort, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      server.pipe(socket).pipe(server);
    });
    server.on("error", () => socket.destroy());
    socket.on("error", () => server.destroy()).on("close", () => server.destroy());
  });
  const proxyPort = await listen(proxy);
  return {
    apiKey: sandbox.apiKey,
    baseUrl: `https://${HOST}`,
    directUrl: `https://127.0.0.1:${frontPort}`,
    proxy: `127.0.0.1:${proxyPort}`,
    credentials: CREDENTIALS.map(encodeURIComponent).join(":"),
    caFile,
    tunnels,
    async close() {
      proxy.close();
      front.closeAllConnections();
      front.close();
      await sandbox.close();
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
