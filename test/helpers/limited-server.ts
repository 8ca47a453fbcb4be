import type { VirtualClock } from "./virtual-clock.ts";

export interface Limit {
  perSecond: number;
  burst: number;
}

/** A server on a virtual clock that answers after 20 ms, as far as its token bucket allows. */
export interface LimitedServer {
  fetch: typeof globalThis.fetch;
  /** When each request came, in milliseconds, and whether it was let through. */
  log: { at: number; refused: boolean }[];
  /** Most requests that were unanswered at once. */
  peak: number;
  limit: Limit;
}

const LATENCY_MS = 20;

/** `Retry-After` says when there will be a token again, in whole seconds as the API has it. */
export function limitedServer(
  clock: VirtualClock,
  limit: Limit,
  respond: (init: RequestInit) => Response = () => new Response(null, { status: 204 }),
): LimitedServer {
  let tokens = limit.burst;
  let countedAt = clock.now();
  let open = 0;
  const server: LimitedServer = {
    log: [],
    peak: 0,
    limit,
    fetch: async (_, init = {}) => {
      open += 1;
      server.peak = Math.max(server.peak, open);
      const { perSecond, burst } = server.limit;
      const at = clock.now();
      tokens = Math.min(burst, tokens + ((at - countedAt) / 1000) * perSecond);
      countedAt = at;
      const refused = tokens < 1;
      const wait = Math.max(1, Math.ceil((1 - tokens) / perSecond));
      if (!refused) tokens -= 1;
      server.log.push({ at, refused });
      await new Promise<void>((resolve) => clock.after(LATENCY_MS, resolve));
      open -= 1;
      return refused
        ? new Response("{}", { status: 429, headers: { "retry-after": String(wait) } })
        : respond(init);
    },
  };
  return server;
}
