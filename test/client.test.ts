import { ArizeClient, type ArizeClientOptions, ValidationError } from "ax-users";
import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from "vitest";
import { shownOf } from "./helpers/reveal.ts";
import { json, rejection, startServer, wirePage } from "./helpers/server.ts";

beforeEach(() => {
  for (const name of ["ARIZE_API_KEY", "ARIZE_BASE_URL", "ARIZE_REGION"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const made = (options?: unknown): unknown => {
  try {
    return new ArizeClient(options as ArizeClientOptions);
  } catch (error) {
    return error;
  }
};

/** Where a client with these options sends its first request. */
async function urlOf(options: ArizeClientOptions): Promise<string> {
  let url = "";
  const fetch: typeof globalThis.fetch = async (input) => {
    url = String(input);
    return Response.json(wirePage([]));
  };
  await new ArizeClient({ apiKey: "k", prereleaseWarnings: false, fetch, ...options }).users.list();
  return url.replace(/\/v2\/users\?.*/, "");
}

test("methods can be taken out of the client", async () => {
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  const { users, organizations } = server.client();
  const { list, findByEmail } = users;
  expect(await list().toArray({ max: 1 })).toEqual([]);
  expect(await findByEmail("ada@example.com")).toBeNull();
  const { get } = organizations;
  await rejection(get({ organizationId: "T3JnYW5pemF0aW9uOjE=" }));
  expect(server.seen).toHaveLength(3);
  expect(Object.keys(users)).toEqual([]);
  const spy = vi.spyOn(users, "get").mockRejectedValue(new Error("spied"));
  await expect(users.get({ userId: "u1" })).rejects.toThrow("spied");
  spy.mockRestore();
});

test.each([
  ["nothing", undefined, /apiKey is required.*ARIZE_API_KEY/],
  ["no key", {}, /apiKey is required/],
  ["an undefined key", { apiKey: undefined }, /apiKey is required/],
  ["an empty key", { apiKey: "" }, /apiKey must not be empty or whitespace/],
  ["a blank key", { apiKey: " \n\t" }, /apiKey must not be empty or whitespace/],
  ["a key of another type", { apiKey: 5 }, /apiKey must be a string, received number/],
  ["options that are no object", "key", /options must be an object, received "key"/],
  ["null for options", null, /options must be an object, received null/],
  ["a base URL that is none", { apiKey: "k", baseUrl: "api.arize.com" }, /baseUrl must be an absolute/],
  ["an empty base URL", { apiKey: "k", baseUrl: "" }, /baseUrl must be an absolute/],
  ["another protocol", { apiKey: "k", baseUrl: "ftp://x.io" }, /baseUrl must be an absolute http or https/],
  ["a base URL with a query", { apiKey: "k", baseUrl: "https://x.io/?a=1" }, /without credentials, query/],
  [
    "an unknown region",
    { apiKey: "k", region: "mars" },
    /region must be one of us-central-1a.*received "mars"/,
  ],
  [
    "region and base URL",
    { apiKey: "k", region: "eu-west-1a", baseUrl: "https://x.io" },
    /cannot be combined/,
  ],
  ["http to another host", { apiKey: "k", baseUrl: "http://x.io" }, /must be https.*unencrypted/],
  ["a timeout of 0", { apiKey: "k", timeoutMs: 0 }, /timeoutMs must be a positive number.*received 0/],
  ["a timeout that is NaN", { apiKey: "k", timeoutMs: Number.NaN }, /timeoutMs must be.*received NaN/],
  ["a negative deadline", { apiKey: "k", deadlineMs: -1 }, /deadlineMs must be.*received -1/],
  ["a timeout as a string", { apiKey: "k", timeoutMs: "5" }, /timeoutMs must be.*received "5"/],
  [
    "headers that are no object",
    { apiKey: "k", headers: "a: b" },
    /headers must be a Headers, an array of pairs or an object/,
  ],
  [
    "a header of the connection",
    { apiKey: "k", headers: { "Content-Length": "5" } },
    /headers\.Content-Length belongs to the connection/,
  ],
  [
    "a fraction of a retry",
    { apiKey: "k", maxRetries: 1.5 },
    /maxRetries must be a whole number of at least 0, received 1\.5/,
  ],
  ["fewer retries than none", { apiKey: "k", maxRetries: -1 }, /maxRetries must be a whole number/],
  ["a longest pause of 0", { apiKey: "k", maxRetryAfterMs: 0 }, /maxRetryAfterMs must be a positive number/],
  ["an onEvent that is none", { apiKey: "k", onEvent: {} }, /onEvent must be a function/],
  [
    "a header with a bad name",
    { apiKey: "k", headers: { "a b": "x" } },
    /headers\.a b must be a header field of RFC 9110/,
  ],
  ["a header that is a number", { apiKey: "k", headers: { a: 1 } }, /headers\.a must be a string/],
  ["a fetch that is none", { apiKey: "k", fetch: "fetch" }, /fetch must be a function/],
  [
    "warnings of another type",
    { apiKey: "k", prereleaseWarnings: "off" },
    /prereleaseWarnings must be a boolean/,
  ],
  ["allowHttp of another type", { apiKey: "k", allowHttp: 1 }, /allowHttp must be a boolean/],
])("new ArizeClient refuses %s", (_, options, message) => {
  const error = made(options);
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toHaveProperty("message", expect.stringMatching(message));
  expect(error).toHaveProperty("message", expect.stringMatching(/^new ArizeClient: /));
});

test.each([
  ["a newline within", "sk-secret\nvalue"],
  ["a control character", "sk-secret\u0007value"],
  ["a letter beyond ASCII", "sk-secret-ключ"],
])("a key with %s is refused and not shown", (_, apiKey) => {
  const error = made({ apiKey });
  expect(error).toBeInstanceOf(ValidationError);
  expect(shownOf(error)).not.toMatch(/sk-secret/);
});

test("a header's value is not shown when it is refused", () => {
  const error = made({ apiKey: "k", headers: { cookie: "session=geheim\n; more" } });
  expect(error).toBeInstanceOf(ValidationError);
  expect(shownOf(error)).not.toMatch(/geheim/);
});

test("everything that is wrong is told at once", () => {
  const error = made({ timeoutMs: 0, region: "mars" });
  expect(error).toHaveProperty("issues", [
    { path: "apiKey", message: expect.stringMatching(/^is required/) },
    { path: "region", message: expect.stringMatching(/^must be one of/) },
    { path: "timeoutMs", message: expect.stringMatching(/^must be a positive/) },
  ]);
});

test.each<[string, ArizeClientOptions, Record<string, string>, string]>([
  ["nothing given", {}, {}, "https://api.arize.com"],
  ["a region", { region: "eu-west-1a" }, {}, "https://api.eu-west-1a.arize.com"],
  ["a base URL", { baseUrl: "https://x.io" }, {}, "https://x.io"],
  ["a base URL that ends in /", { baseUrl: "https://x.io/" }, {}, "https://x.io"],
  ["a base URL that ends in /v2", { baseUrl: "https://x.io/v2" }, {}, "https://x.io"],
  ["a base URL that ends in /v2/", { baseUrl: " https://x.io/v2/ " }, {}, "https://x.io"],
  ["a base URL with a path", { baseUrl: "https://x.io/arize/v2/" }, {}, "https://x.io/arize"],
  ["http on this machine", { baseUrl: "http://localhost:1234" }, {}, "http://localhost:1234"],
  ["http on ::1", { baseUrl: "http://[::1]:1234" }, {}, "http://[::1]:1234"],
  ["http, allowed", { baseUrl: "http://x.io", allowHttp: true }, {}, "http://x.io"],
  ["ARIZE_BASE_URL", {}, { ARIZE_BASE_URL: "https://env.io/" }, "https://env.io"],
  ["ARIZE_REGION", {}, { ARIZE_REGION: "us-east-1b" }, "https://api.us-east-1b.arize.com"],
  ["both variables", {}, { ARIZE_BASE_URL: "https://env.io", ARIZE_REGION: "us-east-1b" }, "https://env.io"],
  ["blank variables", {}, { ARIZE_BASE_URL: " ", ARIZE_REGION: "" }, "https://api.arize.com"],
  [
    "an option over a variable",
    { region: "ca-central-1a" },
    { ARIZE_BASE_URL: "https://env.io" },
    "https://api.ca-central-1a.arize.com",
  ],
  [
    "undefined over a variable",
    { baseUrl: undefined },
    { ARIZE_BASE_URL: "https://env.io" },
    "https://env.io",
  ],
])("the address with %s", async (_, options, env, expected) => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  expect(await urlOf(options)).toBe(expected);
});

test("a bad variable of the environment is named", () => {
  vi.stubEnv("ARIZE_REGION", "mars");
  expect(made({ apiKey: "k" })).toHaveProperty(
    "message",
    expect.stringMatching(/ARIZE_REGION must be one of/),
  );
});

test("the key comes from the environment where none is given, and is trimmed", async () => {
  vi.stubEnv("ARIZE_API_KEY", " env-key\n");
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  await server.client({ apiKey: undefined }).users.list();
  await server.client({ apiKey: " own-key " }).users.list();
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer env-key",
    "Bearer own-key",
  ]);
});

test("headers are sent, a call's over the client's", async () => {
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  const client = server.client({
    headers: { "X-One": "1", "X-Two": "2", skip: undefined },
  });
  await client.users.list({}, { headers: { "x-two": "3" } });
  expect(server.seen[0]?.headers).toMatchObject({
    "x-one": "1",
    "x-two": "3",
    authorization: "Bearer test-key",
  });
  expect(server.seen[0]?.headers).not.toHaveProperty("skip");
});

test("a header replaces ours of the same name in another case, and is not added to it", async () => {
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  await server.client({ headers: { ACCEPT: "text/x-own", "x-one": "1", "X-One": "2" } }).users.list();
  expect(server.seen[0]?.headers).toMatchObject({ accept: "text/x-own", "x-one": "2" });
});

test("a request without a body says nothing of its type, whatever the client's headers do", async () => {
  const server = await startServer((_, response) => response.writeHead(204).end());
  await server.client({ headers: { "content-type": "text/x-own" } }).users.delete({ userId: "u1" });
  expect(server.seen[0]?.headers).not.toHaveProperty("content-type");
});

test("neither the client's options nor their headers are changed or kept by reference", async () => {
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  const headers: Record<string, string> = { "x-one": "1" };
  const options = Object.freeze({ headers });
  const client = server.client(options);
  headers["x-one"] = "changed";
  await client.users.list();
  expect(server.seen[0]?.headers["x-one"]).toBe("1");
});

/** A `fetch` whose errors hold what was sent, as those of axios and of undici's parser do. */
const failing: typeof fetch = async (_, init) => {
  const inner = Object.assign(new Error("inner"), { code: "HPE_INVALID_CONSTANT", data: init?.headers });
  const middle = new AggregateError([Object.assign(new Error("one"), { cause: inner })], "middle");
  throw new TypeError("fetch failed", { cause: Object.assign(middle, { config: init }) });
};

test("the key shows nowhere: not in the client, not in an error or its causes, not where a server repeats it", async () => {
  const server = await startServer((request, response) => {
    response
      .writeHead(500, { "set-cookie": "s=geheim" })
      .end(`<h1>Debug</h1> ${request.headers.authorization}`);
  });
  const client = server.client({ apiKey: "sk-very-secret" });
  const error = await rejection(client.users.get({ userId: "u1" }));
  const lost = await rejection(server.client({ apiKey: "sk-very-secret", fetch: failing }).users.list());
  const shown = [client, client.users, error, lost].map(shownOf);
  expect(shown.join()).not.toMatch(/sk-very-secret|geheim/);
  expect(error).toHaveProperty("detail", "<h1>Debug</h1> Bearer [API key]");
});

test("a call's options are checked before a request", async () => {
  const server = await startServer((_, response) => json(response, 200, wirePage([])));
  const { users } = server.client();
  const bad: [unknown, RegExp][] = [
    [null, /options must be an object/],
    ["x", /options must be an object/],
    [{ timeoutMs: -5 }, /timeoutMs must be a positive/],
    [{ deadlineMs: "soon" }, /deadlineMs must be a positive/],
    [{ maxRetries: "3" }, /maxRetries must be a whole number/],
    [{ signal: {} }, /signal must be an AbortSignal/],
    [{ headers: { a: "b\nc" } }, /headers\.a must be a header field/],
  ];
  for (const [options, message] of bad) {
    for (const call of [
      () => users.list({}, options as object),
      () => users.delete({ userId: "u1" }, options as object),
    ]) {
      const error = await rejection(call());
      expect(error).toBeInstanceOf(ValidationError);
      expect(error).toHaveProperty("message", expect.stringMatching(message));
    }
  }
  expect(server.seen).toEqual([]);
});

test("the options' types leave out what is not supported", () => {
  expectTypeOf<ArizeClientOptions["region"]>().toEqualTypeOf<
    "us-central-1a" | "eu-west-1a" | "ca-central-1a" | "us-east-1b" | undefined
  >();
  // @ts-expect-error -- a key is a string
  expect(() => new ArizeClient({ apiKey: 5 })).toThrow(ValidationError);
});
