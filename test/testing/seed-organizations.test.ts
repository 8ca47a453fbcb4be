import { expect, test } from "vitest";
import { call, open, type WireMembership } from "./helpers.ts";

test("a number of organizations gives the same ones every time, and more of them begin with the same", async () => {
  const few = (await open({ organizations: 20 })).organizations();
  const more = (await open({ organizations: 30 })).organizations();
  expect(more.slice(0, 20)).toEqual(few);
  expect(few[0]).toEqual({
    id: "T3JnYW5pemF0aW9uOjE=",
    name: "Search 0001",
    description: "Everybody who works on search",
    createdAt: "2024-01-01T00:00:00Z",
    members: [],
  });
  expect(new Set(more.map(({ name }) => name)).size).toBe(30);
  expect(new Set(more.map(({ id }) => id)).size).toBe(30);
});

test("a seed needs a name only", async () => {
  const sandbox = await open({ organizations: [{ name: "Search" }, { name: "search" }] });
  expect(sandbox.organizations()).toEqual([
    {
      id: "T3JnYW5pemF0aW9uOjE=",
      name: "Search",
      description: "",
      createdAt: "2024-01-01T00:00:00Z",
      members: [],
    },
    expect.objectContaining({ id: "T3JnYW5pemF0aW9uOjI=", createdAt: "2024-01-01T00:01:00Z" }),
  ]);
});

test("a seed's own values are kept, and the oldest comes first", async () => {
  const sandbox = await open({
    users: [{ id: "u", email: "u@example.com" }],
    organizations: [
      { name: "New" },
      {
        id: "mine",
        name: "Old",
        description: "The oldest",
        createdAt: new Date("2020-02-03T04:05:06Z"),
        members: [
          { userId: "u", role: { type: "custom", id: "r", name: "Reader" }, membershipId: "membership" },
        ],
      },
    ],
  });
  expect(sandbox.organizations()).toMatchObject([
    {
      id: "mine",
      name: "Old",
      description: "The oldest",
      createdAt: "2020-02-03T04:05:06Z",
      members: [
        { userId: "u", role: { type: "custom", id: "r", name: "Reader" }, membershipId: "membership" },
      ],
    },
    { name: "New" },
  ]);
});

test("a member's role follows the account role unless it is given", async () => {
  const sandbox = await open({
    users: [
      { id: "adm", email: "adm@example.com", role: "admin" },
      { id: "ann", email: "ann@example.com", role: "annotator" },
      { id: "exp", email: "exp@example.com", status: "expired" },
    ],
    organizations: [
      {
        name: "Search",
        members: [{ userId: "adm" }, { userId: "ann" }, { userId: "exp", role: "read-only" }],
      },
    ],
  });
  expect(sandbox.organizations()[0]?.members).toEqual(
    [
      { userId: "adm", name: "member" },
      { userId: "ann", name: "annotator" },
      { userId: "exp", name: "read-only" },
    ].map(({ userId, name }, index) => ({
      userId,
      role: { type: "predefined", name },
      membershipId: Buffer.from(`AccountOrganizationMembership:${index + 1}`).toString("base64"),
    })),
  );
});

test("IDs that are made up are none that a seed has", async () => {
  const id = (text: string) => Buffer.from(text).toString("base64");
  const membershipId = id("AccountOrganizationMembership:2");
  const sandbox = await open({
    users: 3,
    organizations: [
      { name: "A", members: [{ userId: id("User:1") }] },
      { name: "B", id: id("Organization:1"), members: [{ userId: id("User:1"), membershipId }] },
    ],
  });
  const [first, second] = sandbox.organizations();
  expect([first?.id, second?.id]).toEqual([id("Organization:2"), id("Organization:1")]);
  expect(first?.members[0]?.membershipId).toBe(id("AccountOrganizationMembership:1"));
  const path = `/v2/organizations/${first?.id}/users`;
  const body = { user_id: id("User:2"), role: { type: "predefined", name: "member" } };
  const added = await call<WireMembership>(sandbox, "POST", path, body);
  expect(added.body.id).toBe(id("AccountOrganizationMembership:3"));
});

test("the organizations of one sandbox can seed another, also of the other dialect", async () => {
  const users = (await open({ users: 30 })).users();
  const first = await open({
    users,
    organizations: [{ name: "Search", members: users.map(({ id }) => ({ userId: id })) }, { name: "Growth" }],
  });
  const second = await open({ dialect: "current", users, organizations: first.organizations() });
  expect(second.organizations()).toEqual(first.organizations());
});

test("the lists of organizations are copies, and the caller's seeds are left as they are", async () => {
  const seeds = [
    { name: "Search", createdAt: "2025-01-01T00:00:00Z", members: [{ userId: "u" }] },
    { name: "A" },
  ];
  const before = structuredClone(seeds);
  const sandbox = await open({ users: [{ id: "u", email: "u@example.com" }], organizations: seeds });
  const copy = sandbox.organizations()[1];
  if (copy?.members[0]) Object.assign(copy.members[0].role, { name: "admin" });
  copy?.members.pop();
  expect(sandbox.organizations()[1]?.members).toMatchObject([{ role: { name: "member" } }]);
  expect(seeds).toEqual(before);
});
