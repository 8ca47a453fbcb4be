/** What the page on proxies says, in a process of its own each time, in Node 20 and 24 where the machine's is Node 20. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { nodes } from "../../helpers/nodes.ts";
import { examplesIn } from "../../helpers/run-example.ts";
import { pages } from "../pages.ts";
import { startCompanyNetwork } from "./company-network.ts";
import { install, runScript } from "./programs.ts";

const text = pages.find(({ page }) => page === "proxies")?.text ?? "";
const [certificate = "", node24 = "", node20 = "", command = ""] = [
  ...text.matchAll(/^```sh\n([\s\S]*?)^```/gm),
].map(([, script = ""]) => script.replace(/^npm install .*\n/gm, ""));
const undiciExamples = examplesIn(text);
const [, proxyModule = ""] = /^```js\n([\s\S]*?)^```/m.exec(text) ?? [];

/** A program that knows nothing of proxies. */
const APP = `
import { ArizeClient } from "ax-users";
const client = new ArizeClient({ maxRetries: 0 });
try {
  console.log((await client.users.list()).data.length);
} catch (error) {
  console.log(error.name, error.outcome, error.message);
}`;

let folder: string;
let network: Awaited<ReturnType<typeof startCompanyNetwork>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ax-users-proxies-"));
  [network] = await Promise.all([startCompanyNetwork(folder), install(folder)]);
});
afterAll(async () => {
  await network.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  network.tunnels.length = 0;
});

/** With the addresses and the file of this network. */
const ofNetwork = (script: string): string =>
  script
    .replace("proxy.example.com:8080", network.proxy)
    .replace("user:password", network.credentials)
    .replace("/etc/ssl/company-ca.pem", network.caFile);

describe.each(nodes)("Node $version", ({ file: node, hasEnvProxy }) => {
  const run = (script: string, { app = APP, baseUrl = network.baseUrl, isTrusting = true } = {}) => {
    const env = {
      ARIZE_API_KEY: network.apiKey,
      ARIZE_BASE_URL: baseUrl,
      DISABLE_PRERELEASE_WARNING: "true",
      ...(isTrusting && { NODE_EXTRA_CA_CERTS: network.caFile }),
    };
    return runScript({ folder, node, env }, ofNetwork(script), app);
  };

  test("trusts the authority of NODE_EXTRA_CA_CERTS, and without it says what is wrong", async () => {
    const options = { baseUrl: network.directUrl, isTrusting: false };
    expect(await run(certificate, options)).toBe("3");
    expect(await run("node app.js", options)).toMatch(
      /^ConnectionError not_applied .*certificate is not trusted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)/,
    );
  });

  test("uses the proxy of HTTPS_PROXY, if it knows NODE_USE_ENV_PROXY", async () => {
    const output = await run(node24);
    expect(output).toMatch(hasEnvProxy ? /^3$/ : /could not resolve arize\.invalid/);
    expect(network.tunnels).toEqual(hasEnvProxy ? ["arize.invalid:443"] : []);
  });

  test("reaches the hosts of NO_PROXY directly", async () => {
    const script = node24.replace("NO_PROXY=localhost", "NO_PROXY=127.0.0.1");
    expect(await run(script, { baseUrl: network.directUrl })).toBe("3");
    expect(network.tunnels).toEqual([]);
  });

  test("does not use the proxy unasked", async () => {
    const output = await run(`${node20} node app.js`);
    expect(output).toMatch(/^ConnectionError not_applied .*could not resolve arize\.invalid/);
    expect(network.tunnels).toEqual([]);
  });

  test.for(undiciExamples)("uses the proxy through undici 7: %s", async ([, app]) => {
    expect(await run(`${node20} node app.js`, { app })).toBe("3");
    expect(network.tunnels).toEqual(["arize.invalid:443"]);
  });

  test("uses the proxy in a program that knows nothing of it, such as the command", async () => {
    await writeFile(join(folder, "proxy.mjs"), proxyModule);
    expect(await run(`${node20} ${command} node app.js`)).toBe("3");
    expect(network.tunnels).toEqual(["arize.invalid:443"]);
  });

  test("says that the proxy wants a password", async () => {
    const [[, example] = ["", ""]] = undiciExamples;
    const app = example.replace("new ArizeClient()", "new ArizeClient({ maxRetries: 0 })");
    const output = await run(`${node20} node app.js`.replace("user:password@", ""), { app });
    expect(output).toContain("the proxy refused the tunnel with HTTP 407");
    expect(output).toContain("outcome: 'not_applied'");
  });
});

test("the page has the scripts and both examples that these tests run", () => {
  expect([certificate, node24, node20, command].map((script) => script.match(/[A-Z_]+(?==)/g))).toEqual([
    ["NODE_EXTRA_CA_CERTS"],
    ["NODE_USE_ENV_PROXY", "HTTPS_PROXY", "NO_PROXY"],
    ["HTTPS_PROXY"],
    ["NODE_OPTIONS"],
  ]);
  expect(undiciExamples).toHaveLength(2);
});
