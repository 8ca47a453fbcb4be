import { getEventListeners } from "node:events";
import { createServer, type Socket } from "node:net";
import { ArizeClient, BadRequestError, ConnectionError, TimeoutError } from "ax-users";
import { expect, onTestFinished, test } from "vitest";
import { endsWithin } from "../helpers/in-time.ts";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";
import { turn } from "../helpers/virtual-clock.ts";
import { answers, type Step, stage, stalls } from "./scripted-server.ts";

/** A TCP server that treats each connection by one function. */
async function startSocketServer(onData: (socket: Socket) => void): Promise<ArizeClient> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => onData(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return new ArizeClient({
    apiKey: "k",
    baseUrl: `http://127.0.0.1:${port}`,
    prereleaseWarnings: false,
    maxRetries: 0,
  });
}

const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n";

test.each([
  ["no answer at all", () => {}],
  ["headers, but no end of the body", (socket: Socket) => socket.write(`${HEAD}{"id":`)],
])("timeoutMs ends an attempt with %s", async (_, onData) => {
  const client = await startSocketServer(onData);
  const ended = rejection(client.users.get({ userId: "u1" }, { timeoutMs: 40 }));
  expect(await endsWithin(40 + 200, ended)).toBe(true);
  const error = await ended;
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ name: "TimeoutError", outcome: "not_applied", attempts: 1 });
  expect(error).toHaveProperty("message", "GET /v2/users/u1: no complete response in time (timeoutMs: 40).");
});

test("after a timeout the outcome of a write is unknown, and the message says what to do", async () => {
  const client = await startSocketServer(() => {});
  const error = await rejection(client.users.delete({ userId: "u1" }, { timeoutMs: 30 }));
  expect(error).toMatchObject({ name: "TimeoutError", outcome: "unknown" });
  expect(error).toHaveProperty("message", expect.stringContaining("check before you repeat it"));
});

test.each([
  ["the connection is dropped", (socket: Socket) => socket.destroy()],
  ["the connection is reset", (socket: Socket) => socket.resetAndDestroy()],
  ["the body ends early", (socket: Socket) => socket.end(`${HEAD}{"id":`)],
  ["what comes is no HTTP", (socket: Socket) => socket.end("hello\r\n\r\n")],
])("where %s, it is a ConnectionError", async (_, onData) => {
  const client = await startSocketServer(onData);
  const read = await rejection(client.users.get({ userId: "u1" }));
  expect(read).toBeInstanceOf(ConnectionError);
  expect(read).toMatchObject({ name: "ConnectionError", outcome: "not_applied", attempts: 1 });
  expect(read).toHaveProperty(
    "message",
    expect.stringMatching(/^GET \/v2\/users\/u1: (connection (closed|reset)|the response .+) \(.+\)\.$/),
  );
  expect((read as Error).cause).toBeInstanceOf(Error);
  const write = await rejection(client.users.resendInvitation({ userId: "u1" }));
  expect(write).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
});

