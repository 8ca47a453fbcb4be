import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

const sockets: Socket[] = [];

/** From now on, the sockets that fetch opens are known. */
export function watchSockets(): void {
  subscribe("undici:client:connected", (message) => sockets.push((message as { socket: Socket }).socket));
}

/** Bytes sent and received by them so far. */
export const wireBytes = (): number =>
  sockets.reduce((sum, { bytesWritten, bytesRead }) => sum + bytesWritten + bytesRead, 0);
