import type { ArizeClient } from "ax-users";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { json, startServer, wireUser } from "../helpers/server.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

interface Dispatcher {
  dispatch(options: object, handler: unknown): boolean;
}

const GLOBAL_DISPATCHER = Symbol.for("undici.globalDispatcher.1");
const host = globalThis as { [GLOBAL_DISPATCHER]?: Dispatcher };

/** What undici is told of each request from now on, until the test ends. */
async function watchDispatcher(): Promise<object[]> {
  // undici sets its own when it is first used.
  await fetch("data:,");
  const own = host[GLOBAL_DISPATCHER];
  if (!own) throw new Error("this Node keeps its dispatcher elsewhere");
  const seen: object[] = [];
  host[GLOBAL_DISPATCHER] = {
    dispatch(options, handler) {
      seen.push(options);
      return own.dispatch(options, handler);
    },
  };
  onTestFinished(() => {
    host[GLOBAL_DISPATCHER] = own;
  });
  return seen;
}

test("undici's own limits of 300 s end no request that may take longer, and its dispatcher stays in use", async () => {
  const server = await startServer((_, response) => json(response, 200, wireUser({ id: "u1" })));
  const seen = await watchDispatcher();
  const { users } = server.client();
  await users.get({ userId: "u1" }, { timeoutMs: 300_001 });
  expect(seen).toMatchObject([{ headersTimeout: 0, bodyTimeout: 0, method: "GET" }]);
  await users.get({ userId: "u1" }, { timeoutMs: Number.POSITIVE_INFINITY });
  expect(seen[1]).toMatchObject({ headersTimeout: 0, bodyTimeout: 0 });
  await users.get({ userId: "u1" }, { timeoutMs: 300_000 });
  expect(seen[2]).not.toHaveProperty("headersTimeout");
  expect(server.seen).toHaveLength(3);
});

/** What `fetch` is given with a request, by a client whose modules are loaded anew. */
async function initOf(options: { timeoutMs?: number } = {}): Promise<RequestInit | undefined> {
  vi.resetModules();
  const { ArizeClient: Client }: { ArizeClient: typeof ArizeClient } = await import("ax-users");
  const inits: (RequestInit | undefined)[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    inits.push(init);
    return Response.json(wireUser({ id: "u1" }));
  };
  const client = new Client({ apiKey: "test-key", prereleaseWarnings: false, fetch, ...options });
  await client.users.get({ userId: "u1" });
  await client.users.get({ userId: "u1" });
  expect(inits[1]).toEqual({ ...inits[0], signal: expect.any(AbortSignal) });
  return inits[0];
}

test("no cache answers, as that of Next.js 14 otherwise does", async () => {
  expect(await initOf()).toMatchObject({ cache: "no-store", redirect: "manual" });
});

test("a runtime that knows no cache mode is not given one, and asked once", async () => {
  const { Request } = globalThis;
  const refused = vi.fn();
  vi.stubGlobal(
    "Request",
    class extends Request {
      constructor(input: string, init: RequestInit) {
        super(input, init);
        if (init.cache === undefined) return;
        refused();
        throw new TypeError("The 'cache' field on 'RequestInitializerDict' is not implemented.");
      }
    },
  );
  expect(await initOf()).not.toHaveProperty("cache");
  expect(refused).toHaveBeenCalledOnce();
});

test("a fetch of the caller's own has limits of its own", async () => {
  expect(await initOf({ timeoutMs: 600_000 })).not.toHaveProperty("dispatcher");
});
