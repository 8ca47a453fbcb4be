import { AmbiguousMatchError, ValidationError } from "ax-users";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openAccount } from "../helpers/sandbox.ts";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";
import { virtualClient } from "../helpers/virtual-client.ts";
import { turn } from "../helpers/virtual-clock.ts";

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ email: `user${index}@example.com` }));

test("an address is found whatever its case and the blanks around it", async () => {
  const { users, sandbox } = await openAccount({ users: [{ email: "Grace+Ops@Example.com" }] });
  expect(await users.findByEmail(" \tgrace+ops@EXAMPLE.com ")).toMatchObject({
    email: "Grace+Ops@Example.com",
  });
  expect(sandbox.requests[0]?.query.get("email")).toBe("grace+ops@EXAMPLE.com");
});

test("a part of an address is not the address", async () => {
  const { users } = await openAccount({
    users: [{ email: "joann@example.com" }, { email: "ann@example.com.au" }],
  });
  expect(await users.findByEmail("ann@example.com")).toBeNull();
});

test("all pages of the filter are read", async () => {
  const others = Array.from({ length: 250 }, (_, index) => ({ email: `a${index}.ann@example.com` }));
  const { users, sandbox } = await openAccount({ users: [...others, { email: "ann@example.com" }] });
  expect(await users.findByEmail("ann@example.com")).toMatchObject({ email: "ann@example.com" });
  expect(sandbox.requests).toHaveLength(3);
});

test("two users with one address are an AmbiguousMatchError with both IDs, on whatever pages they stand", async () => {
  const pages: Record<string, unknown> = {
    "": wirePage([wireUser({ id: "u1", email: "ann@x.io" })], "a"),
    a: wirePage([wireUser({ id: "u2", email: "ANN@x.io" })]),
  };
  const server = await startServer((request, response) =>
    json(response, 200, pages[request.query.get("cursor") ?? ""]),
  );
  const { users } = server.client();
  for (const find of [
    () => users.findByEmail("ann@x.io"),
    () => users.get({ user: "ann@x.io" }),
    () => users.findByEmails(["ann@x.io"]),
    () => users.findByEmails(["ann@x.io", "b@x.io", "c@x.io"]),
  ]) {
    const error = await rejection(find());
    expect(error).toBeInstanceOf(AmbiguousMatchError);
    expect(error).toMatchObject({ name: "AmbiguousMatchError", matchingIds: ["u1", "u2"] });
    expect(error).toHaveProperty("message", "2 users have this email address: u1, u2.");
  }
});

test("one user who shows on two pages, since the list moved, is one user", async () => {
  const user = wireUser({ id: "u1", email: "ann@x.io" });
  const pages: Record<string, unknown> = { "": wirePage([user], "a"), a: wirePage([user]) };
  const server = await startServer((request, response) =>
    json(response, 200, pages[request.query.get("cursor") ?? ""]),
  );
  expect(await server.client().users.findByEmail("ann@x.io")).toMatchObject({ id: "u1" });
});

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a number", 5],
  ["an empty string", ""],
  ["a blank one", "  "],
  ["no @", "ann.example.com"],
  ["nobody", "@example.com"],
  ["no host", "ann@"],
  ["blanks within", "ann lee@example.com"],
  ["a display name", "Ann <ann@example.com>"],
  ["a newline", "ann@example.com\nbcc: x"],
  ["256 characters", `${"a".repeat(244)}@example.com`],
  ["half a surrogate pair", "\ud800@example.com"],
])("%s is no address: a ValidationError before any request", async (_, email) => {
  const { users, sandbox } = await openAccount({});
  for (const [find, path] of [
    [() => users.findByEmail(email as string), "email"],
    [() => users.findByEmails(["a@x.io", email as string]), "emails[1]"],
  ] as const) {
    const error = await rejection(find());
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toHaveProperty("issues", [{ path, message: expect.stringMatching(/^must .*, received /) }]);
  }
  expect(sandbox.requests).toEqual([]);
});

