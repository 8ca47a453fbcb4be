import { AmbiguousMatchError, NotFoundError, ValidationError } from "ax-users";
import { expect, test } from "vitest";
import {
  byOrganization,
  idOf,
  NAMES_LIKE_BASE64,
  named,
  requestsTo,
  serveAccount,
  wireOrganization,
  wireOrganizationPage,
} from "../helpers/organizations.ts";
import { json, rejection, startServer } from "../helpers/server.ts";

const LIST = "GET /v2/organizations";

const methods = byOrganization;
const ofAnyCase = methods.filter(([method]) => method !== "delete");

test.each(
  methods.flatMap(([method, call, request]) =>
    NAMES_LIKE_BASE64.map((name) => ({ method, call, request, name })),
  ),
)("$method acts on the organization named $name, which is no ID", async ({ method, call, request, name }) => {
  const { server, organizations } = await serveAccount({ organizations: named("Other", `${name} 2`, name) });
  await call(organizations, { organization: name });
  // What the list shows of an organization is all there is to it.
  const sent = method === "get" ? [] : [request(idOf(2))];
  expect(requestsTo(server)).toEqual([LIST, ...sent]);
  expect(server.seen[0]?.query.get("name")).toBe(name);
});

const ids = [
  ["padded", "T3JnYW5pemF0aW9uOjE="],
  ["without padding to leave out", "T3JnYW5pemF0aW9uOjEyMzQ1"],
  ["without its padding", "T3JnYW5pemF0aW9uOjE"],
  ["that the spec shows without its padding", "T3JnYW5pemF0aW9uOjEwMDE6eFl6Vw"],
  ["in the alphabet of URLs", Buffer.from("Organization:1:>>>???").toString("base64url")],
  ["with + and /", Buffer.from("Organization:1:>>>???").toString("base64")],
  ["of bytes that are no text", Buffer.from("Organization:\n\u00ff").toString("base64")],
] as const;

test.each(
  methods.flatMap(([method, call, request]) =>
    ids.map(([what, id]) => ({ method, call, request, what, id })),
  ),
)("$method takes an ID $what for what it is, without a look-up", async ({ call, request, id }) => {
  const { server, organizations } = await serveAccount({ organizations: [wireOrganization({ id })] });
  await call(organizations, { organization: `\u00a0${id}\n` });
  expect(requestsTo(server)).toEqual([request(id)]);
});

test.each([
  ["of nothing", btoa("Organization:")],
  ["of something else", "VXNlcjoxMjM0NQ=="],
  ["of something that only ends so", btoa("MyOrganization:1")],
  ["of no base64", "T3JnYW5pemF0aW9uOjE*"],
  ["of a length that base64 never has", "T3JnYW5pemF0aW9uOjEyM"],
])("an ID %s is a name", async (_, organization) => {
  const { server, organizations } = await serveAccount({ organizations: named(organization) });
  expect(await organizations.get({ organization })).toMatchObject({ id: idOf(0) });
  expect(requestsTo(server)).toEqual([LIST]);
});

test.each(methods)(
  "%s takes organizationId for an ID, whatever it looks like",
  async (_method, call, request) => {
    const { server, organizations } = await serveAccount({
      organizations: [...named("Operations"), wireOrganization({ id: "Operations" })],
    });
    await call(organizations, { organizationId: " Operations " });
    expect(requestsTo(server)).toEqual([request("Operations")]);
  },
);

test.each(methods)("%s tries as an ID what matches no name", async (_method, call, request) => {
  const { server, organizations } = await serveAccount({
    organizations: [...named("org"), wireOrganization({ id: "org_abc123", name: "Data Ops" })],
  });
  await call(organizations, { organization: "org_abc123" });
  const asked = [LIST, "GET /v2/organizations/org_abc123"];
  expect(requestsTo(server)).toEqual([...new Set([...asked, request("org_abc123")])]);
});

test.each(ofAnyCase)("%s tries an ID without the blanks around it", async (_method, call, request) => {
  const { server, organizations } = await serveAccount({
    organizations: [wireOrganization({ id: "org_abc123", name: "Data Ops" })],
  });
  await call(organizations, { organization: " org_abc123\n" });
  expect(requestsTo(server).at(-1)).toBe(request("org_abc123"));
});

