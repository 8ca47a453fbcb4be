import { readFileSync } from "node:fs";
import { ArizeClient, type ArizeClientOptions, ValidationError } from "ax-users";
import { afterEach, expect, test, vi } from "vitest";
import { wirePage } from "../helpers/server.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The header as it is given to `fetch`. */
async function sent(options: ArizeClientOptions = {}): Promise<string | null> {
  let headers = new Headers();
  const fetch: typeof globalThis.fetch = async (_, init) => {
    headers = new Headers(init?.headers);
    return Response.json(wirePage([]));
  };
  await new ArizeClient({ apiKey: "k", prereleaseWarnings: false, fetch, ...options }).users.list();
  return headers.get("user-agent");
}

test("every request says which version of the package it is of", async () => {
  expect(await sent()).toBe(`ax-users/${version}`);
});

test("userAgent is appended, and withOptions replaces it", async () => {
  expect(await sent({ userAgent: "my-sync/2.1 (ops)" })).toBe(`ax-users/${version} my-sync/2.1 (ops)`);
  const client = new ArizeClient({ apiKey: "k", userAgent: "a/1", prereleaseWarnings: false });
  const seen: string[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    seen.push(new Headers(init?.headers).get("user-agent") ?? "");
    return Response.json(wirePage([]));
  };
  await client.withOptions({ userAgent: "b/2", fetch }).users.list();
  expect(seen).toEqual([`ax-users/${version} b/2`]);
});

test("a header of the caller's is sent as it is", async () => {
  expect(await sent({ headers: { "User-Agent": "mine" }, userAgent: "a/1" })).toBe("mine");
});

test.each([
  ["a page", { document: {}, navigator: { userAgent: "anything" } }, null],
  ["a browser's worker", { navigator: { userAgent: "Mozilla/5.0 (X11) Firefox/140.0" } }, null],
  ["Deno", { navigator: { userAgent: "Deno/2.5.0" } }, `ax-users/${version}`],
  ["Cloudflare's workerd", { navigator: { userAgent: "Cloudflare-Workers" } }, `ax-users/${version}`],
  ["React Native", { navigator: { product: "ReactNative" } }, `ax-users/${version}`],
])("in %s it is %#", async (_, globals, expected) => {
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  expect(await sent()).toBe(expected);
});

test.each(["", " ", " a", "ä", "a\nb", 5, null])("a userAgent %j is refused", (userAgent) => {
  const make = () => new ArizeClient({ apiKey: "k", userAgent } as ArizeClientOptions);
  expect(make).toThrow(ValidationError);
  expect(make).toThrow(/userAgent must be printable ASCII, without whitespace around it/);
});
