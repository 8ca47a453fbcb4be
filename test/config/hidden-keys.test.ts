import { ArizeClient, ValidationError } from "ax-users";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { shownOf } from "../helpers/reveal.ts";
import { rejection } from "../helpers/server.ts";

const KEY = "ak-7f3c9d1e-Zx81qLmN0pQrStUv.wXyZ_a5b6c7d8";
const OTHER = 'pl41n"key"without-prefix';
const far = `${"x".repeat(39)}/`;

beforeEach(() => {
  for (const name of ["ARIZE_API_KEY", "ARIZE_BASE_URL", "ARIZE_REGION", "ARIZE_LOG"])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const refusal = (make: () => unknown): Promise<unknown> => rejection((async () => make())());

/** No start of the key is shown, either, where a long value is cut. */
function expectHidden(error: unknown, key: string): void {
  expect(error).toBeInstanceOf(ValidationError);
  const shown = shownOf(error);
  expect(shown).toContain("[API key]");
  expect(shown).not.toContain(key.slice(0, 6));
  expect(shown).not.toContain(key.slice(-6));
  expect(shown).not.toContain(JSON.stringify(key).slice(1, 8));
}

const misplaced: [string, (key: string) => object][] = [
  ["baseUrl", (key) => ({ baseUrl: key })],
  ["baseUrl, with a path", (key) => ({ baseUrl: `api.arize.com/${key}/v2` })],
  ["baseUrl, where a long value is cut", (key) => ({ baseUrl: `api.arize.com/${far}${key}` })],
  ["region", (key) => ({ region: key })],
  ["logLevel", (key) => ({ logLevel: key })],
  ["enumCase", (key) => ({ enumCase: ` ${key}` })],
  ["userAgent", (key) => ({ userAgent: `my-sync\n${key}` })],
  ["timeoutMs", (key) => ({ timeoutMs: key })],
  ["headers", (key) => ({ headers: key })],
  ["the name of an option", (key) => ({ [key]: true })],
  ["the name of a header", (key) => ({ headers: { [key]: 5 } })],
];

for (const key of [KEY, OTHER]) {
  test.each(misplaced)(`the key ${key} in %s is not shown`, async (_, options) => {
    const given = options(key) as object;
    expectHidden(await refusal(() => new ArizeClient({ apiKey: key, ...given })), key);
    expectHidden(await refusal(() => new ArizeClient({ apiKey: ` "${key}"`, ...given })), key);
    vi.stubEnv("ARIZE_API_KEY", key);
    expectHidden(await refusal(() => new ArizeClient(given)), key);
  });

  test.each(misplaced.filter(([name]) => !/baseUrl|region/.test(name)))(
    `the key ${key} in %s of withOptions is not shown`,
    async (_, options) => {
      const client = new ArizeClient({ apiKey: key, prereleaseWarnings: false });
      expectHidden(await refusal(() => client.withOptions(options(key))), key);
    },
  );

  test.each([
    ["timeoutMs", { timeoutMs: key }],
    ["headers", { headers: key }],
    ["the name of an option", { [key]: true }],
    ["the name of a header", { headers: { [key]: 5 } }],
  ])(`the key ${key} in %s of a call is not shown`, async (_, options) => {
    const { users } = new ArizeClient({ apiKey: key, prereleaseWarnings: false });
    expectHidden(await rejection(users.get({ userId: "u1" }, options as object)), key);
    expectHidden(await rejection(users.list({}, options as object)), key);
    expectHidden(await rejection(users.bulkDelete({ userIds: ["u1"] }, options as object)), key);
  });

  test.each(["ARIZE_BASE_URL", "ARIZE_REGION", "ARIZE_LOG"])(
    `the key ${key} in %s is not shown`,
    async (name) => {
      vi.stubEnv(name, key);
      expectHidden(await refusal(() => new ArizeClient({ apiKey: key })), key);
    },
  );

  test(`the key ${key} instead of an object is not shown`, async () => {
    expectHidden(await refusal(() => new ArizeClient(Object(key).valueOf())), key);
  });
}

test.each(misplaced)("what looks like a key in %s is not shown, without any apiKey", async (_, options) => {
  expectHidden(await refusal(() => new ArizeClient(options(KEY))), KEY);
  expectHidden(await refusal(() => new ArizeClient({ apiKey: () => KEY, ...options(KEY) })), KEY);
});

test("values that only resemble a key are shown", async () => {
  const error = await refusal(() => new ArizeClient({ apiKey: "short", region: "short-ak-1" } as object));
  expect(error).toHaveProperty("message", expect.stringContaining('received "short-ak-1"'));
});
