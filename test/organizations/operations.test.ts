import {
  type CreateOrganizationParams,
  type ListOrganizationsParams,
  type Organization,
  type OrganizationParams,
  UnexpectedResponseError,
  type UpdateOrganizationParams,
} from "ax-users";
import { expect, expectTypeOf, test } from "vitest";
import {
  idOf,
  named,
  requestsTo,
  serveAccount,
  wireOrganization,
  wireOrganizationPage,
} from "../helpers/organizations.ts";
import { json, rejection, startServer } from "../helpers/server.ts";

const organizationId = idOf(0);
const dataOps: Organization = {
  id: organizationId,
  name: "Data Ops",
  description: "Pipelines",
  createdAt: new Date("2024-01-01T12:00:00Z"),
};

test("get and list give organizations in public names, without what the API does not specify", async () => {
  const extended = { ...named("Data Ops")[0], space_count: 3 };
  const server = await startServer((request, response) =>
    json(
      response,
      200,
      request.path === "/v2/organizations"
        ? { ...wireOrganizationPage([extended], "next"), took_ms: 3 }
        : extended,
    ),
  );
  const { organizations } = server.client();
  expect(await organizations.get({ organizationId })).toStrictEqual(dataOps);
  const page = await organizations.list();
  expect(page.data).toStrictEqual([dataOps]);
  expect(page.pagination).toStrictEqual({ hasMore: true, nextCursor: "next" });
});

test("list sends what was given, and 50 where no limit was", async () => {
  const { server, organizations } = await serveAccount({});
  await organizations.list();
  await organizations.list({ name: "a+b & c", limit: 100, cursor: "c/=" });
  await organizations.list({ name: undefined });
  expect(server.seen.map(({ query }) => [...query])).toEqual([
    [["limit", "50"]],
    [
      ["limit", "100"],
      ["cursor", "c/="],
      ["name", "a+b & c"],
    ],
    [["limit", "50"]],
  ]);
});

test("a list is iterated over all its pages", async () => {
  const names = Array.from({ length: 7 }, (_, index) => `Ops ${index}`);
  const { server, organizations } = await serveAccount({ organizations: named(...names) });
  const list = organizations.list({ limit: 3 });
  expect(server.seen).toEqual([]);
  const seen: string[] = [];
  for await (const { name } of list) seen.push(name);
  expect(seen).toEqual(names);
  expect(server.seen).toHaveLength(3);
});

test.each([null, undefined])("a description that is %s reads as an empty one", async (description) => {
  const { id, name, created_at } = wireOrganization({ id: organizationId });
  const bare = { id, name, created_at, ...(description === null && { description }) };
  const server = await startServer(({ method, path }, response) =>
    path === "/v2/organizations" && method === "GET"
      ? json(response, 200, wireOrganizationPage([bare]))
      : json(response, method === "POST" ? 201 : 200, bare),
  );
  const { organizations } = server.client();
  const { data } = await organizations.list();
  for (const organization of [
    ...data,
    await organizations.get({ organization: "Data Ops" }),
    await organizations.get({ organizationId }),
    await organizations.create({ name: "Data Ops" }),
    await organizations.update({ organizationId, name: "Data Ops" }),
  ]) {
    expect(organization).toHaveProperty("description", "");
  }
});

test.each([{ description: 5 }, { name: 5 }, { id: undefined }, { created_at: "yesterday" }])(
  "an organization with %o is an unexpected response",
  async (fields) => {
    const server = await startServer((_, response) =>
      json(response, 200, { ...wireOrganization(), ...fields }),
    );
    const error = await rejection(server.client().organizations.get({ organizationId }));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
  },
);

test("create sends the name trimmed, and a description where there is one", async () => {
  const { server, organizations } = await serveAccount({});
  expect(await organizations.create({ name: " Data Ops\n" })).toEqual({ ...dataOps, description: "" });
  await organizations.create({ name: "B", description: null });
  await organizations.create({ name: "C", description: "" });
  expect(await organizations.create({ name: "D", description: " What for " })).toMatchObject({
    description: " What for ",
  });
  expect(server.seen.map(({ body }) => JSON.parse(body))).toEqual([
    { name: "Data Ops" },
    { name: "B" },
    { name: "C", description: "" },
    { name: "D", description: " What for " },
  ]);
});

test("create of a name that is taken is a ConflictError", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  const error = await rejection(organizations.create({ name: "Data Ops" }));
  expect(error).toMatchObject({ name: "ConflictError", status: 409, outcome: "not_applied" });
  expect(error).not.toHaveProperty("existing");
  expect(requestsTo(server)).toEqual(["POST /v2/organizations"]);
});

