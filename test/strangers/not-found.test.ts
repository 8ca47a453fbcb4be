import { ArizeClient } from "ax-users";
import { describe, expect, test } from "vitest";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";
import { CALLS, isConfirmation, LISTS, NOT_FOUND, STRANGERS, sendPage, serve } from "./stranger.ts";

const PROBLEM = { title: "Resource not found", status: 404 };
const STRANGER = STRANGERS[0] ?? NOT_FOUND;

describe.each(CALLS)("%s", (_, call) => {
  test.each(STRANGERS)("does not take the 404 of $name for an answer", async (page) => {
    const server = await serve([(response) => sendPage(response, 404, page)]);
    const error = await rejection(call(server.client()));
    expect(error).toMatchObject({ name: "APIError", status: 404, outcome: "not_applied", attempts: 1 });
    expect(String(error)).toMatch(/not from the API: check baseUrl/);
    expect(server.seen).toHaveLength(1);
  });

  test("takes the API's 404, confirmed by one request", async () => {
    const server = await serve([(response) => json(response, 404, PROBLEM)]);
    const client = server.client();
    for (let times = 1; times <= 2; times += 1) {
      expect(await rejection(call(client))).toMatchObject({
        name: "NotFoundError",
        status: 404,
        attempts: 1,
      });
    }
    expect(server.seen.map(isConfirmation)).toEqual([false, true, false]);
  });

  test("does not take a problem document from where there are no users either", async () => {
    const server = await startServer((_, response) => json(response, 404, PROBLEM));
    const error = await rejection(call(server.client()));
    expect(error).toMatchObject({ name: "APIError", status: 404 });
    expect(String(error)).toMatch(/did not confirm it \(HTTP 404\): check baseUrl/);
  });
});

test.each(LISTS)("%s: no 404 of a list is an answer", async (_, call) => {
  for (const page of [...STRANGERS, NOT_FOUND]) {
    const server = await startServer((_request, response) => sendPage(response, 404, page));
    const error = await rejection(call(server.client()));
    expect(error).toMatchObject({ name: "APIError", status: 404 });
    expect(String(error)).toMatch(/check baseUrl/);
  }
});

describe("removals that are repeated", () => {
  const removals = CALLS.filter(([name]) => /organizations\.(delete|removeUser)/.test(name));
  const retrying = { maxRetries: 1, timeoutMs: 5_000 };

  test.each(removals)("%s: 502, then a stranger's 404, is no success", async (_, call) => {
    const server = await serve([
      (response) => response.writeHead(502).end(),
      (response) => sendPage(response, 404, STRANGER),
    ]);
    expect(await rejection(call(server.client(retrying)))).toMatchObject({
      name: "APIError",
      status: 404,
      outcome: "unknown",
      attempts: 2,
    });
  });

  test.each(removals)("%s: 502, then a 404 whose document is about another status", async (_, call) => {
    const server = await serve([
      (response) => response.writeHead(502).end(),
      (response) => json(response, 404, { title: "Upstream", status: 500 }),
    ]);
    expect(await rejection(call(server.client(retrying)))).toMatchObject({ status: 404, outcome: "unknown" });
  });

  test.each(removals)("%s: 502, then the API's 404, is a success", async (_, call) => {
    const server = await serve([
      (response) => response.writeHead(502).end(),
      (response) => json(response, 404, PROBLEM),
    ]);
    expect(await call(server.client(retrying))).toBeUndefined();
    expect(server.seen.filter(isConfirmation)).toHaveLength(1);
  });
});