test.each(ofAnyCase)("%s does not take another organization than asked for", async (_method, call) => {
  const server = await startServer((request, response) =>
    json(
      response,
      200,
      request.path === "/v2/organizations"
        ? wireOrganizationPage([])
        : wireOrganization({ id: "org_other", name: "Other" }),
    ),
  );
  const error = await rejection(call(server.client().organizations, { organization: "org_abc123" }));
  expect(error).toMatchObject({ name: "NotFoundError", outcome: "not_applied" });
  expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET"]);
});

test.each(ofAnyCase)("%s takes a name in any case where just one fits", async (_method, call, request) => {
  const { server, organizations } = await serveAccount({ organizations: named("data ops 2", "DATA ops") });
  await call(organizations, { organization: "Data Ops" });
  expect(server.seen[0]?.query.get("name")).toBe("Data Ops");
  expect(requestsTo(server).slice(1)).toEqual(_method === "get" ? [] : [request(idOf(1))]);
});

test.each(methods)("%s prefers the exact name to others in another case", async (method, call, request) => {
  const { server, organizations } = await serveAccount({
    organizations: named("DATA OPS", "Data Ops", "data ops"),
  });
  await call(organizations, { organization: "Data Ops" });
  expect(requestsTo(server).slice(1)).toEqual(method === "get" ? [] : [request(idOf(1))]);
});

test.each(ofAnyCase)("%s does not choose between names that differ in case only", async (_method, call) => {
  const { server, organizations } = await serveAccount({
    organizations: named("DATA OPS", "Data", "data ops"),
  });
  const error = await rejection(call(organizations, { organization: "Data Ops" }));
  expect(error).toBeInstanceOf(AmbiguousMatchError);
  expect(error).toMatchObject({ matchingIds: [idOf(0), idOf(2)] });
  expect(requestsTo(server)).toEqual([LIST]);
});

test.each(methods)("%s does not choose between two of the very same name", async (_method, call) => {
  const organizations = named("Data Ops", "Data Ops");
  const account = await serveAccount({ organizations });
  const error = await rejection(call(account.organizations, { organization: "Data Ops" }));
  expect(error).toBeInstanceOf(AmbiguousMatchError);
  expect(error).toHaveProperty("message", `2 organizations have this name: ${idOf(0)}, ${idOf(1)}.`);
  expect(error).toMatchObject({ matchingIds: [idOf(0), idOf(1)] });
  expect(requestsTo(account.server)).toEqual([LIST]);
});

test("one organization that shows on two pages, since the list moved, is one", async () => {
  const server = await startServer((request, response) =>
    json(
      response,
      200,
      wireOrganizationPage([wireOrganization()], request.query.has("cursor") ? undefined : "a"),
    ),
  );
  expect(await server.client().organizations.get({ organization: "data ops" })).toMatchObject({
    name: "Data Ops",
  });
  expect(server.seen).toHaveLength(2);
});

test.each(methods)("%s reads all pages of the filter, a hundred at a time", async (method, call, request) => {
  const crowd = Array.from({ length: 250 }, (_, index) => `Ops ${index}`);
  const { server, organizations } = await serveAccount({ organizations: named(...crowd, "Ops") });
  await call(organizations, { organization: "Ops" });
  expect(requestsTo(server)).toEqual([LIST, LIST, LIST, ...(method === "get" ? [] : [request(idOf(250))])]);
  expect(server.seen.slice(0, 3).map(({ query }) => [...query])).toEqual([
    [
      ["name", "Ops"],
      ["limit", "100"],
    ],
    [
      ["name", "Ops"],
      ["limit", "100"],
      ["cursor", "100"],
    ],
    [
      ["name", "Ops"],
      ["limit", "100"],
      ["cursor", "200"],
    ],
  ]);
});

test("what is reserved in a URL is encoded in a name and in an ID", async () => {
  const name = "R&D / a+b = c? #1 100% ü";
  const { server, organizations } = await serveAccount({ organizations: named(name) });
  expect(await organizations.get({ organization: name })).toMatchObject({ name });
  await rejection(organizations.get({ organizationId: "../a?b#c" }));
  expect(server.seen.at(-1)?.path).toBe(`/v2/organizations/${encodeURIComponent("../a?b#c")}`);
});