test.each([
  "o'brien@example.com",
  "a!#$%&'*+/=?^_`{|}~-b@example.com",
  "ann@sub.example-host.co.uk",
  "ann@localhost",
  `${"a".repeat(242)}@example.com`,
])("%s is an address", async (email) => {
  const server = await startServer((_, response) => json(response, 200, wirePage([wireUser({ email })])));
  expect(await server.client().users.findByEmail(email)).toMatchObject({ email });
  expect(server.seen[0]?.query.get("email")).toBe(email);
});

test("findByEmails keys what it finds by the address as given, and leaves out who is not there", async () => {
  const { users } = await openAccount({ users: numbered(5) });
  const given = Object.freeze([
    "USER1@example.com",
    " user1@example.com",
    "nobody@example.com",
    "user4@example.com",
  ]);
  const found = await users.findByEmails(given);
  expect([...found].map(([email, user]) => [email, user.email])).toEqual([
    ["USER1@example.com", "user1@example.com"],
    [" user1@example.com", "user1@example.com"],
    ["user4@example.com", "user4@example.com"],
  ]);
});

test("of no addresses nobody is found, without a request", async () => {
  const { users, sandbox } = await openAccount({ users: numbered(5) });
  expect((await users.findByEmails([])).size).toBe(0);
  expect(sandbox.requests).toEqual([]);
});

test.each<unknown>(["a@x.io", null, undefined, { 0: "a@x.io" }, new Set(["a@x.io"])])(
  "findByEmails takes an array: %o is none",
  async (emails) => {
    const { users, sandbox } = await openAccount({});
    const error = await rejection(users.findByEmails(emails as string[]));
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toHaveProperty(
      "message",
      expect.stringMatching(/^users\.findByEmails: emails must be an array, received /),
    );
    expect(sandbox.requests).toEqual([]);
  },
);

test.each([
  ["one, of any account", 5_000, 1, 0, 1],
  ["two, of any account", 5_000, 2, 0, 2],
  ["many, of a small account: the list", 250, 100, 0, 3],
  [
    "many, of a small account, ten not there: the list, and once more for each of the ten",
    250,
    90,
    10,
    3 + 10,
  ],
  // Each page shows 100 of the first users; those looked for stand at the end.
  ["few, of a big account: as many pages, then each", 5_000, 10, 0, 10 + 10],
])("requests for %s", async (_, size, known, unknown, requests) => {
  const { users, sandbox } = await openAccount({ users: numbered(size) });
  const wanted = [
    ...Array.from({ length: known }, (_entry, index) => `user${size - 1 - index}@example.com`),
    ...Array.from({ length: unknown }, (_entry, index) => `nobody${index}@example.com`),
  ];
  const found = await users.findByEmails(wanted);
  expect(found.size).toBe(known);
  expect(sandbox.requests).toHaveLength(requests);
});

test("who was seen on some pages of a longer list is looked up all the same: a second user may stand further on", async () => {
  const { users, sandbox } = await openAccount({ users: numbered(5_000) });
  const wanted = ["user0@example.com", "user1@example.com", "user4000@example.com"];
  expect((await users.findByEmails(wanted)).size).toBe(3);
  expect(sandbox.requests.map(({ query }) => query.get("email"))).toEqual([null, null, null, ...wanted]);
});

test("somebody who comes while the list is read is found", async () => {
  let listed = false;
  const server = await startServer((request, response) => {
    const email = request.query.get("email");
    if (email === null) {
      listed = true;
      return json(
        response,
        200,
        wirePage([wireUser({ email: "a@x.io" }), wireUser({ id: "u2", email: "b@x.io" })]),
      );
    }
    return json(response, 200, wirePage(listed ? [wireUser({ id: "u3", email })] : []));
  });
  const found = await server.client().users.findByEmails(["a@x.io", "b@x.io", "new@x.io"]);
  expect([...found.keys()]).toEqual(["a@x.io", "b@x.io", "new@x.io"]);
});

