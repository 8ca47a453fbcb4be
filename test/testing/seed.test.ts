import type { SandboxUser } from "ax-users/testing";
import { expect, test } from "vitest";
import { cpuMs, tenfold } from "../helpers/cpu-time.ts";
import { HANGS_AFTER_MS } from "../helpers/eventually.ts";
import { call, open } from "./helpers.ts";

const count = (users: readonly SandboxUser[], holds: (user: SandboxUser) => boolean): number =>
  users.filter(holds).length;

test("a number of users gives the same ones every time, and more of them begin with the same", async () => {
  const [few, again, more] = await Promise.all([
    open({ users: 40 }),
    open({ users: 40 }),
    open({ users: 60 }),
  ]);
  expect(again.users()).toEqual(few.users());
  expect(more.users().slice(0, 40)).toEqual(few.users());
  expect(few.users()[0]).toEqual({
    id: "VXNlcjox",
    name: "Ada Lovelace",
    email: "ada.lovelace.0001@example.com",
    status: "active",
    role: { type: "predefined", name: "admin" },
    isDeveloper: true,
    createdAt: "2024-01-01T00:00:00Z",
  });
});

test("made-up users have statuses, roles and names in a likely mixture", async () => {
  const sandbox = await open({ users: 1000 });
  const users = sandbox.users();
  expect(count(users, ({ status }) => status === "invited")).toBe(100);
  expect(count(users, ({ status }) => status === "expired")).toBe(50);
  expect(count(users, ({ status }) => status === "active")).toBe(850);
  const withRole = (name: string) => count(users, ({ role }) => role.name === name);
  expect(withRole("member")).toBeGreaterThan(700);
  expect(withRole("annotator")).toBeGreaterThan(withRole("admin"));
  expect(withRole("admin")).toBeGreaterThan(10);
  expect(count(users, ({ role, isDeveloper }) => isDeveloper === (role.name === "annotator"))).toBe(0);
  expect(new Set(users.map(({ name }) => name)).size).toBe(1000);
  expect(users.every(({ email }) => /^[a-z]+\.[a-z]+\.\d{4}@example\.com$/.test(email))).toBe(true);
});

test("made-up users come one after the other, with IDs and addresses of their own", async () => {
  const users = (await open({ users: 1000 })).users();
  expect(new Set(users.map(({ email }) => email)).size).toBe(1000);
  expect(new Set(users.map(({ id }) => id)).size).toBe(1000);
  const times = users.map(({ createdAt }) => Date.parse(createdAt));
  expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? time))).toBe(true);
});

test("a hundred thousand users are there in less than a second", { timeout: HANGS_AFTER_MS }, async () => {
  const controlMs = await cpuMs(() => open({ users: 10_000 }));
  let sandbox = await open();
  const ms = await cpuMs(async () => {
    sandbox = await open({ users: 100_000 });
  });
  expect(ms).toBeLessThan(tenfold(controlMs));
  expect(
    (await call(sandbox, "GET", `/v2/users/${Buffer.from("User:100000").toString("base64")}`)).status,
  ).toBe(200);
});

test("a seed needs an email only", async () => {
  const sandbox = await open({ users: [{ email: "Ada.L@Example.com" }, { email: "b@example.com" }] });
  expect(sandbox.users()).toEqual([
    {
      id: "VXNlcjox",
      name: "Ada.L",
      email: "Ada.L@Example.com",
      status: "active",
      role: { type: "predefined", name: "member" },
      isDeveloper: true,
      createdAt: "2024-01-01T00:00:00Z",
    },
    expect.objectContaining({ id: "VXNlcjoy", createdAt: "2024-01-01T00:01:00Z" }),
  ]);
});

test("a seed's own values are kept", async () => {
  const seed = {
    id: "mine",
    email: "b@example.com",
    name: "B",
    status: "expired",
    role: { type: "custom", id: "r", name: "Power" },
    isDeveloper: false,
    createdAt: "2025-06-01T02:00:00+02:00",
  } as const;
  const sandbox = await open({ users: [seed, { email: "c@example.com", role: "annotator" }] });
  expect(sandbox.users()).toMatchObject([
    { role: { type: "predefined", name: "annotator" }, isDeveloper: false },
    { ...seed, createdAt: "2025-06-01T00:00:00Z" },
  ]);
});

test("seeds are listed by their dates, and by their places where those are equal", async () => {
  const createdAt = new Date("2023-05-05T00:00:00.5Z");
  const sandbox = await open({
    users: [
      { email: "now@example.com" },
      { email: "old@example.com", createdAt },
      { email: "older@example.com", createdAt: "2023-05-05T00:00:00Z" },
      { email: "as-old@example.com", createdAt },
    ],
  });
  const names = sandbox.users().map(({ name }) => name);
  expect(names).toEqual(["older", "old", "as-old", "now"]);
});

test("the ID given to a seed is none that another asks for", async () => {
  const id = Buffer.from("User:1").toString("base64");
  const sandbox = await open({ users: [{ email: "a@example.com" }, { email: "b@example.com", id }] });
  expect(sandbox.users().map((user) => user.id)).toEqual(["VXNlcjoy", id]);
});

test("an inactive seed is among the removed users only", async () => {
  const sandbox = await open({ users: [{ email: "a@example.com", status: "inactive" }] });
  expect(sandbox.users()).toEqual([]);
  expect(sandbox.removedUsers()).toMatchObject([{ email: "a@example.com", status: "inactive" }]);
});

test("the users of one sandbox can seed another", async () => {
  const first = await open({ users: 30 });
  const second = await open({ users: first.users() });
  expect(second.users()).toEqual(first.users());
});

test("the caller's seeds are not changed, nor what the account holds by changing them", async () => {
  const role = { type: "predefined" as const, name: "member" as const };
  const seeds = [
    { email: "b@example.com", role, createdAt: "2025-01-01T00:00:00Z" },
    { email: "a@example.com" },
  ];
  const before = structuredClone(seeds);
  const sandbox = await open({ users: seeds });
  await call(sandbox, "PATCH", "/v2/users/VXNlcjox", { name: "New" });
  expect(seeds).toEqual(before);
  Object.assign(role, { name: "admin" });
  expect(sandbox.users().at(-1)).toMatchObject({ name: "New", role: { name: "member" } });
});
