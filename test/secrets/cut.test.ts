import { APIError, ArizeClient, type ArizeClientOptions } from "ax-users";
import { expect, test } from "vitest";
import { shownOf } from "../helpers/reveal.ts";
import { rejection, startServer } from "../helpers/server.ts";

const apiKey = "ak-7f3c9d1e-Zx81qLmN0pQrStUv.wXyZ_a5b6c7d8";
const password = "hunter2-once";

async function errorFor(body: string, options: ArizeClientOptions = {}): Promise<APIError> {
  const server = await startServer((_, response) => response.writeHead(500).end(body));
  const client = server.client({ apiKey, maxRetries: 0, ...options });
  const error = await rejection(client.users.get({ userId: "u1" }));
  if (!(error instanceof APIError)) throw error;
  return error;
}

const base64 = btoa(`user:${apiKey}`);
const references = [...apiKey].map((one) => `&#x0000${one.charCodeAt(0).toString(16)};`).join("");
const once = `"temporary_password":"${password}"`;

/** A text of which `length` characters end just before the end of the secret. */
function across(length: number, secret: string, filler: string): string {
  const before = Math.max(0, length - secret.length + 3);
  return filler.repeat(before / filler.length).padEnd(before) + secret;
}

test.each([200, 500, 2_000, 8_192, 16_384, 65_536])(
  "a secret is shown by no error where its text is cut at %i characters",
  async (length) => {
    for (const secret of [apiKey, base64, references, once]) {
      for (const filler of [" ", "&#x0078;", `${apiKey} `]) {
        const start = across(length, secret, filler);
        const bodies = [
          start,
          `[${start}`,
          JSON.stringify({ title: start }),
          JSON.stringify({ detail: start }),
        ];
        for (const body of bodies) {
          const shown = shownOf(await errorFor(body));
          expect(shown).not.toMatch(/ak-7f3|hunter2|&#x00002d/);
          expect(shown).not.toContain(base64.slice(7, 20));
        }
      }
    }
  },
);

test("a body cut by maxResponseBytes shows no start of a key", async () => {
  for (const maxResponseBytes of [20, 50, 1_000]) {
    const start = " ".repeat(Math.max(0, maxResponseBytes - 30));
    const shown = shownOf(await errorFor(`${start}${apiKey} ${"x".repeat(5_000)}`, { maxResponseBytes }));
    expect(shown).not.toContain("ak-7f3");
  }
});

test("the start of a long page is shown", async () => {
  const { detail } = await errorFor(`\n  <html>${"Bad gateway. ".repeat(10_000)}`);
  expect(detail).toMatch(/^<html>Bad gateway\. Bad/);
  expect(detail).toHaveLength(200);
});

test.each([2_000, 8_192])(
  "a secret is in no cause where its message is cut at %i characters",
  async (length) => {
    for (const secret of [apiKey, base64, references]) {
      for (const filler of [" ", "x", "&#x0078;", `${apiKey} `]) {
        const cause = new Error(across(length, secret, filler));
        const fetch = () => Promise.reject(cause);
        const options = {
          apiKey,
          baseUrl: "https://ax.example",
          prereleaseWarnings: false,
          fetch,
          maxRetries: 0,
        };
        const shown = shownOf(await rejection(new ArizeClient(options).users.get({ userId: "u1" })));
        expect(shown).not.toMatch(/ak-7f3|&#x00002d/);
        expect(shown).not.toContain(base64.slice(7, 20));
      }
    }
  },
);
