import { inspect } from "node:util";
import { ArizeClient, type ArizeClientOptions, type RequestOptions, ValidationError } from "ax-users";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createClientContext } from "../../src/api/client-context.ts";
import { readOptions } from "../../src/config/client-options.ts";
import { serveUsers, validationError, wrong } from "./account.ts";

beforeEach(() => {
  for (const name of ["ARIZE_API_KEY", "ARIZE_BASE_URL", "ARIZE_REGION"]) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function refused(options: unknown): ValidationError {
  try {
    new ArizeClient(wrong<ArizeClientOptions>(options));
  } catch (error) {
    expect(error).toBeInstanceOf(ValidationError);
    return error as ValidationError;
  }
  throw new Error("the client was made");
}

describe("headers", () => {
  test.each<[string, ArizeClientOptions["headers"]]>([
    ["Headers", new Headers({ "X-One": "1", "x-two": "2" })],
    [
      "pairs",
      [
        ["X-One", "1"],
        ["x-two", "2"],
      ],
    ],
    ["an object", { "X-One": "1", "x-two": "2", "x-three": undefined }],
    [
      "a Map",
      new Map([
        ["X-One", "1"],
        ["x-two", "2"],
      ]) as unknown as Headers,
    ],
  ])("may be %s, for a client and for a call", async (_, headers) => {
    const server = await serveUsers();
    await server.client({ headers }).users.list();
    await server.client().users.list({}, { headers });
    for (const { headers } of server.seen) expect(headers).toMatchObject({ "x-one": "1", "x-two": "2" });
    for (const { headers } of server.seen) expect(headers).not.toHaveProperty("x-three");
  });

  test("pairs of one name are joined as fetch joins them", async () => {
    const server = await serveUsers();
    await server
      .client({
        headers: [
          ["x-a", "1"],
          ["X-A", "2"],
        ],
      })
      .users.list();
    expect(server.seen[0]?.headers["x-a"]).toBe("1, 2");
  });

  test.each<[string, unknown]>([
    ["an object", { Authorization: "Bearer geheim" }],
    ["Headers", new Headers({ authorization: "Bearer geheim" })],
    ["pairs", [["AUTHORIZATION", "Bearer geheim"]]],
  ])("authorization in %s is refused, and not shown", async (_, headers) => {
    const server = await serveUsers();
    const errors = [
      refused({ apiKey: "k", headers }),
      await validationError(server.client().users.list({}, wrong<RequestOptions>({ headers }))),
    ];
    for (const error of errors) {
      expect(error.message).toMatch(/headers\.authorization cannot be set: it is made from apiKey/i);
      expect(inspect(error, { depth: 9 })).not.toContain("geheim");
    }
    expect(server.seen).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ["a string", "a: b", /headers must be a Headers, an array of pairs or an object of strings/],
    ["null", null, /headers must be a Headers, .*received null/],
    ["a list of strings", ["x-a", "geheim"], /headers\[0\] must be a pair of a name and a value/],
    ["a pair of three", [["x-a", "1", "geheim"]], /headers\[0\] must be a pair/],
    ["a value that is null", { "x-a": null }, /headers\.x-a must be a string, received null/],
    ["a pair with a number", [["x-a", 1]], /headers\.x-a must be a string, received number/],
    ["a line break", [["x-a", "geheim\nx"]], /headers\.x-a must be a header field/],
    ["one of the connection", new Headers({ connection: "close" }), /headers\.connection belongs to/],
  ])("%s is refused", (_, headers, message) => {
    const error = refused({ apiKey: "k", headers });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("geheim");
  });
});

describe("maxResponseBytes", () => {
  const settingsOf = (options: ArizeClientOptions) =>
    createClientContext(readOptions({ apiKey: "k", ...options })).settings;

  test("is 32 MiB where it is not given", () => {
    expect(settingsOf({}).maxResponseBytes).toBe(33_554_432);
    expect(settingsOf({ maxResponseBytes: undefined }).maxResponseBytes).toBe(33_554_432);
    expect(settingsOf({ maxResponseBytes: 1 }).maxResponseBytes).toBe(1);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5", null])(
    "refuses %s",
    (maxResponseBytes) => {
      expect(refused({ apiKey: "k", maxResponseBytes }).message).toContain(
        "maxResponseBytes must be a whole number of at least 1, received",
      );
    },
  );
});

describe("signal", () => {
  const listener = { addEventListener: () => {}, removeEventListener: () => {} };
  test.each<[string, unknown]>([
    ["an object", {}],
    ["an AbortController", new AbortController()],
    ["one without removeEventListener", { aborted: false, addEventListener: () => {} }],
    ["one without addEventListener", { aborted: false, removeEventListener: () => {} }],
    ["one without aborted", listener],
    ["an EventTarget", new EventTarget()],
    ["null", null],
    ["a function", () => {}],
  ])("%s is refused before a request", async (_, signal) => {
    const server = await serveUsers();
    const { users } = server.client();
    for (const call of [
      users.list({}, wrong({ signal })),
      users.delete({ userId: "u1" }, wrong({ signal })),
    ]) {
      expect((await validationError(call)).message).toContain("signal must be an AbortSignal, received ");
    }
    expect(server.seen).toEqual([]);
  });

  test("may be another implementation's", async () => {
    const signal = { aborted: false, ...listener };
    expect(
      await (await serveUsers({})).client().users.list({}, { signal: wrong<AbortSignal>(signal) }),
    ).toHaveProperty("data.length", 1);
  });
});

describe("credentials in a bad baseUrl are masked", () => {
  test.each([
    ["https://admin:geheim@host", "https://***@host"],
    ["https://geheim@host/x", "https://***@host/x"],
    ["https://admin:geheim@ho st", "https://***@ho st"],
    ["https://admin:geh/eim@x@host", "https://***@host"],
    ["https://admin:geheim%40host", "https://***@host"],
    ["https:admin:geheim@host", "***@host"],
    ["admin:geheim@host", "***@host"],
    ["//admin:geheim@host", "***@host"],
    ["http://admin:geheim@host?x=geheim", "http://***@host?***"],
    ["ftp://admin:geheim@host", "ftp://***@host"],
    ["https://host:geheim", "https://host:***"],
    ["https://host/?api_key=geheim", "https://host/?***"],
    ["https://host/#geheim", "https://host/#***"],
  ])("%s", (baseUrl, shown) => {
    vi.stubEnv("ARIZE_BASE_URL", baseUrl);
    for (const error of [refused({ apiKey: "k", baseUrl }), refused({ apiKey: "k" })]) {
      expect(error.message).toMatch(/(baseUrl|ARIZE_BASE_URL) must be an absolute http or https URL without/);
      expect(error.message).toContain(`, received "${shown}"`);
      expect(inspect(error, { depth: 9 })).not.toContain("geheim");
    }
  });

  test.each(["ftp://host:21/path", "api.arize.com", "localhost:8080"])("%s is shown whole", (baseUrl) => {
    expect(refused({ apiKey: "k", baseUrl }).message).toContain(`received "${baseUrl}"`);
  });
});

describe("a key that was copied with more than itself is refused, and not shown", () => {
  test.each([
    ["after Bearer", "Bearer sk-geheim", /apiKey must be the key alone, received it after "Bearer "/],
    ["after a lower-case bearer", "bearer\tsk-geheim", /received it after "Bearer "/],
    ["after Bearer and a colon", "Bearer: sk-geheim", /received it after "Bearer "/],
    ["as a line of .env", "ARIZE_API_KEY=sk-geheim", /received it after the name of a variable/],
    ["with the header's name", "Authorization: Bearer sk-geheim", /received it after "Bearer "/],
    ["nothing after Bearer", " Bearer ", /received it after "Bearer "/],
    ["in double quotes", '"sk-geheim"', /apiKey must be the key alone, received it in quotes/],
    ["in single quotes", " 'sk-geheim' ", /received it in quotes/],
    ["in typographic quotes", "“sk-geheim”", /received it in quotes/],
    ["with one quote", "sk-geheim'", /received it in quotes/],
    ["with a zero-width space", "sk-\u200bgeheim", /must be printable ASCII, received \\u200b at position 4/],
    ["with a line break", "sk-geheim\nx", /must be printable ASCII, received \\u000a at position 10/],
  ])("%s", (_, apiKey, message) => {
    vi.stubEnv("ARIZE_API_KEY", apiKey);
    expect(refused({ apiKey }).message).toMatch(message);
    expect(refused({}).message).toMatch(/^new ArizeClient: ARIZE_API_KEY must be /);
    for (const error of [refused({ apiKey }), refused({})]) {
      expect(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}`).not.toContain("geheim");
    }
  });
});
