import { ArizeClient, type ArizeClientOptions } from "ax-users";
import { startSandbox } from "ax-users/testing";
import { expect, test } from "vitest";
import { idOf, wireOrganization } from "../helpers/organizations.ts";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

test.each(["alpha", "current"] as const)(
  "a client whose first call clears a description is refused once at most (%s)",
  async (dialect) => {
    await using sandbox = await startSandbox({
      dialect,
      users: [{ id: "u1", email: "ada@example.com" }],
      organizations: [{ name: "Research", description: "Basic" }],
    });
    const { baseUrl, apiKey } = sandbox;
    const { organizations } = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false });
    const { description } = await organizations.update({ organization: "Research", description: null });
    expect(description).toBe("");
    const role = { type: "predefined", name: "member" } as const;
    await organizations.addUser({ organization: "Research", userId: "u1", role });
    expect(sandbox.requests.filter(({ status }) => status === 400)).toHaveLength(
      dialect === "current" ? 1 : 0,
    );
  },
);

test("clears and enums at the same time learn together", async () => {
  await using sandbox = await startSandbox({
    dialect: "current",
    organizations: Array.from({ length: 5 }, (_, index) => ({ id: `o${index}`, name: `Org ${index}` })),
  });
  const { baseUrl, apiKey } = sandbox;
  const { organizations, users } = new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false });
  const role = { type: "predefined", name: "member" } as const;
  const ada = { name: "Ada", email: "ada@example.com", role, inviteMode: "email_link" } as const;
  const clears = sandbox
    .organizations()
    .map(({ id }) => organizations.update({ organizationId: id, description: null }));
  await Promise.all([...clears, users.create(ada)]);
  expect(sandbox.requests.filter(({ status }) => status === 400)).toHaveLength(1);
});

/** A server with upper-case enum values where the value that clears a description is another than the dialect suggests. */
async function serveClears(clearing: string | null, options: ArizeClientOptions) {
  const server = await startServer((request, response) => {
    if (request.method === "GET") return json(response, 200, wirePage([wireUser({ status: "ACTIVE" })]));
    const { description } = JSON.parse(request.body);
    return description === clearing
      ? json(response, 200, wireOrganization({ description }))
      : json(response, 400, { title: "Malformed", status: 400 });
  });
  const client = server.client(options);
  const clear = () => client.organizations.update({ organizationId: idOf(1), description: null });
  const sent = () => server.seen.flatMap(({ body }) => (body ? [JSON.parse(body).description] : []));
  return { client, clear, sent };
}

test.each([
  ["auto", "", [null, "", ""]],
  ["upper", "", [null, "", ""]],
  ["lower", "", ["", ""]],
  ["auto", null, [null, null]],
  ["upper", null, [null, null]],
  ["lower", null, ["", null, null]],
] as const)(
  "a client remembers what clears a description (enumCase %s, cleared by %j)",
  async (enumCase, clearing, expected) => {
    const { client, clear, sent } = await serveClears(clearing, { enumCase });
    await client.users.list();
    expect((await clear()).description).toBe("");
    expect((await clear()).description).toBe("");
    expect(sent()).toEqual(expected);
  },
);

test("a server that begins to reject what cleared a description before is followed", async () => {
  const server = await startServer((request, response) => {
    const { description } = JSON.parse(request.body);
    return description === (server.seen.length > 1 ? null : "")
      ? json(response, 200, wireOrganization({ description }))
      : json(response, 400, { title: "Malformed", status: 400 });
  });
  const { organizations } = server.client();
  for (const _ of [1, 2, 3]) await organizations.update({ organizationId: idOf(1), description: "" });
  expect(server.seen.map(({ body }) => JSON.parse(body).description)).toEqual(["", "", null, null]);
});

test("an update that is rejected in both forms rejects with the first error", async () => {
  const server = await startServer((_, response) =>
    json(response, 400, { title: `Refused ${server.seen.length}`, status: 400 }),
  );
  const call = server.client().organizations.update({ organizationId: idOf(1), description: null });
  expect(await rejection(call)).toMatchObject({ status: 400, title: "Refused 1" });
  expect(server.seen).toHaveLength(2);
});
