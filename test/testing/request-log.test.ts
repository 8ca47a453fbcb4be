import { once } from "node:events";
import { request as sendRequest } from "node:http";
import { inspect } from "node:util";
import type { SandboxRequest } from "ax-users/testing";
import { expect, test } from "vitest";
import { call, open } from "./helpers.ts";

/** The request that a sandbox has kept of one with a query, a header of its own and a body. */
async function keptRequest(): Promise<SandboxRequest> {
  const sandbox = await open();
  await call(sandbox, "PATCH", "/v2/users/a?b=1&b=2", { name: "Ada" }, { "X-Thing": "yes" });
  const [request] = sandbox.requests;
  if (!request) throw new Error("The sandbox has kept no request.");
  return request;
}

const PLAIN = {
  method: "PATCH",
  path: "/v2/users/a",
  query: new URLSearchParams("b=1&b=2"),
  headers: expect.objectContaining({ "x-thing": "yes", "content-type": "application/json" }),
  body: { name: "Ada" },
  status: 404,
  receivedAtMs: expect.any(Number),
};

test("a request compares and copies like a plain object", async () => {
  const request = await keptRequest();
  expect(request).toEqual(PLAIN);
  expect({ ...request }).toStrictEqual(PLAIN);
  expect(Object.keys(request).sort()).toEqual(Object.keys(PLAIN).sort());
  expect(JSON.parse(JSON.stringify(request))).toMatchObject({ body: { name: "Ada" }, status: 404 });
});

test("a request prints like a plain object", async () => {
  const request = await keptRequest();
  expect(inspect(request)).toBe(inspect({ ...request }));
  expect(inspect(request)).toContain("query: URLSearchParams { 'b' => '1', 'b' => '2' }");
  expect(inspect([request], { depth: 0 })).toBe(inspect([{ ...request }], { depth: 0 }));
});

test("what is changed in a part of a request changes nothing in the log", async () => {
  const request = await keptRequest();
  request.query.delete("b");
  Object.assign(request.headers, { "x-thing": "no" });
  Object.assign(Object(request.body), { name: "Bob" });
  expect(request).toEqual(PLAIN);
});

test("a header that came several times is one", async () => {
  const sandbox = await open();
  const headers = { "set-cookie": ["a=1", "b=2"], "x-thing": ["c", "d"] };
  const sent = sendRequest(`${sandbox.baseUrl}/v2/users`, { headers }).end();
  const [answer] = await once(sent, "response");
  answer.resume();
  expect(sandbox.requests[0]?.headers).toMatchObject({ "set-cookie": "a=1, b=2", "x-thing": "c, d" });
});