test("findByEmails rejects with the first failure and ends the rest", async () => {
  const ended: unknown[] = [];
  const { client, clock } = virtualClient({
    fetch: async (input, init) => {
      const email = new URL(String(input)).searchParams.get("email");
      if (email === "bad@x.io") return Response.json({ title: "no" }, { status: 403 });
      return new Promise((_, reject) => {
        init?.signal?.addEventListener("abort", () => reject(ended.push(email)));
      });
    },
  });
  const error = await rejection(clock.run(client.users.findByEmails(["a@x.io", "bad@x.io"])));
  expect(error).toHaveProperty("status", 403);
  expect(ended).toEqual(["a@x.io"]);
  expect(clock.pending).toEqual([]);
});

test("findByEmails limits its look-ups in flight, as bulk calls do", async () => {
  const waiting: (() => void)[] = [];
  let pages = 0;
  const { client } = virtualClient({
    fetch: async (input) => {
      const email = new URL(String(input)).searchParams.get("email");
      if (email === null) return Response.json(wirePage([], `c${++pages}`));
      await new Promise<void>((resolve) => waiting.push(resolve));
      return Response.json(wirePage([wireUser({ id: email, email })]));
    },
  });
  const emails = Array.from({ length: 20 }, (_, index) => `u${index}@x.io`);
  const call = client.users.findByEmails(emails);
  while (waiting.length === 0) await turn();
  await turn();
  // Eight, and one more for every four pages of the list that came before.
  expect(waiting).toHaveLength(8 + 5);
  for (let answered = 0; answered < emails.length; answered += 1) {
    while (waiting.length === 0) await turn();
    waiting.shift()?.();
  }
  expect([...(await call).keys()]).toEqual(emails);
});

test("the array of findByEmails may change during the call", async () => {
  const { users } = await openAccount({ users: numbered(2) });
  const emails = ["user0@example.com"];
  const call = users.findByEmails(emails);
  emails[0] = "user1@example.com";
  expect([...(await call)]).toMatchObject([["user0@example.com", { email: "user0@example.com" }]]);
});

test("a failure to read the list rejects findByEmails", async () => {
  const server = await startServer((_, response) => json(response, 500, { title: "no" }));
  const error = await rejection(server.client().users.findByEmails(["a@x.io", "b@x.io", "c@x.io"]));
  expect(error).toHaveProperty("status", 500);
  expect(server.seen).toHaveLength(1);
});

test("for any account and any addresses it finds just who is there, within its bound", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 450 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { maxLength: 12 }),
      async (size, indexes) => {
        const { sandbox, users } = await openAccount({ users: numbered(size) });
        const found = await users.findByEmails(indexes.map((index) => `User${index}@example.com`));
        await sandbox.close();
        const there = indexes.filter((index) => index < size);
        expect([...found.keys()]).toEqual(there.map((index) => `User${index}@example.com`));
        const pages = Math.max(1, Math.ceil(size / 100));
        const confirming = indexes.length - there.length;
        // user1 is a part of user10 only at its end, so that each look-up is one page.
        expect(sandbox.requests.length).toBeLessThanOrEqual(2 * Math.min(indexes.length, pages) + confirming);
      },
    ),
    { numRuns: 40 },
  );
});

test("the message about very many matches names ten of them, and the error has all", async () => {
  const twins = Array.from({ length: 90 }, (_, index) =>
    wireUser({ id: `u${index}`, email: "ada@example.com" }),
  );
  const server = await startServer((_, response) => json(response, 200, wirePage(twins)));
  const error = await rejection(server.client().users.findByEmail("ada@example.com"));
  expect(error).toMatchObject({ name: "AmbiguousMatchError", matchingIds: twins.map(({ id }) => id) });
  expect(String(error)).toMatch(/90 users have this email address: u0, (u\d, ){9}…\.$/);
});
