import { ArizeClient, type ArizeClientOptions, type RequestOptions, ValidationError } from "ax-users";
import { afterEach, expect, test, vi } from "vitest";
import { serveUsers, validationError, wrong } from "./account.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const made = (options: unknown): unknown => {
  try {
    return new ArizeClient(wrong<ArizeClientOptions>(options));
  } catch (error) {
    return error;
  }
};

test.each([
  ["baseURL", "baseUrl"],
  ["base_url", "baseUrl"],
  ["BaseUrl", "baseUrl"],
  ["url", "baseUrl"],
  ["api_key", "apiKey"],
  ["timeout", "timeoutMs"],
  ["retries", "maxRetries"],
  ["maxRetry", "maxRetries"],
  ["header", "headers"],
])("a client's option %s is refused in favour of %s", (name, known) => {
  const error = made({ apiKey: "k", [name]: "https://x.io" });
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toHaveProperty(
    "message",
    expect.stringContaining(`unknown argument "${name}"; expected one of `),
  );
  expect(error).toHaveProperty("message", expect.stringContaining(`; did you mean ${known}?`));
  expect(error).toHaveProperty("issues", [expect.objectContaining({ path: name })]);
});

test("an option that is like none gets the list of all, and everything wrong is reported at once", () => {
  expect(made({ zebra: 1, timeoutMs: 0 })).toHaveProperty(
    "message",
    expect.stringMatching(
      /^new ArizeClient: unknown argument "zebra"; expected one of apiKey, .*logLevel; apiKey is.*; timeoutMs must/,
    ),
  );
});

test("options that are undefined count as not given, known or not", async () => {
  vi.stubEnv("ARIZE_API_KEY", "from-the-environment");
  const options = { apiKey: undefined, headers: undefined, fetch: undefined, baseURL: undefined };
  expect(made(options)).toBeInstanceOf(ArizeClient);
});

test.each<[unknown, string]>([
  [{ timeout: 5 }, 'unknown argument "timeout"; expected one of signal, timeoutMs, deadlineMs, maxRetries'],
  [{ timeout: 5 }, "; did you mean timeoutMs?"],
  [{ retries: 0 }, "; did you mean maxRetries?"],
  [{ abortSignal: AbortSignal.timeout(5) }, "; did you mean signal?"],
  [{ apiKey: "another" }, 'unknown argument "apiKey"'],
  [AbortSignal.abort(), 'unknown argument "aborted"'],
])("a call with the options %o is refused", async (options, message) => {
  const server = await serveUsers();
  const { users, organizations } = server.client();
  for (const call of [
    users.list({}, wrong<RequestOptions>(options)),
    users.delete({ userId: "u1" }, wrong<RequestOptions>(options)),
    users.bulkDelete({ userIds: ["u1"] }, wrong<RequestOptions>(options)),
    users.findByEmails(["a@x.io"], wrong<RequestOptions>(options)),
    organizations.list({}, wrong<RequestOptions>(options)),
  ]) {
    expect((await validationError(call)).message).toContain(message);
  }
  expect(server.seen).toEqual([]);
});

test("params with an unknown name name the nearest known one", async () => {
  const { users } = (await serveUsers()).client();
  expect((await validationError(users.list(wrong({ pageSize: 5 })))).message).toBe(
    'users.list: unknown argument "pageSize"; expected one of limit, cursor, email, status',
  );
  expect((await validationError(users.list(wrong({ emial: "a" })))).message).toBe(
    'users.list: unknown argument "emial"; expected one of limit, cursor, email, status; did you mean email?',
  );
  expect((await validationError(users.delete(wrong({ id: "u1" })))).message).toBe(
    'users.delete: unknown argument "id"; expected one of userId; did you mean userId?',
  );
});

/** What stands for an object of named arguments by mistake: it has no members, so that all of them would vanish. */
const EMPTY: [string, object, RegExp][] = [
  [
    "a promise",
    Promise.resolve({ email: "x" }),
    /must be an object with members, received a promise: await it/,
  ],
  ["a Date", new Date(0), /must be an object with members, received one of a class without any/],
  ["an Error", new Error("x"), /without any/],
  ["a WeakMap", new WeakMap(), /without any/],
];

test.each(EMPTY)("%s is refused for params, options and headers", async (_, value, message) => {
  const server = await serveUsers();
  const client = server.client();
  const refused = async (call: () => unknown) => {
    const error = await Promise.resolve()
      .then(call)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toHaveProperty("message", expect.stringMatching(message));
  };
  await refused(() => client.users.list(wrong(value)));
  await refused(() => client.users.list(wrong(value)).toArray({ max: 1 }));
  await refused(() => client.users.delete(wrong(value)));
  await refused(() => client.users.delete({ userId: "u1" }, wrong(value)));
  await refused(() => client.users.delete({ userId: "u1" }, { headers: wrong(value) }));
  await refused(() => client.withOptions(wrong(value)));
  vi.stubEnv("ARIZE_API_KEY", "from-the-environment");
  await refused(() => new ArizeClient(wrong(value)));
  expect(server.seen).toEqual([]);
});

test("toArray refuses unknown names", async () => {
  const server = await serveUsers();
  const { message } = await validationError(
    server
      .client()
      .users.list()
      .toArray(wrong({ max: 5, signal: AbortSignal.abort() })),
  );
  expect(message).toContain('toArray: unknown argument "signal"; expected one of max');
  expect(server.seen).toEqual([]);
});