test.each(methods)(
  "%s of a name that is nobody's is a NotFoundError that tells no other",
  async (method, call) => {
    const { server, organizations } = await serveAccount({
      organizations: named("Secret Data Ops", "Data Ops 2"),
    });
    const error = (await rejection(call(organizations, { organization: "Data Ops" }))) as NotFoundError;
    expect(error).toMatchObject({
      name: "NotFoundError",
      status: 404,
      outcome: "not_applied",
      extensions: {},
    });
    const hint = method === "delete" ? " To delete one, its name must match exactly." : "";
    const [name, ...rest] = error.message.split(": ");
    expect(name).toMatch(/^organizations\.\w+$/);
    expect(rest).toEqual([`no organization has this name or ID, or this key may not read it.${hint}`]);
    expect(`${error.message}${JSON.stringify(error)}${error.cause}`).not.toMatch(/Secret|Ops/);
    expect([...error.headers]).toEqual([]);
    expect(requestsTo(server)).toEqual([LIST]);
  },
);

test.each([400, 404])("a %i for what may be an ID means that it is none", async (status) => {
  const server = await startServer((request, response) =>
    request.path === "/v2/organizations"
      ? json(response, 200, wireOrganizationPage([]))
      : json(response, status, { title: "Refused", status }),
  );
  for (const [, call] of methods) {
    const error = await rejection(call(server.client().organizations, { organization: "org_abc123" }));
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
  }
});

test("a 400 that is not the API's does not mean that there is no such organization", async () => {
  const server = await startServer((request, response) =>
    request.path === "/v2/organizations"
      ? json(response, 200, wireOrganizationPage([]))
      : response.writeHead(400, { "content-type": "text/html" }).end("<h1>Bad request</h1>"),
  );
  for (const [, call] of methods) {
    const error = await rejection(call(server.client().organizations, { organization: "org_abc123" }));
    expect(error).toMatchObject({ name: "BadRequestError", status: 400 });
  }
});

test.each([401, 403, 500])("a %i is told as it is, whichever request it answers", async (status) => {
  for (const refusing of ["/v2/organizations", "/v2/organizations/org_abc123"]) {
    const server = await startServer((request, response) =>
      request.path === refusing
        ? json(response, status, { title: "Refused", status })
        : json(response, 200, wireOrganizationPage([])),
    );
    for (const [, call] of methods) {
      const error = await rejection(call(server.client().organizations, { organization: "org_abc123" }));
      expect(error).toMatchObject({ status, title: "Refused" });
    }
  }
});

test("an ID that does not exist is a NotFoundError with what the server says", async () => {
  const { organizations } = await serveAccount({});
  const error = await rejection(organizations.get({ organization: idOf(7) }));
  expect(error).toMatchObject({ name: "NotFoundError", title: "Resource not found" });
  expect(error).toHaveProperty("message", expect.stringContaining("GET /v2/organizations/"));
});

test.each(["data ops", "DATA OPS"])(
  "delete takes a name as it is written and no other way: %s",
  async (organization) => {
    const { server, organizations, account } = await serveAccount({
      organizations: named("Data Ops", "Other"),
    });
    const error = await rejection(organizations.delete({ organization }));
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(String(error)).toMatch(/must match exactly/);
    expect(String(error)).not.toContain("Data Ops");
    expect(account.organizations).toHaveLength(2);
    expect(requestsTo(server)).toEqual([LIST]);
  },
);

test("delete does not take a near miss for an ID, should there be such an ID", async () => {
  const { server, organizations } = await serveAccount({
    organizations: [...named("Ops"), wireOrganization({ id: "ops", name: "Other" })],
  });
  expect(await rejection(organizations.delete({ organization: "ops" }))).toHaveProperty(
    "name",
    "NotFoundError",
  );
  expect(requestsTo(server)).toEqual([LIST]);
});

test("delete does not trust a server that knows an organization by another text than its ID", async () => {
  const server = await startServer((request, response) =>
    request.path === "/v2/organizations"
      ? json(response, 200, wireOrganizationPage([]))
      : json(response, request.method === "GET" ? 200 : 204, wireOrganization({ id: "org_ops" })),
  );
  const { organizations } = server.client();
  expect(await rejection(organizations.delete({ organization: "ORG_OPS" }))).toHaveProperty(
    "name",
    "NotFoundError",
  );
  expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET"]);
  await organizations.delete({ organization: "org_ops" });
  expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET", "GET", "GET", "DELETE"]);
});

