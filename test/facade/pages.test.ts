import { inspect } from "node:util";
import { UnexpectedResponseError, type User, ValidationError } from "ax-users";
import { expect, expectTypeOf, test } from "vitest";
import { json, rejection, startServer, type TestServer, wirePage, wireUser } from "../helpers/server.ts";

/** A server whose pages are given by cursor, "" for the first. */
const startPages = (pages: Record<string, unknown>): Promise<TestServer> =>
  startServer((request, response) => json(response, 200, pages[request.query.get("cursor") ?? ""]));

const users = (...ids: string[]) => ids.map((id) => wireUser({ id }));
const threePages = {
  "": wirePage(users("1", "2"), "a"),
  a: wirePage(users("3", "4"), "b"),
  b: wirePage(users("5")),
};
const cursors = (server: TestServer) => server.seen.map(({ query }) => query.get("cursor"));

async function idsOf(list: AsyncIterable<User>): Promise<string> {
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  return ids.join("");
}

test("nothing is sent before a list is awaited or iterated", async () => {
  const server = await startPages(threePages);
  const list = server.client().users.list();
  inspect(list);
  await new Promise((resolve) => setImmediate(resolve));
  expect(server.seen).toEqual([]);
  await list;
  expect(server.seen).toHaveLength(1);
});

test("awaited, it is its first page, and the same one each time", async () => {
  const server = await startPages(threePages);
  const list = server.client().users.list();
  const page = await list;
  expect(page.data.map(({ id }) => id)).toEqual(["1", "2"]);
  expect(page.pagination).toEqual({ hasMore: true, nextCursor: "a" });
  expect(await list).toBe(page);
  expect(await list.finally(() => {})).toBe(page);
  expect(await Promise.all([list, list.then(({ data }) => data.length)])).toEqual([page, 2]);
  expect(server.seen).toHaveLength(1);
  expect(list).toBeInstanceOf(Promise);
  expectTypeOf(page.data).toEqualTypeOf<User[]>();
});

test("iterated, it is all items, anew each time", async () => {
  const server = await startPages(threePages);
  const list = server.client().users.list();
  expect(await idsOf(list)).toBe("12345");
  expect(await idsOf(list)).toBe("12345");
  expect(cursors(server)).toEqual([null, "a", "b", null, "a", "b"]);
});

test("a page is iterable over its own items, and again", async () => {
  const server = await startPages(threePages);
  const page = await server.client().users.list();
  expect(await idsOf(page)).toBe("12");
  expect(await idsOf(page)).toBe("12");
  const next = await page.nextPage();
  expect(next && (await idsOf(next))).toBe("34");
  expect(server.seen).toHaveLength(2);
  expectTypeOf(page).toExtend<AsyncIterable<User>>();
});

test("a page shows its data, its position and nextPage, and no more", async () => {
  const server = await startPages(threePages);
  const page = await server.client().users.list();
  const { data, pagination } = page;
  expect(page).toStrictEqual({ data, pagination, nextPage: expect.any(Function) });
  expect(inspect(page)).not.toContain("Symbol");
});

const limits = (server: TestServer) => server.seen.map(({ query }) => query.get("limit"));

test("without a limit, an iteration asks for pages of 100, and an awaited page and its next ones for 50", async () => {
  const server = await startPages(threePages);
  const { users, organizations } = server.client();
  await idsOf(users.list());
  for await (const _ of users.list({ limit: undefined, cursor: "b" }).pages());
  await users.list({ cursor: "b" }).toArray({ max: 10 });
  await (await users.list({ cursor: "a" })).nextPage();
  expect(limits(server)).toEqual(["100", "100", "100", "100", "100", "50", "50"]);
  expect(server.seen.map(({ query }) => query.get("cursor"))).toEqual([null, "a", "b", "b", "b", "a", "b"]);
  await rejection(organizations.list().toArray({ max: 1 }));
  expect(limits(server).at(-1)).toBe("100");
});

test("a limit that is given is that of every page", async () => {
  const server = await startPages(threePages);
  const { users } = server.client();
  await idsOf(users.list({ limit: 2 }));
  await users.list({ limit: 3, cursor: "b" });
  expect(limits(server)).toEqual(["2", "2", "2", "3"]);
});

test("pages() goes page by page and asks for the next only when it is wanted", async () => {
  const server = await startPages(threePages);
  const sizes: number[] = [];
  for await (const page of server.client().users.list().pages()) {
    sizes.push(page.data.length);
    expect(server.seen).toHaveLength(sizes.length);
  }
  expect(sizes).toEqual([2, 2, 1]);
});

test("nextPage() walks on, gives one page however often it is asked, and null after the last", async () => {
  const server = await startPages(threePages);
  const first = await server.client().users.list();
  const second = await first.nextPage();
  expect(await first.nextPage()).toBe(second);
  const third = await second?.nextPage();
  expect(third?.data.map(({ id }) => id)).toEqual(["5"]);
  expect(third?.pagination).toEqual({ hasMore: false });
  expect(await third?.nextPage()).toBeNull();
  expect(server.seen).toHaveLength(3);
});

test("nextPage() can be tried again after it failed", async () => {
  let fails = 1;
  const server = await startServer((request, response) => {
    const cursor = request.query.get("cursor");
    if (cursor === "a" && fails-- > 0) return json(response, 403, { title: "no" });
    return json(response, 200, threePages[cursor === "a" ? "a" : ""]);
  });
  const first = await server.client().users.list();
  expect(await rejection(first.nextPage())).toHaveProperty("status", 403);
  expect((await first.nextPage())?.data.map(({ id }) => id)).toEqual(["3", "4"]);
});

