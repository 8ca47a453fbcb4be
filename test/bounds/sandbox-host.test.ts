import { request } from "node:http";
import { expect, test } from "vitest";
import { openSandbox } from "../helpers/sandbox.ts";

/** The status of a request with a Host of its own, which fetch does not let a program set. */
const statusFor = (baseUrl: string, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = { host, authorization: "Bearer sandbox-key" };
    request(`${baseUrl}/v2/users`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });

test.each(["127.0.0.1", "127.0.0.1:80", "localhost:3000", "LOCALHOST", "[::1]:1", "ax.localhost"])(
  "the sandbox answers a request for %s",
  async (host) => {
    const { baseUrl } = await openSandbox();
    expect(await statusFor(baseUrl, host)).toBe(200);
  },
);

test.each([
  "evil.example",
  "evil.example:80",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "10.0.0.1",
])("the sandbox does not answer a request for %s", async (host) => {
  const { baseUrl } = await openSandbox();
  expect(await statusFor(baseUrl, host)).toBe(421);
});
