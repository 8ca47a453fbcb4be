/** The example of the page on tokens, against a server that issues tokens and one that accepts only the newest. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { runExample } from "../helpers/run-example.ts";
import { json, startServer, wirePage } from "../helpers/server.ts";
import { pages } from "./pages.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const example = pages.find(({ page }) => page === "tokens")?.examples[0]?.[1] ?? "";

/** Runs the example with more code after its own. Gives each request to the API by its token, and the bodies that asked for one. */
async function runWithTokens(expiresInS: number, code = "") {
  let issued = 0;
  let revoked = 0;
  const asked: string[] = [];
  const issuer = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    asked.push(Buffer.concat(chunks).toString());
    issued += 1;
    json(response, 200, { access_token: `token-${issued}`, token_type: "Bearer", expires_in: expiresInS });
  });
  await new Promise<void>((resolve) => issuer.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    issuer.closeAllConnections();
    issuer.close();
  });
  const api = await startServer(({ path, headers }, response) => {
    const token = Number(headers.authorization?.replace("Bearer token-", ""));
    if (token <= revoked) return json(response, 401, { title: "Unauthorized", status: 401 });
    json(response, 200, path.endsWith("users") ? wirePage([]) : { ...wirePage([]), organizations: [] });
  });
  vi.stubEnv("OAUTH_TOKEN_URL", `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/oauth/token`);
  vi.stubEnv("OAUTH_CLIENT_ID", "nightly");
  vi.stubEnv("OAUTH_CLIENT_SECRET", "hush");
  vi.stubEnv("ARIZE_BASE_URL", api.baseUrl);
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", "true");
  vi.spyOn(console, "log").mockImplementation(() => {});
  const revoke = () => {
    revoked = issued;
  };
  await runExample(example + code, { revoke });
  return { asked, tokens: api.seen.map(({ headers }) => headers.authorization) };
}

test("a token serves all calls for as long as it is valid", async () => {
  const { asked, tokens } = await runWithTokens(3600);
  expect(asked).toEqual(["grant_type=client_credentials&client_id=nightly&client_secret=hush"]);
  expect(tokens).toEqual(["Bearer token-1", "Bearer token-1"]);
});

test("one with less than a minute to go is replaced by the next call", async () => {
  const { tokens } = await runWithTokens(59);
  expect(tokens).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("one that was revoked is replaced within the call", async () => {
  const { tokens } = await runWithTokens(3600, "revoke(); await client.users.list();");
  expect(tokens.slice(2)).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("calls at the same moment ask for one token", async () => {
  const { asked, tokens } = await runWithTokens(
    59,
    "await Promise.all([client.users.list(), client.users.list(), client.users.list()]);",
  );
  expect(asked).toHaveLength(3);
  expect(tokens.slice(2)).toEqual(Array(3).fill("Bearer token-3"));
});