test("of those who ask for a page that failed, whoever asks again first asks for all of them", async () => {
  let fails = 1;
  const server = await startServer((request, response) => {
    if (request.query.get("cursor") === "a" && fails-- > 0) return json(response, 403, { title: "no" });
    return json(response, 200, threePages[request.query.get("cursor") === "a" ? "a" : ""]);
  });
  const first = await server.client().users.list();
  let again: unknown;
  const asked = first.nextPage().catch(() => {
    again = first.nextPage();
  });
  await rejection(first.nextPage());
  const last = await first.nextPage();
  await asked;
  expect(await again).toBe(last);
  expect(server.seen.map(({ query }) => query.get("cursor"))).toEqual([null, "a", "a"]);
});

test("a page that fails and that nobody waits for is an unhandled rejection, as with any promise", async () => {
  const unhandled = new Promise((resolve) => process.once("unhandledRejection", resolve));
  const server = await startServer((request, response) =>
    request.query.has("cursor") ? json(response, 403, { title: "no" }) : json(response, 200, threePages[""]),
  );
  const first = await server.client().users.list();
  first.nextPage();
  expect(await unhandled).toHaveProperty("status", 403);
});

test("a list may begin at a cursor", async () => {
  const server = await startPages(threePages);
  expect(await idsOf(server.client().users.list({ cursor: "a", limit: 2 }))).toBe("345");
  expect(server.seen.map(({ query }) => query.get("limit"))).toEqual(["2", "2"]);
});

test.each([
  [1, "1", 1],
  [2, "12", 1],
  [3, "123", 2],
  [5, "12345", 3],
  [100, "12345", 3],
])("toArray({ max: %d }) stops there", async (max, ids, requests) => {
  const server = await startPages(threePages);
  const items = await server.client().users.list().toArray({ max });
  expect(items.map(({ id }) => id).join("")).toBe(ids);
  expect(server.seen).toHaveLength(requests);
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "5", undefined])(
  "toArray refuses max %s",
  async (max) => {
    const server = await startPages(threePages);
    const error = await rejection(
      server
        .client()
        .users.list()
        .toArray({ max: max as number }),
    );
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(/^toArray: max must be a whole number of at least 1, received /),
    );
    expect(server.seen).toEqual([]);
  },
);

test("toArray without its bound is refused", async () => {
  const server = await startPages(threePages);
  // @ts-expect-error -- the bound is required
  const error = await rejection(server.client().users.list().toArray());
  expect(error).toBeInstanceOf(ValidationError);
});

test("an empty page does not end an iteration while there is more", async () => {
  const server = await startPages({ "": wirePage([], "a"), a: wirePage([], "b"), b: wirePage(users("7")) });
  expect(await idsOf(server.client().users.list())).toBe("7");
});

test.each([
  ["the page itself", { "": wirePage(users("1"), "a"), a: wirePage(users("2"), "a") }, {}, 2],
  ["an earlier page", { "": wirePage(users("1"), "a"), a: wirePage([], "b"), b: wirePage([], "a") }, {}, 3],
  ["where it began", { s: wirePage(users("1"), "a"), a: wirePage([], "s") }, { cursor: "s" }, 2],
])("a cursor that leads back to %s ends in an error, not in a circle", async (_, pages, params, requests) => {
  const server = await startPages(pages);
  const error = await rejection(idsOf(server.client().users.list(params)));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toHaveProperty("message", expect.stringMatching(/a page that was read before/));
  expect(server.seen).toHaveLength(requests);
});

test.each([
  ["is missing", { has_more: true }],
  ["is null", { has_more: true, next_cursor: null }],
  ["is empty", { has_more: true, next_cursor: "" }],
])("there is more, but the cursor %s: an error, no silent end", async (_, pagination) => {
  const server = await startPages({ "": { users: users("1"), pagination } });
  const { users: resource } = server.client();
  const first = await resource.list();
  expect(first.data).toHaveLength(1);
  expect(first.pagination).toStrictEqual({ hasMore: true });
  const error = await rejection(idsOf(resource.list()));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toHaveProperty("message", expect.stringMatching(/returns no cursor/));
});

test("a cursor on the last page is no next page", async () => {
  const server = await startPages({
    "": { users: users("1"), pagination: { has_more: false, next_cursor: "a" } },
  });
  const list = server.client().users.list();
  expect((await list).pagination).toEqual({ hasMore: false });
  expect(await idsOf(list)).toBe("1");
});

test("an iteration that is left early asks for nothing more", async () => {
  const server = await startPages(threePages);
  for await (const user of server.client().users.list()) {
    if (user.id === "2") break;
  }
  expect(server.seen).toHaveLength(1);
});

test("an abort ends an iteration with the signal's reason", async () => {
  const server = await startPages(threePages);
  const controller = new AbortController();
  const iterate = async () => {
    for await (const user of server.client().users.list({}, { signal: controller.signal })) {
      if (user.id === "2") controller.abort("enough");
    }
  };
  expect(await rejection(iterate())).toBe("enough");
  expect(server.seen).toHaveLength(1);
});

test("what is wrong with the arguments is told to who asks, each time", async () => {
  const server = await startPages(threePages);
  const list = server.client().users.list({ limit: 0 });
  expect(await rejection(list)).toBeInstanceOf(ValidationError);
  expect(await rejection(idsOf(list))).toBeInstanceOf(ValidationError);
  expect(server.seen).toEqual([]);
});

test("params changed after the call change nothing", async () => {
  const server = await startPages(threePages);
  const params = { limit: 2, status: ["active" as const] };
  const list = server.client().users.list(params);
  params.limit = 0;
  params.status.length = 0;
  await list;
  expect(server.seen[0]?.query.toString()).toBe("limit=2&status=active");
});
