import { ArizeClient, type ArizeClientOptions, RateLimitError, ValidationError } from "ax-users";
import { expect, expectTypeOf, test } from "vitest";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";

const thrown = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    return error;
  }
};

test("changed options hold for the new client, and the first one stays as it is", async () => {
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  const client = server.client({ headers: { "x-a": "1", "x-b": "1" } });
  const changed = client.withOptions({ headers: { "X-B": "2" }, timeoutMs: undefined });
  expect(changed).toBeInstanceOf(ArizeClient);
  expect(changed.baseUrl).toBe(server.baseUrl);
  await changed.users.list();
  await client.users.list();
  expect(server.seen.map(({ headers }) => [headers["x-a"], headers["x-b"]])).toEqual([
    ["1", "2"],
    ["1", "1"],
  ]);
  expect(server.seen[0]?.headers.authorization).toBe("Bearer test-key");
});

test("options can be changed again", async () => {
  const events: string[] = [];
  const server = await startServer((_, response) => json(response, 503, {}));
  const client = server.client().withOptions({ onEvent: ({ type }) => events.push(type) });
  await rejection(client.withOptions({ headers: { "x-a": "1" } }).users.list());
  expect(events).toEqual(["request", "response", "failed"]);
  expect(server.seen[0]?.headers["x-a"]).toBe("1");
});

test("both clients wait after a 429 of one of them", async () => {
  let limited = true;
  const sentAt: number[] = [];
  const { client, clock } = virtualClient({
    fetch: async () => {
      sentAt.push(clock.now());
      const headers = { "retry-after": "5" };
      return limited ? new Response("", { status: 429, headers }) : Response.json(wirePage([]));
    },
    maxRetries: 0,
  });
  const start = clock.now();
  expect(await rejection(client.users.list())).toBeInstanceOf(RateLimitError);
  limited = false;
  const list = client.withOptions({ timeoutMs: 1_000 }).users.list();
  await clock.run(list);
  expect(sentAt.map((at) => at - start)).toEqual([0, 5_000]);
});

test("a client with a shorter maxRetryAfterMs does not shorten the pause of the others", async () => {
  const sentAt: number[] = [];
  const { client, clock } = virtualClient({
    fetch: async () => {
      sentAt.push(clock.now());
      const headers = { "retry-after": "30" };
      return sentAt.length === 1 ? new Response("", { status: 429, headers }) : Response.json(wirePage([]));
    },
    maxRetries: 0,
  });
  const start = clock.now();
  const check = client.withOptions({ maxRetryAfterMs: 10 });
  expect(await rejection(check.users.list())).toMatchObject({ retryAfterMs: 30_000 });
  await clock.advance(10);
  expect(await rejection(check.users.list())).toMatchObject({ retryAfterMs: 29_990, attempts: 0 });
  await clock.run(client.users.list());
  expect(sentAt.map((at) => at - start)).toEqual([0, 30_000]);
});

test("the enum case is learned once for both", async () => {
  const bodies: string[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    bodies.push(String(init?.body));
    const isUpper = bodies.at(-1)?.includes("EMAIL_LINK");
    const role = { type: "PREDEFINED", name: "MEMBER" };
    if (!isUpper) return new Response("{}", { status: 422 });
    return Response.json(
      { ...wireUser({ role, status: "ACTIVE" }), invite_mode: "EMAIL_LINK" },
      { status: 201 },
    );
  };
  const { client } = virtualClient({ fetch });
  const ada = {
    name: "Ada Lovelace",
    email: "ada@example.com",
    role: { type: "predefined", name: "member" },
    inviteMode: "email_link",
  } as const;
  await client.users.create(ada);
  await client.withOptions({ maxRetries: 1 }).users.create(ada);
  expect(bodies).toHaveLength(3);
  // One that is given is that of the new client alone.
  await rejection(client.withOptions({ enumCase: "lower" }).users.create(ada));
  expect(bodies).toHaveLength(4);
  await client.users.create(ada);
  expect(bodies).toHaveLength(5);
});

test("whether the server is the API is known to both", async () => {
  const server = await startServer((request, response) =>
    request.query.has("limit")
      ? json(response, 200, wirePage([]))
      : json(response, 404, { title: "Not found", status: 404 }),
  );
  const client = server.client();
  await client.users.list();
  await rejection(client.withOptions({ maxRetries: 2 }).users.get({ userId: "u1" }));
  expect(server.seen).toHaveLength(2);
});

test.each([
  [{ apiKey: "another-secret" }, /withOptions: apiKey cannot be changed: create another ArizeClient$/],
  [{ baseUrl: "https://elsewhere.test" }, /baseUrl cannot be changed/],
  [{ region: "eu-west-1a" }, /region cannot be changed/],
  [{ allowHttp: true }, /allowHttp cannot be changed/],
  [{ baseURL: "https://elsewhere.test" }, /unknown argument "baseURL".*did you mean baseUrl/],
  [{ timeoutMs: 0 }, /timeoutMs must be a positive number of milliseconds, received 0/],
  [{ headers: { authorization: "Basic x" } }, /headers.authorization cannot be set/],
  [null, /options must be an object, received null/],
])("%j is refused", (options, message) => {
  const client = new ArizeClient({ apiKey: "secret-key" });
  const error = thrown(() => client.withOptions(options as ArizeClientOptions));
  expect(error).toBeInstanceOf(ValidationError);
  expect(String(error)).toMatch(message);
  expect(String(error)).not.toContain("another-secret");
});

test("the types refuse the key and the address", () => {
  type Changes = Parameters<ArizeClient["withOptions"]>[0];
  expectTypeOf<Extract<keyof Changes, "apiKey" | "baseUrl" | "region" | "allowHttp">>().toBeNever();
});

test.each([
  [{}, "https://api.arize.com"],
  [{ region: "eu-west-1a" } as const, "https://api.eu-west-1a.arize.com"],
  [{ baseUrl: " https://arize.example.com/api/v2/ " }, "https://arize.example.com/api"],
])("with %j, client.baseUrl is %s", (options, baseUrl) => {
  expect(new ArizeClient({ apiKey: "k", ...options }).baseUrl).toBe(baseUrl);
});

test("a level that is null is no level", () => {
  const client = new ArizeClient({ apiKey: "k", logLevel: "warn" });
  const options = { logLevel: null } as unknown as ArizeClientOptions;
  expect(thrown(() => client.withOptions(options))).toMatchObject({
    message: expect.stringContaining("withOptions: logLevel must be"),
  });
});