test("delete does not choose between names that differ in case only: none is exact", async () => {
  const { organizations, account } = await serveAccount({ organizations: named("DATA OPS", "data ops") });
  expect(await rejection(organizations.delete({ organization: "Data Ops" }))).toHaveProperty(
    "name",
    "NotFoundError",
  );
  expect(account.organizations).toHaveLength(2);
});

test("a deleted organization is not there any more, by name or ID", async () => {
  const { organizations } = await serveAccount({ organizations: named("Data Ops") });
  expect(await organizations.delete({ organization: "Data Ops" })).toBeUndefined();
  for (const organization of ["Data Ops", idOf(0)]) {
    expect(await rejection(organizations.delete({ organization }))).toHaveProperty("name", "NotFoundError");
  }
});

test.each(methods)(
  "%s refuses a name that no organization can have, before any request",
  async (_method, call) => {
    const { server, organizations } = await serveAccount({});
    const error = await rejection(call(organizations, { organization: "x".repeat(256) }));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toHaveProperty("issues", [
      { path: "organization", message: "must have at most 255 characters, received 256 characters" },
    ]);
    expect(server.seen).toEqual([]);
    // 255 characters in 510 code units, and an ID of any length.
    await rejection(call(organizations, { organization: "\u{1d49c}".repeat(255) }));
    await rejection(call(organizations, { organization: btoa(`Organization:${"1".repeat(300)}`) }));
    expect(server.seen.length).toBeGreaterThan(1);
  },
);

test.each(methods)("%s prefers the name with its whitespace as given", async (method, call, request) => {
  const { server, organizations } = await serveAccount({ organizations: named("Ops", "Ops ", " Ops") });
  await call(organizations, { organization: "Ops " });
  expect(server.seen[0]?.query.get("name")).toBe("Ops");
  expect(requestsTo(server).slice(1)).toEqual(method === "get" ? [] : [request(idOf(1))]);
});

test.each(ofAnyCase)("%s finds a name without the whitespace around it", async (method, call, request) => {
  const { server, organizations } = await serveAccount({ organizations: named("ops", " OPS", "Ops") });
  await call(organizations, { organization: " Ops\n" });
  expect(requestsTo(server).slice(1)).toEqual(method === "get" ? [] : [request(idOf(2))]);
});

test.each(ofAnyCase)(
  "%s ignores the case of a name with whitespace where just one fits",
  async (method, call, request) => {
    const { server, organizations } = await serveAccount({ organizations: named("Ops 2", "OPS") });
    await call(organizations, { organization: " Ops " });
    expect(requestsTo(server).slice(1)).toEqual(method === "get" ? [] : [request(idOf(1))]);
  },
);

test("delete takes no name with other whitespace", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Ops") });
  const error = await rejection(organizations.delete({ organization: " Ops" }));
  expect(error).toBeInstanceOf(NotFoundError);
  expect(String(error)).toMatch(/must match exactly/);
  expect(requestsTo(server)).toEqual([LIST]);
});

test("an organization is found by the name that create was given", async () => {
  const { organizations } = await serveAccount({});
  const created = await organizations.create({ name: "Research " });
  expect(created.name).toBe("Research");
  expect(await organizations.get({ organization: "Research " })).toEqual(created);
});

test("the length of a name counts without the whitespace around it", async () => {
  const name = "x".repeat(255);
  const { organizations } = await serveAccount({ organizations: named(name) });
  expect(await organizations.get({ organization: `${name}\n` })).toMatchObject({ name });
});

test("a name with whitespace is not tried as an ID: a gateway may reject what it has beside", async () => {
  const server = await startServer((request, response) =>
    request.path === "/v2/organizations"
      ? json(response, 200, wireOrganizationPage([]))
      : response.writeHead(404, { "content-type": "text/html" }).end("<h1>Not found</h1>"),
  );
  for (const [, call] of methods) {
    const error = await rejection(call(server.client().organizations, { organization: "R&D / Ops" }));
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(String(error)).toContain("no organization has this name or ID");
  }
});
