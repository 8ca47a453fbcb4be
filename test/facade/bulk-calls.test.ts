/** What all bulk calls have in common, held against each of them. */
import type { ArizeClient, RequestOptions } from "ax-users";
import { describe, expect, test } from "vitest";
import { BAD_CALLBACKS } from "../helpers/bad-callbacks.ts";
import { openAccount } from "../helpers/sandbox.ts";
import { rejection } from "../helpers/server.ts";

interface Result {
  readonly status: string;
  readonly userId?: string;
  readonly email?: string;
}

interface Bulk {
  readonly name: string;
  /** The argument with the targets, each made of the ID or the address of a user. */
  readonly list: string;
  readonly row: (name: string) => unknown;
  readonly done: string;
  /** How many requests are sent before the first of a target's own. */
  readonly lookUps: number;
  call(client: ArizeClient, params: object, options?: RequestOptions): Promise<readonly Result[]>;
}

const role = { type: "predefined", name: "member" } as const;
const nameOf = (name: string) => (name.includes("@") ? { email: name } : { userId: name });
const organization = { organization: "Data Ops" };

const BULK: readonly Bulk[] = [
  {
    name: "users.bulkDelete",
    list: "userIds",
    row: (name) => name,
    done: "deleted",
    lookUps: 0,
    call: ({ users }, params, options) => users.bulkDelete(params, options),
  },
  {
    name: "users.createMany",
    list: "users",
    row: (name) => ({ name, email: `${name}@example.com`, role, inviteMode: "none" }),
    done: "existing",
    lookUps: 0,
    call: ({ users }, params, options) => users.createMany(params as never, options),
  },
  {
    name: "users.updateMany",
    list: "users",
    row: (name) => ({ ...nameOf(name), name: "Ada" }),
    done: "updated",
    lookUps: 0,
    call: ({ users }, params, options) => users.updateMany(params as never, options),
  },
  {
    name: "organizations.addUsers",
    list: "users",
    row: (name) => ({ ...nameOf(name), role }),
    done: "added",
    lookUps: 1,
    call: ({ organizations }, params, options) =>
      organizations.addUsers({ ...organization, ...params } as never, options),
  },
  {
    name: "organizations.removeUsers",
    list: "users",
    row: (name) => name,
    done: "removed",
    lookUps: 1,
    call: ({ organizations }, params, options) =>
      organizations.removeUsers({ ...organization, ...params } as never, options),
  },
];

const IDS = ["u0", "u1", "u2", "u3"];

const start = () =>
  openAccount({
    users: IDS.map((id) => ({ id, email: `${id}@example.com` })),
    organizations: [{ name: "Data Ops", members: IDS.map((userId) => ({ userId })) }],
  });

const statuses = (results: readonly Result[]) => results.map(({ status }) => status);

