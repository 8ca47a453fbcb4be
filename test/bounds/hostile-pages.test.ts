/** Pages that no honest server gives: very large ones, and empty ones without end. */
import { UnexpectedResponseError } from "ax-users";
import { expect, test } from "vitest";
import { filterPages } from "../../src/facade/all-pages.ts";
import { PagePromise } from "../../src/facade/pages.ts";
import { rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

/** More than a call takes as arguments. */
const LARGE = 200_000;
const largePage = async () => ({ data: Array<number>(LARGE).fill(1), pagination: { hasMore: false } });

test("toArray takes a page of any size", async () => {
  const items = await new PagePromise(largePage, undefined).toArray({ max: LARGE });
  expect(items).toHaveLength(LARGE);
});

test("a look-up takes a page of any size", async () => {
  expect(await filterPages(largePage, () => true)).toHaveLength(LARGE);
});

/** Counts the items of arrays that are put into maps while `work` runs. */
async function countMapped(work: () => Promise<void>): Promise<number> {
  const { set } = Map.prototype;
  let mapped = 0;
  Map.prototype.set = function (key, value) {
    if (Array.isArray(value)) mapped += value.length;
    return set.call(this, key, value);
  };
  await work().finally(() => {
    Map.prototype.set = set;
  });
  return mapped;
}

test("what was found before is not copied for each user that is found", async () => {
  const size = 1_000;
  const page = wirePage(Array(size).fill(wireUser()));
  const server = await startServer(() => {});
  const { users } = server.client({ fetch: async () => Response.json(page) });
  const emails = ["ada@example.com", "b@example.com", "c@example.com"];
  const mapped = await countMapped(async () => {
    expect([...(await users.findByEmails(emails)).keys()]).toEqual(["ada@example.com"]);
  });
  expect(mapped).toBeLessThan(10 * size);
});

/** A server of empty pages, each with a cursor of its own; the page of one number has a user. */
async function startEmptyPages(userOnPage?: number) {
  let page = 0;
  const fetch: typeof globalThis.fetch = async () => {
    page += 1;
    return Response.json(wirePage(page === userOnPage ? [wireUser()] : [], `cursor${page}`));
  };
  const server = await startServer(() => {});
  return { client: server.client({ fetch }), pages: () => page };
}

const message = "The server's pagination returned 1000 empty pages in a row.";

test("a list of empty pages ends after a thousand of them", async () => {
  const { client, pages } = await startEmptyPages();
  const error = await rejection(client.users.list().toArray({ max: 1 }));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({ message, outcome: "not_applied" });
  expect(pages()).toBe(1_000);
});

test("nextPage() ends there as well", async () => {
  const { client, pages } = await startEmptyPages();
  const walk = async () => {
    for (let page = await client.users.list(); ; ) {
      const next = await page.nextPage();
      if (!next) return;
      page = next;
    }
  };
  expect(await rejection(walk())).toMatchObject({ message });
  expect(pages()).toBe(1_000);
});

test("a look-up ends there as well", async () => {
  const { client } = await startEmptyPages();
  expect(await rejection(client.users.findByEmail("ada@example.com"))).toMatchObject({ message });
});

test("an item begins the count anew", async () => {
  const { client, pages } = await startEmptyPages(900);
  expect(await client.users.list().toArray({ max: 1 })).toHaveLength(1);
  expect(pages()).toBe(900);
  const again = await startEmptyPages(900);
  expect(await rejection(again.client.users.list().toArray({ max: 2 }))).toMatchObject({ message });
  expect(again.pages()).toBe(1_900);
});