/** The address of a port that nobody listens on any more. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

test.each([
  ["refuses the connection", closedPort, /ECONNREFUSED/],
  ["cannot be found", () => "http://nobody.invalid", /ENOTFOUND|EAI_AGAIN/],
])("a host that %s has certainly not applied a write", async (_, address, message) => {
  const baseUrl = await address();
  const client = new ArizeClient({
    apiKey: "k",
    baseUrl,
    allowHttp: true,
    prereleaseWarnings: false,
    maxRetries: 0,
  });
  const error = await rejection(client.users.delete({ userId: "u1" }));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "not_applied", attempts: 1 });
  expect(error).toHaveProperty("message", expect.stringMatching(message));
});

test("where no code tells why, the innermost cause does", async () => {
  // A port that fetch refuses to connect to (Fetch, "bad port").
  const client = new ArizeClient({
    apiKey: "k",
    baseUrl: "http://127.0.0.1:1",
    prereleaseWarnings: false,
    maxRetries: 0,
  });
  const error = await rejection(client.users.get({ userId: "u1" }));
  expect(error).toHaveProperty("message", "GET /v2/users/u1: fetch does not connect to port 1 (bad port).");
});

test("the query, which may hold an address, is in no message", async () => {
  const client = await startSocketServer((socket) => socket.destroy());
  const error = await rejection(client.users.findByEmail("ada@example.com"));
  expect(error).toHaveProperty("message", expect.stringMatching(/^GET \/v2\/users: /));
  expect(String(error)).not.toContain("ada");
});

test("the query is in no message where the runtime repeats the URL, either, as Deno does", async () => {
  const client = new ArizeClient({
    apiKey: "k",
    baseUrl: "https://ax.example",
    prereleaseWarnings: false,
    maxRetries: 0,
    fetch: async (url) => {
      throw new TypeError(
        `error sending request for url (${url}) (${new URL(String(url)).href}): client error`,
      );
    },
  });
  const error = await rejection(client.users.list({ email: "o'hara@example.com" }));
  const url = "https://ax.example/v2/users";
  expect(error).toHaveProperty(
    "message",
    `GET /v2/users: no complete response (error sending request for url (${url}) (${url}): client error).`,
  );
});

test("an address alone is in no message, either; other values of the query may be", async () => {
  const failing: Step = () => Promise.reject(new TypeError("no answer for o'hara@example.com within 20 s"));
  const { client, clock } = stage([failing], { maxRetries: 0 });
  const error = await clock.run(rejection(client.users.list({ email: "o'hara@example.com", limit: 20 })));
  expect(error).toHaveProperty(
    "message",
    "GET /v2/users: no complete response (no answer for [email] within 20 s).",
  );
});

test.each([
  ["an Error", new Error("enough")],
  ["a string", "enough"],
  ["null", null],
  ["zero", 0],
])("an abort rejects at once with the signal's own reason: %s", async (_, reason) => {
  const controller = new AbortController();
  const client = await startSocketServer(() => controller.abort(reason));
  expect(await rejection(client.users.get({ userId: "u1" }, { signal: controller.signal }))).toBe(reason);
});

test("an aborted signal sends nothing", async () => {
  const server = await startServer((_, response) => json(response, 200, wireUser()));
  const aborted = AbortSignal.abort("before");
  expect(await rejection(server.client().users.get({ userId: "u1" }, { signal: aborted }))).toBe("before");
  expect(await rejection(server.client().users.list({}, { signal: aborted }))).toBe("before");
  expect(server.seen).toEqual([]);
});

test("an abort by onEvent at the event of the request sends nothing, either", async () => {
  const server = await startServer((_, response) => response.writeHead(204).end());
  const controller = new AbortController();
  const { users } = server.client({ onEvent: () => controller.abort("in between") });
  const { signal } = controller;
  expect(await rejection(users.delete({ userId: "u1" }, { signal }))).toBe("in between");
  expect(server.seen).toEqual([]);
});

test("no listener stays on the signal, however a call ends", async () => {
  const { signal } = new AbortController();
  const server = await startServer((request, response) =>
    request.path.endsWith("u1")
      ? json(response, 200, wireUser({ id: "u1" }))
      : json(response, 404, { title: "x" }),
  );
  const { users } = server.client();
  await users.get({ userId: "u1" }, { signal });
  await rejection(users.get({ userId: "u2" }, { signal }));
  await rejection(users.get({ userId: "" }, { signal }));
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("deadlineMs holds for a call with all its requests", async () => {
  // The second page never comes.
  const page = answers(200, wirePage([], "c"));
  const { client, clock, sent } = stage([page, stalls]);
  const error = await clock.run(rejection(client.users.findByEmail("a@x.io", { deadlineMs: 500 })));
  expect(clock.now()).toBe(500);
  expect(error).toMatchObject({ name: "TimeoutError", outcome: "not_applied" });
  expect(error).toHaveProperty("message", expect.stringMatching(/deadlineMs: 500/));
  expect(sent).toHaveLength(2);
});

test("each page of an iteration has a deadline of its own", async () => {
  let pages = 0;
  const { client, clock } = stage([
    async () => {
      await new Promise<void>((resolve) => clock.after(150, resolve));
      pages += 1;
      const page = wirePage([wireUser({ id: `u${pages}` })], pages < 5 ? `c${pages}` : undefined);
      return new Response(JSON.stringify(page));
    },
  ]);
  const list = client.users.list({}, { deadlineMs: 500 });
  expect(await clock.run(list.toArray({ max: 100 }))).toHaveLength(5);
  expect(clock.now()).toBe(5 * 150);
});

test("an attempt that has timed out aborts its request", async () => {
  const signals: AbortSignal[] = [];
  const unanswered: Step = (_, signal) => {
    signals.push(signal);
    return new Promise(() => {});
  };
  const { client, clock } = stage([unanswered], { maxRetries: 0 });
  expect(await rejection(clock.run(client.users.get({ userId: "u1" })))).toBeInstanceOf(TimeoutError);
  expect(signals).toMatchObject([{ aborted: true }]);
});

test("a fetch that takes no notice of its signal is left behind, with no listener and no timer", async () => {
  const { client, clock } = stage([() => new Promise(() => {})], { maxRetries: 0 });
  const controller = new AbortController();
  const { signal } = controller;
  const late = rejection(client.users.get({ userId: "u1" }, { signal, timeoutMs: 20 }));
  expect(await clock.run(late)).toBeInstanceOf(TimeoutError);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  const call = rejection(client.users.get({ userId: "u1" }, { signal }));
  await turn();
  controller.abort("enough");
  expect(await call).toBe("enough");
  expect(clock.pending).toEqual([]);
});

test("a fetch that throws is a ConnectionError with its cause", async () => {
  const cause = new Error("offline");
  const client = new ArizeClient({
    apiKey: "k",
    prereleaseWarnings: false,
    maxRetries: 0,
    fetch: () => {
      throw cause;
    },
  });
  const error = await rejection(client.users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ cause, message: "GET /v2/users/u1: no complete response (offline)." });
});

test.each([
  ["nothing that can be said", Object.create(null), "an object"],
  ["an error whose message is none", Object.assign(new Error("x"), { message: 5 }), "5"],
  ["a symbol", Symbol("odd"), "Symbol(odd)"],
  ["undefined", undefined, "undefined"],
])("a fetch that rejects with %s is a ConnectionError at once, too", async (_, cause, said) => {
  const client = new ArizeClient({
    apiKey: "k".repeat(8),
    prereleaseWarnings: false,
    maxRetries: 0,
    fetch: () => Promise.reject(cause),
  });
  const error = await rejection(client.users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toHaveProperty("message", `GET /v2/users/u1: no complete response (${said}).`);
  expect(error).toHaveProperty("cause", cause);
});

test("an endless timeout is none", async () => {
  const server = await startServer((_, response) => json(response, 400, { title: "x" }));
  const client = server.client({ timeoutMs: Number.POSITIVE_INFINITY });
  expect(await rejection(client.users.get({ userId: "u1" }))).toBeInstanceOf(BadRequestError);
  expect(await rejection(client.users.get({ userId: "u1" }, { timeoutMs: 2 ** 40 }))).toBeInstanceOf(
    BadRequestError,
  );
});
