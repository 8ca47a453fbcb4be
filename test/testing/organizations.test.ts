import type { Sandbox, SeedOrganization } from "ax-users/testing";
import { describe, expect, test } from "vitest";
import { DIALECTS, inEra } from "./dialects.ts";
import { namesOf, type WireOrganization, type WireOrganizationPage, type WireProblem } from "./helpers.ts";

const SEEDS: SeedOrganization[] = [
  { id: "search", name: "Search", description: "Who searches" },
  { id: "research", name: "Research" },
];

describe.each(DIALECTS)("in the %s dialect", (dialect) => {
  const { open, call } = inEra(dialect);

  const list = async (sandbox: Sandbox, query = ""): Promise<WireOrganizationPage> => {
    const { status, body } = await call<WireOrganizationPage>(sandbox, "GET", `/v2/organizations${query}`);
    expect(status).toBe(200);
    return body;
  };

  test("an account without organizations has an empty page and no cursor", async () => {
    expect(await list(await open())).toEqual({ organizations: [], pagination: { has_more: false } });
  });

  test("a listed organization has the four fields of the API", async () => {
    const sandbox = await open({ organizations: [{ name: "Search", members: [] }] });
    expect((await list(sandbox)).organizations).toEqual([
      { id: "T3JnYW5pemF0aW9uOjE=", name: "Search", description: "", created_at: "2024-01-01T00:00:00Z" },
    ]);
  });

  test("a page holds 50 organizations unless told otherwise, and at most 100", async () => {
    const sandbox = await open({ organizations: 120 });
    expect((await list(sandbox)).organizations).toHaveLength(50);
    expect((await list(sandbox, "?limit=1")).organizations).toHaveLength(1);
    expect((await list(sandbox, "?limit=100")).organizations).toHaveLength(100);
  });

  test("the cursor leads through all once, also where some are deleted between two pages", async () => {
    const sandbox = await open({ organizations: 25 });
    const all = sandbox.organizations().map(({ name }) => name);
    const seen: string[] = [];
    let query = "?limit=10";
    for (const size of [10, 10, 5]) {
      const page = await list(sandbox, query);
      expect(page.organizations).toHaveLength(size);
      const [first] = page.organizations;
      await call(sandbox, "DELETE", `/v2/organizations/${first?.id}`);
      seen.push(...namesOf(page));
      query = `?limit=10&cursor=${page.pagination.next_cursor}`;
      expect(page.pagination.has_more).toBe(size === 10);
    }
    expect(seen).toEqual(all);
    expect(await list(sandbox)).toMatchObject({ pagination: { has_more: false } });
  });

  test("the name filter is a substring in any case, and pages are of what passes it", async () => {
    const organizations = [...SEEDS, { name: "Platform" }, { name: "SEARCH +" }];
    const sandbox = await open({ organizations });
    expect(namesOf(await list(sandbox, "?name=SeArCh"))).toEqual(["Search", "Research", "SEARCH +"]);
    expect(namesOf(await list(sandbox, "?name=h%20%2B"))).toEqual(["SEARCH +"]);
    expect(namesOf(await list(sandbox, "?name=nobody"))).toEqual([]);
    expect(namesOf(await list(sandbox, "?name="))).toHaveLength(4);
    const { pagination } = await list(sandbox, "?name=search&limit=2");
    expect(namesOf(await list(sandbox, `?name=search&cursor=${pagination.next_cursor}`))).toEqual([
      "SEARCH +",
    ]);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=1&limit=2", "'limit' must be given once"],
    ["cursor=abc", "cursor is malformed"],
    ["name=a&name=b", "'name' must be given once"],
    [`name=${"n".repeat(256)}`, "The name filter must have at most 255 characters."],
  ])("listing with %s gives 400", async (query, detail) => {
    const { status, body } = await call<WireProblem>(await open(), "GET", `/v2/organizations?${query}`);
    expect(status).toBe(400);
    expect(body.detail).toContain(detail);
  });

  test("a create answers 201 with the organization, which is listed last", async () => {
    const sandbox = await open({ organizations: [{ name: "Future", createdAt: "2999-01-01T00:00:00Z" }] });
    const given = { name: "Search", description: "Who searches" };
    const { status, headers, body } = await call<WireOrganization>(
      sandbox,
      "POST",
      "/v2/organizations",
      given,
    );
    expect(status).toBe(201);
    expect(headers.get("content-type")).toBe("application/json");
    expect(body).toEqual({ id: "T3JnYW5pemF0aW9uOjI=", ...given, created_at: "2999-01-01T00:00:00Z" });
    expect(sandbox.organizations()[1]).toEqual({
      id: body.id,
      ...given,
      createdAt: body.created_at,
      members: [],
    });
  });

  test.each([[{}], [{ description: "" }]])("a create with %j leaves the description empty", async (given) => {
    const before = Date.now();
    const body = { name: "Search", ...given };
    const reply = await call<WireOrganization>(await open(), "POST", "/v2/organizations", body);
    expect([reply.status, reply.body.description]).toEqual([201, ""]);
    expect(Date.parse(reply.body.created_at)).toBeGreaterThanOrEqual(before);
  });

  test.each<[string, unknown, string]>([
    ["no name", { description: "x" }, "'name' field is required and must be a non-empty string"],
    ["an empty name", { name: "" }, "'name' field is required"],
    ["a name that is no string", { name: 7 }, "'name' field is required"],
    ["a name of 256 characters", { name: "n".repeat(256) }, "at most 255 characters"],
    ["a description of null", { name: "New", description: null }, "must be a string"],
    ["a description of 1001 characters", { name: "New", description: "d".repeat(1001) }, "at most 1000"],
    ["a field of the system's own", { name: "New", id: "1" }, "'id' is unknown; expected one of name, descr"],
    ["no object", [], "must be a JSON object"],
    ["no body", undefined, "The Content-Type must be application/json."],
  ])("a create with %s gives 400 and creates nothing", async (_, given, detail) => {
    const sandbox = await open();
    const { status, body } = await call<WireProblem>(sandbox, "POST", "/v2/organizations", given);
    expect(status).toBe(400);
    expect(body.detail).toContain(detail);
    expect(sandbox.organizations()).toEqual([]);
  });

  test("a name may have 255 characters and a description 1000, each of two code units", async () => {
    const given = { name: "😀".repeat(255), description: "😀".repeat(1000) };
    const { status, body } = await call(await open(), "POST", "/v2/organizations", given);
    expect(status).toBe(201);
    expect(body).toMatchObject(given);
  });

  test("a name that is taken gives 409, in another case it is another name", async () => {
    const sandbox = await open({ organizations: SEEDS });
    const create = (name: string) => call<WireProblem>(sandbox, "POST", "/v2/organizations", { name });
    const { status, body } = await create("Search");
    expect([status, body.title]).toEqual([409, "Resource conflict"]);
    expect((await create("search")).status).toBe(201);
  });

  test("the name of a deleted organization is free again, its ID is not", async () => {
    const sandbox = await open({ organizations: 1 });
    const [{ id = "", name = "" } = {}] = sandbox.organizations();
    await call(sandbox, "DELETE", `/v2/organizations/${id}`);
    const { status, body } = await call<WireOrganization>(sandbox, "POST", "/v2/organizations", { name });
    expect([status, body.id]).toEqual([201, "T3JnYW5pemF0aW9uOjI="]);
  });

  test("an organization is found by its ID, padding escaped or not", async () => {
    const sandbox = await open({ organizations: 2 });
    const { id = "" } = sandbox.organizations()[1] ?? {};
    for (const path of [id, encodeURIComponent(id)]) {
      const { status, body } = await call<WireOrganization>(sandbox, "GET", `/v2/organizations/${path}`);
      expect([status, body.id]).toEqual([200, id]);
    }
  });

  test("an update changes what it names", async () => {
    const sandbox = await open({ organizations: SEEDS });
    const update = (change: unknown) => call(sandbox, "PATCH", "/v2/organizations/search", change);
    const named = await update({ name: "Find" });
    expect(named).toMatchObject({ status: 200, body: { name: "Find", description: "Who searches" } });
    const described = await update({ description: "Who finds" });
    expect(described).toMatchObject({ status: 200, body: { name: "Find", description: "Who finds" } });
    expect(sandbox.organizations()[0]).toMatchObject({ name: "Find", description: "Who finds" });
  });

  test.each<[string, unknown, number, string]>([
    ["nothing", {}, 400, "At least one of 'name' and 'description' is required."],
    ["an empty name", { name: "" }, 400, "non-empty string"],
    ["a name of null", { name: null }, 400, "non-empty string"],
    ["a name of 256 characters", { name: "n".repeat(256) }, 400, "at most 255"],
    ["a description of 1001 characters", { description: "d".repeat(1001) }, 400, "at most 1000"],
    ["a description that is no string", { description: 7 }, 400, "must be a string"],
    ["a field of the system's own", { name: "New", created_at: "2024" }, 400, "'created_at' is unknown"],
    ["a name that is taken", { name: "Research" }, 409, "already exists"],
  ])("an update with %s is refused and changes nothing", async (_, change, expected, detail) => {
    const sandbox = await open({ organizations: SEEDS });
    const before = sandbox.organizations();
    const { status, body } = await call<WireProblem>(sandbox, "PATCH", "/v2/organizations/search", change);
    expect(status).toBe(expected);
    expect(body.detail).toContain(detail);
    expect(sandbox.organizations()).toEqual(before);
  });

  test("an update to the name it has already is no conflict", async () => {
    const sandbox = await open({ organizations: SEEDS });
    const { status } = await call(sandbox, "PATCH", "/v2/organizations/search", { name: "Search" });
    expect(status).toBe(200);
  });

  test("a delete answers 204 without a body, and 404 the second time", async () => {
    const sandbox = await open({ organizations: SEEDS });
    const { status, headers, body } = await call(sandbox, "DELETE", "/v2/organizations/search");
    expect([status, headers.get("content-type"), body]).toEqual([204, null, undefined]);
    expect((await call(sandbox, "DELETE", "/v2/organizations/search")).status).toBe(404);
    expect(namesOf(await list(sandbox))).toEqual(["Research"]);
    expect(sandbox.organizations().map(({ id }) => id)).toEqual(["research"]);
  });

  test.each(["unknown", "deleted"])("whatever is asked of an %s organization gives 404", async (id) => {
    const sandbox = await open({ users: 1, organizations: [{ id: "deleted", name: "Old" }] });
    await call(sandbox, "DELETE", "/v2/organizations/deleted");
    const [user] = sandbox.users();
    const member = { user_id: user?.id, role: { type: "predefined", name: "member" } };
    const replies = await Promise.all([
      call<WireProblem>(sandbox, "GET", `/v2/organizations/${id}`),
      call<WireProblem>(sandbox, "PATCH", `/v2/organizations/${id}`, {}),
      call<WireProblem>(sandbox, "DELETE", `/v2/organizations/${id}`),
      call<WireProblem>(sandbox, "POST", `/v2/organizations/${id}/users`, member),
      call<WireProblem>(sandbox, "DELETE", `/v2/organizations/${id}/users/${user?.id}`),
    ]);
    for (const { status, headers, body } of replies) {
      expect(status).toBe(404);
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(body).toMatchObject({
        title: "Resource not found",
        detail: `The requested resource with ID '${id}' was not found.`,
        instance: expect.stringContaining(`/v2/organizations/${id}`),
      });
    }
  });
});
