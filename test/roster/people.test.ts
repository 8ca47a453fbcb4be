import { ArizeClient, ConnectionError, type User } from "ax-users";
import { PlanRefusedError } from "ax-users/roster";
import { expect, test } from "vitest";
import { findPerson, oneByOne, type People, readPeople } from "../../src/roster/apply/people.ts";
import { accountDigest } from "../../src/roster/plan/digest.ts";
import { rejection } from "../helpers/server.ts";
import { change, listing, person, planOf } from "./fake-account.ts";

const USERS = ["a", "b", "c", "d", "e"].map((id) => person(id));

test.each<[what: string, count: number, all: boolean, pages: number, isKnown: boolean]>([
  ["nobody to look up: nothing is read", 0, false, 0, false],
  ["one person: one page, which does not show everybody", 1, false, 1, false],
  ["two people: two pages", 2, false, 2, false],
  ["as many people as there are pages: the whole list", 3, false, 3, true],
  ["many people: the whole list", 90, false, 3, true],
  ["the whole list is wanted for one person", 1, true, 3, true],
  ["the whole list is wanted for nobody", 0, true, 3, true],
])("%s", async (_, count, all, pages, isKnown) => {
  const list = listing(USERS);
  const { signal } = new AbortController();
  const people = await readPeople(list.client, { count, all }, signal);
  expect(list.pages).toBe(pages);
  expect(list.asked).toEqual(pages > 0 ? [[{ limit: 100 }, { signal }]] : []);
  expect(people !== undefined).toBe(isKnown);
  if (!people) return;
  expect(people.all).toEqual(USERS);
  expect(await people.byId("c")).toBe(USERS[2]);
  expect(await people.byId("z")).toBeUndefined();
  expect(await people.byEmail("C@Example.com")).toBe(USERS[2]);
  expect(await people.byEmail("z@example.com")).toBeUndefined();
});

test("a person on two pages is one person", async () => {
  const again = person("a", { name: "Ada" });
  const people = await readPeople(listing([...USERS, again]).client, { count: 0, all: true }, undefined);
  expect(people?.all).toEqual([again, ...USERS.slice(1)]);
});

const read = (users: User[], plan = planOf([]), count = 0) => {
  const list = listing(users);
  return { list, people: readPeople(list.client, { count, all: false, plan }, undefined) };
};

test("the account is read until one of its oldest users is found, but no shorter than is worth it", async () => {
  const plan = planOf([], { account: accountDigest(["z", "c"]) });
  const { list, people } = read(USERS, plan);
  expect(await people).toBeUndefined();
  expect(list.pages).toBe(2);
  const more = read(USERS, plan, 3);
  expect((await more.people)?.all).toEqual(USERS);
});

test("an account without any of them is another one", async () => {
  const plan = planOf([change("delete", "a"), change("update", "b")], { account: accountDigest(["x", "y"]) });
  const { list, people } = read(USERS, plan);
  const error = await rejection(people);
  expect(error).toBeInstanceOf(PlanRefusedError);
  expect(error).toMatchObject({
    reason: "account",
    message: `The plan was made for another account at ${plan.baseUrl}: none of its oldest users is in this one.`,
    counts: { removals: 1 },
  });
  expect(list.pages).toBe(3);
});

test("an account that was empty may have people by now, whom the plan adds, and no others", async () => {
  const plan = planOf([change("create", "a"), change("create", "b")]);
  expect((await read([], plan).people)?.all).toEqual([]);
  expect((await read([person("1", { email: "A@example.com" })], plan).people)?.all).toHaveLength(1);
  const stranger = read([person("a"), person("stranger")], plan);
  expect(await rejection(stranger.people)).toMatchObject({ reason: "account" });
});

test("an account that had people is not taken for one that was empty", async () => {
  const plan = planOf([change("create", "a")], { account: accountDigest(["x"]) });
  expect(await rejection(read([person("a")], plan).people)).toMatchObject({ reason: "account" });
});

test("one by one, nobody is undefined, and a failure is one", async () => {
  let status = 404;
  const client = new ArizeClient({
    apiKey: "k",
    maxRetries: 0,
    prereleaseWarnings: false,
    fetch: async (url) => {
      if (status === 0) throw new TypeError("fetch failed");
      if (String(url).includes("?")) return Response.json({ users: [], pagination: { has_more: false } });
      return Response.json({ type: "about:blank", title: "Not found", status }, { status });
    },
  });
  expect(await oneByOne(client).byId("a")).toBeUndefined();
  expect(await oneByOne(client).byEmail("a@example.com")).toBeUndefined();
  status = 0;
  expect(await rejection(oneByOne(client).byId("a"))).toBeInstanceOf(ConnectionError);
});

test.each([
  ["create", "u1", ["email a@example.com"]],
  ["create", undefined, ["email a@example.com"]],
  ["update", "u1", ["id u1"]],
  ["update", undefined, []],
  ["delete", "u1", ["id u1"]],
  ["renew", "u1", ["id u1", "email a@example.com"]],
  ["renew", undefined, ["email a@example.com"]],
] as const)("whose %s it is, with the ID %s, is looked up by %j", async (kind, userId, expected) => {
  const asked: string[] = [];
  const nobody: People = {
    byId: async (id) => void asked.push(`id ${id}`),
    byEmail: async (email) => void asked.push(`email ${email}`),
  };
  expect(await findPerson(nobody, change(kind, "a"), userId)).toBeUndefined();
  expect(asked).toEqual(expected);
});

test("who is found by the ID is not looked up by the address", async () => {
  const known: People = { byId: async () => person("a"), byEmail: async () => person("b") };
  expect(await findPerson(known, change("renew", "a"), "a")).toEqual(person("a"));
  expect(await findPerson(known, change("create", "a"), "a")).toEqual(person("b"));
});
