/** A client's process: `client-process.ts NAME` has that client, and nothing of the others. */
import type { Client, Server } from "./clients/client.ts";
import { type PeerName, peers } from "./clients/peers.ts";
import { serve } from "./remote.ts";

const connect = await peers[process.argv[2] as PeerName].load();
let client: Client;

serve({
  connect(server: Server) {
    client = connect(server);
  },

  async measure(file: string, params: unknown) {
    const { measure } = await import(file);
    return measure(client, params);
  },
});