describe.each(BULK)("$name", ({ name, list, row, done, lookUps, call }) => {
  const rows = (ids: readonly string[]) => ({ [list]: ids.map(row) });

  test("gives one result for each target, in the order first named", async () => {
    const { client, sandbox } = await start();
    const given = Object.freeze(["u2", "u0", "u2", "u3", "u0", "u1"].map(row));
    const results = await call(client, Object.freeze({ [list]: given }));
    expect(results).toMatchObject(
      ["u2", "u0", "u3", "u1"].map((id) => ({
        status: done,
        ...(name === "users.createMany" ? { email: `${id}@example.com` } : { userId: id }),
      })),
    );
    expect(sandbox.requests.length).toBeLessThanOrEqual(lookUps + 8);
  });

  test.each([1, 64])("accepts concurrency %i", async (concurrency) => {
    const { client } = await start();
    expect(statuses(await call(client, { ...rows(IDS), concurrency }))).toEqual([done, done, done, done]);
  });

  test("an empty list gives an empty list, and sends nothing", async () => {
    const { client, sandbox } = await start();
    expect(await call(client, { [list]: [] })).toEqual([]);
    expect(sandbox.requests).toEqual([]);
  });

  test("reports each result and the counts as they come; the results are those of the array", async () => {
    const { client } = await start();
    const kept: Result[] = [];
    const counts: object[] = [];
    const results = await call(client, {
      [list]: [row("u0"), null, row("u1")],
      concurrency: 1,
      onResult: (result: Result, index: number) => {
        kept[index] = result;
      },
      onProgress: (progress: object) => counts.push(progress),
    });
    expect(statuses(results)).toEqual([done, "failed", done]);
    for (const [index, result] of results.entries()) expect(kept[index]).toBe(result);
    expect(counts).toMatchObject([
      { total: 3, done: 1, [done]: 1, failed: 0 },
      { total: 3, done: 2, [done]: 1, failed: 1 },
      { total: 3, done: 3, [done]: 2, failed: 1 },
    ]);
  });

  test.each(BAD_CALLBACKS)("callbacks that each %s change nothing", async (_, callback) => {
    const { client } = await start();
    const results = await call(client, { ...rows(IDS), onResult: callback, onProgress: callback });
    expect(statuses(results)).toEqual([done, done, done, done]);
  });

  test.each([
    ["undefined", undefined],
    ["null", null],
    ["a number", 5],
    ["an array", []],
    ["an object that names nobody", {}],
  ])("a row that is %s fails by itself, without a request", async (_, wrong) => {
    const { client, sandbox } = await start();
    const results = await call(client, { [list]: [wrong, row("u1"), wrong] });
    expect(statuses(results)).toEqual(["failed", done, "failed"]);
    for (const at of [0, 2]) {
      expect(results[at]).toMatchObject({
        error: expect.stringMatching(`^${name.replace(".", "\\.")}: ${list}\\[${at}\\]`),
        cause: { name: "ValidationError" },
        outcome: "not_applied",
        attempted: false,
      });
    }
    expect(sandbox.requests.length).toBeLessThanOrEqual(lookUps + 2);
    const before = sandbox.requests.length;
    expect(statuses(await call(client, { [list]: [wrong] }))).toEqual(["failed"]);
    expect(sandbox.requests).toHaveLength(before);
  });

  test("after a 401 nothing more is sent", async () => {
    const { client, sandbox } = await start();
    sandbox.fail({ status: 401, body: { title: "Authentication required", status: 401 } });
    const results = await call(client, { ...rows(IDS), concurrency: 1 });
    expect(statuses(results)).toEqual(Array(4).fill("failed"));
    expect(results[3]).toMatchObject({
      error: "not attempted: the API key was rejected",
      cause: { name: "AuthenticationError" },
      outcome: "not_applied",
      attempted: false,
    });
    expect(sandbox.requests).toHaveLength(1);
  });

  test("after an abort nothing more is sent", async () => {
    const { client, sandbox } = await start();
    const controller = new AbortController();
    const results = await call(
      client,
      { ...rows(IDS), concurrency: 1, onResult: () => controller.abort("enough") },
      { signal: controller.signal },
    );
    expect(statuses(results)).toEqual([done, "failed", "failed", "failed"]);
    expect(results[3]).toMatchObject({ cause: "enough", outcome: "not_applied", attempted: false });
    const before = sandbox.requests.length;
    const aborted = await call(client, rows(IDS), { signal: AbortSignal.abort("before") });
    expect(aborted).toMatchObject(Array(4).fill({ status: "failed", cause: "before", attempted: false }));
    expect(sandbox.requests).toHaveLength(before);
  });

  test.each([
    ["no list", {}, /must be an array|is required/],
    ["a list that is none", { [list]: "u0" }, /must be an array/],
    ...[0, 65, 1.5, "8", null].map((concurrency): [string, object, RegExp] => [
      `concurrency ${JSON.stringify(concurrency)}`,
      { ...rows(["u0"]), concurrency },
      /concurrency must be a whole number from 1 to 64/,
    ]),
    ["an onResult that is none", { ...rows(["u0"]), onResult: {} }, /onResult must be a function/],
    ["an onProgress that is none", { ...rows(["u0"]), onProgress: 1 }, /onProgress must be a function/],
    [
      "an unknown argument",
      { ...rows(["u0"]), onresult: 1 },
      /unknown argument "onresult".*did you mean onResult/,
    ],
  ])("%s is refused before any request", async (_, params, message) => {
    const { client, sandbox } = await start();
    const error = await rejection(call(client, params));
    expect(error).toMatchObject({ name: "ValidationError", message: expect.stringMatching(message) });
    expect(sandbox.requests).toEqual([]);
  });
});