describe("what confirms", () => {
  const get = (client: ArizeClient) => client.users.get({ userId: "u1" });

  test.each([401, 403, 429, 500])("the API's problem document of status %i", async (status) => {
    const server = await serve([(response) => json(response, 404, PROBLEM)], (response) =>
      json(response, status, { title: "Refused", status }),
    );
    expect(await rejection(get(server.client()))).toMatchObject({ name: "NotFoundError" });
  });

  test.each<[string, Parameters<typeof serve>[1]]>([
    ["a page of HTML", (response) => response.writeHead(200).end("<html>")],
    ["another program's JSON", (response) => json(response, 200, { items: [] })],
    ["users without pagination", (response) => json(response, 200, { users: [] })],
    ["pagination without users", (response) => json(response, 200, { pagination: { has_more: false } })],
    ["users that are not a list", (response) => json(response, 200, { users: {}, pagination: {} })],
    ["pagination that is a list", (response) => json(response, 200, { users: [], pagination: [] })],
    ["a list", (response) => json(response, 200, [])],
    ["nothing", (response) => json(response, 200, null)],
    [
      "a problem document of a success",
      (response) => json(response, 202, { title: "Accepted", status: 202 }),
    ],
    ["a proxy's 403", (response) => response.writeHead(403).end("<html>")],
    ["a redirect", (response) => response.writeHead(302, { location: "/login" }).end()],
    ["a lost connection", (response) => response.destroy()],
  ])("not %s", async (_, confirmation) => {
    const server = await serve([(response) => json(response, 404, PROBLEM)], confirmation);
    expect(await rejection(get(server.client()))).toMatchObject({ name: "APIError", status: 404 });
  });

  test("a success before, so that no request is needed", async () => {
    const server = await serve([
      (response) => json(response, 200, wireUser({ id: "u1" })),
      (response) => json(response, 404, PROBLEM),
    ]);
    const client = server.client();
    await get(client);
    expect(await rejection(get(client))).toMatchObject({ name: "NotFoundError" });
    expect(server.seen.some(isConfirmation)).toBe(false);
  });

  test("one request for all calls at the same time", async () => {
    const server = await serve([(response) => json(response, 404, PROBLEM)]);
    const client = server.client();
    const errors = await Promise.all(Array.from({ length: 20 }, () => rejection(get(client))));
    for (const error of errors) expect(error).toMatchObject({ name: "NotFoundError" });
    expect(server.seen.filter(isConfirmation)).toHaveLength(1);
  });

  test("a request that ends with the call's signal and leaves the other calls theirs", async () => {
    const controller = new AbortController();
    let asked = 0;
    const server = await serve([(response) => json(response, 404, PROBLEM)], (response) => {
      asked += 1;
      if (asked === 1) controller.abort("enough");
      else json(response, 200, wirePage([]));
    });
    const client = server.client();
    const aborted = rejection(client.users.get({ userId: "u1" }, { signal: controller.signal }));
    const other = rejection(get(client));
    expect(await aborted).toBe("enough");
    expect(await other).toMatchObject({ name: "NotFoundError" });
  });

  test("no prerelease warning of its own", async () => {
    const { baseUrl } = await serve([(response) => json(response, 404, PROBLEM)]);
    const keys: string[] = [];
    const prereleaseWarnings = ({ key }: { key: string }) => keys.push(key);
    await rejection(get(new ArizeClient({ apiKey: "k", baseUrl, maxRetries: 0, prereleaseWarnings })));
    expect(keys).not.toContain("users.list");
  });
});

test.each([
  [401, "AuthenticationError", /says nothing about the key/],
  [403, "PermissionDeniedError", /says nothing about the key's permissions/],
])("a %i that is not the API's says so, and nothing of the key's owner", async (status, name, message) => {
  const server = await startServer((_, response) => response.writeHead(status).end("<html>blocked</html>"));
  for (const [, call] of CALLS) {
    const error = await rejection(call(server.client()));
    expect(error).toMatchObject({ name, status });
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toMatch(/lacks the permission|mistyped/);
  }
});

test.each([400, 409, 422])("a %i that is not the API's says so", async (status) => {
  const server = await startServer((_, response) => response.writeHead(status).end("<html>blocked</html>"));
  expect(String(await rejection(server.client().users.delete({ userId: "u1" })))).toMatch(
    / This response is not from the API\.$/m,
  );
});

test("a proxy's 400 does not say that there is no such organization", async () => {
  const server = await startServer(({ path }, response) =>
    path === "/v2/organizations"
      ? json(response, 200, { organizations: [], pagination: { has_more: false } })
      : response.writeHead(400).end("<html>blocked</html>"),
  );
  const error = await rejection(server.client().organizations.get({ organization: "org_data" }));
  expect(error).toMatchObject({ name: "BadRequestError", status: 400 });
});