test("update changes the name, the description, or both, and gives the organization", async () => {
  const { server, organizations } = await serveAccount({ organizations: named("Data Ops") });
  expect(await organizations.update({ organizationId, name: "  Data " })).toEqual({
    ...dataOps,
    name: "Data",
  });
  await organizations.update({ organization: "data", description: "New" });
  const both = await organizations.update({ organizationId, name: "Ops", description: "Newer" });
  expect(both).toEqual({ ...dataOps, name: "Ops", description: "Newer" });
  expect(server.seen.filter(({ method }) => method === "PATCH").map(({ body }) => JSON.parse(body))).toEqual([
    { name: "Data" },
    { description: "New" },
    { name: "Ops", description: "Newer" },
  ]);
});

/** A server that clears a description by one value and refuses the other. */
async function clearing(by: "" | null, status: number) {
  const server = await startServer((request, response) => {
    const given = JSON.parse(request.body);
    return given.description === by
      ? json(response, 200, wireOrganization({ id: organizationId, ...given }))
      : json(response, status, {
          title: "Refused",
          status,
          detail: `not ${JSON.stringify(given.description)}`,
        });
  });
  const bodies = () => server.seen.map(({ body }) => JSON.parse(body));
  return { organizations: server.client().organizations, bodies };
}

test.each([null, ""])("description %o clears it, by an empty one", async (description) => {
  const { organizations, bodies } = await clearing("", 400);
  const cleared = await organizations.update({ organizationId, description });
  expect(cleared.description).toBe("");
  expect(bodies()).toEqual([{ description: "" }]);
});

test.each([400, 422])("where an empty description is refused by %i, null clears it", async (status) => {
  for (const description of [null, ""]) {
    const { organizations, bodies } = await clearing(null, status);
    const cleared = await organizations.update({ organizationId, name: "A", description });
    expect(cleared).toMatchObject({ name: "A", description: "" });
    expect(bodies()).toEqual([
      { name: "A", description: "" },
      { name: "A", description: null },
    ]);
  }
});

/** A server that answers one status after the other. */
const answering = (...statuses: number[]) =>
  startServer((_, response) => {
    const status = statuses.shift() ?? 500;
    return json(response, status, { title: "Refused", status, detail: `${statuses.length} left` });
  });

test.each([
  [400, 400],
  [400, 422],
  [422, 400],
  [422, 422],
])("where both are refused, by %i and %i, the first answer is the error", async (first, second) => {
  const server = await answering(first, second);
  const error = await rejection(server.client().organizations.update({ organizationId, description: null }));
  expect(error).toMatchObject({ status: first, detail: "1 left", attempts: 1 });
  expect(server.seen).toHaveLength(2);
});

test.each([401, 403, 404, 409, 500])("what else is wrong with the second try is told: %i", async (status) => {
  const server = await answering(400, status);
  const error = await rejection(server.client().organizations.update({ organizationId, description: null }));
  expect(error).toMatchObject({ status, attempts: 1 });
});

test.each([401, 403, 404, 409, 500])(
  "an empty description that is answered by %i is not tried as null",
  async (status) => {
    const server = await answering(status);
    expect(
      await rejection(server.client().organizations.update({ organizationId, description: "" })),
    ).toMatchObject({
      status,
    });
    expect(server.seen.map(({ method }) => method)).toEqual(status === 404 ? ["PATCH", "GET"] : ["PATCH"]);
  },
);

test("a refusal of an update that clears nothing is told at once", async () => {
  for (const changes of [{ name: "A" }, { description: "B" }, { name: "A", description: " " }]) {
    const server = await answering(400);
    expect(
      await rejection(server.client().organizations.update({ organizationId, ...changes })),
    ).toMatchObject({
      status: 400,
    });
    expect(server.seen).toHaveLength(1);
  }
});

test("delete sends one request without a body and takes no other success than 204", async () => {
  let status = 204;
  const server = await startServer((_, response) => response.writeHead(status).end());
  const { organizations } = server.client();
  expect(await organizations.delete({ organizationId })).toBeUndefined();
  expect(server.seen[0]).toMatchObject({ body: "", method: "DELETE" });
  for (status of [200, 202]) {
    expect(await rejection(organizations.delete({ organizationId }))).toBeInstanceOf(UnexpectedResponseError);
  }
});

test("the types of organizations are what the documents say", () => {
  expectTypeOf<Organization["createdAt"]>().toEqualTypeOf<Date>();
  expectTypeOf<Organization["description"]>().toEqualTypeOf<string>();
  // @ts-expect-error -- a name or an ID, not both
  const both: OrganizationParams = { organization: "a", organizationId: "b" };
  // @ts-expect-error -- one of the two is required
  const neither: UpdateOrganizationParams = { name: "a" };
  // @ts-expect-error -- a name is required
  const nameless: CreateOrganizationParams = { description: "a" };
  // @ts-expect-error -- the filter is called name
  const misspelt: ListOrganizationsParams = { organization: "a" };
  const clearing: UpdateOrganizationParams = { organization: "a", description: null };
  expect([both, neither, nameless, misspelt, clearing]).toHaveLength(5);
});
