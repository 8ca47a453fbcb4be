import { inspect } from "node:util";
import * as ax from "ax-users";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

const fields = {
  title: "x",
  extensions: {},
  headers: new Headers({ "x-a": "1" }),
  outcome: "unknown",
  attempts: 2,
} as const;
const failed = { outcome: "unknown", attempts: 1 } as const;

/** One error of each class, made by a copy of the package. */
const eachOf = (copy: typeof ax): [string, ax.ArizeError][] => [
  ["ArizeError", new copy.ArizeError("m")],
  ["ValidationError", new copy.ValidationError("m", [{ path: "p", message: "q" }])],
  ["ConnectionError", new copy.ConnectionError("m", failed)],
  ["TimeoutError", new copy.TimeoutError("m", failed)],
  ["UnexpectedResponseError", new copy.UnexpectedResponseError("m", "unknown")],
  ["AmbiguousMatchError", new copy.AmbiguousMatchError("m", ["a", "b"])],
  ["APIError", new copy.APIError("m", { ...fields, status: 418 })],
  ["BadRequestError", new copy.BadRequestError("m", { ...fields, status: 400 })],
  ["AuthenticationError", new copy.AuthenticationError("m", { ...fields, status: 401 })],
  ["PermissionDeniedError", new copy.PermissionDeniedError("m", { ...fields, status: 403 })],
  ["NotFoundError", new copy.NotFoundError("m", { ...fields, status: 404 })],
  ["ConflictError", new copy.ConflictError("m", { ...fields, status: 409 })],
  ["UnprocessableEntityError", new copy.UnprocessableEntityError("m", { ...fields, status: 422 })],
  ["RateLimitError", new copy.RateLimitError("m", { ...fields, status: 429 })],
  ["ServerError", new copy.ServerError("m", { ...fields, status: 500 })],
];

type Guarded = { is(value: unknown): boolean; prototype: object };
const classes = eachOf(ax).map(([name]): [string, Guarded] => [name, Reflect.get(ax, name) as Guarded]);

test("is() knows the errors of each class, of this and of another copy of the package", async () => {
  vi.resetModules();
  const copy = await import("ax-users");
  expect(copy.ArizeError).not.toBe(ax.ArizeError);
  for (const [index, [name, own]] of eachOf(ax).entries()) {
    const foreign = eachOf(copy)[index]?.[1];
    expect(foreign).not.toBeInstanceOf(ax.ArizeError);
    for (const [other, Class] of classes) {
      const isOne = Object.prototype.isPrototypeOf.call(Class.prototype, own);
      expect([name, other, Class.is(own)]).toEqual([name, other, isOne]);
      expect([name, other, Class.is(foreign)]).toEqual([name, other, isOne]);
    }
  }
});

test.each([
  undefined,
  null,
  5,
  "ArizeError",
  {},
  new Error("x"),
  { name: "ArizeError" },
  Object.create(null),
])("is(%s) is false", (value) => {
  for (const [, { is }] of classes) expect(is(value)).toBe(false);
});

test("is() works as a callback, and takes a proxy that throws for none", () => {
  const errors: unknown[] = [new Error("x"), ...eachOf(ax).map(([, error]) => error)];
  expect(errors.filter(ax.APIError.is)).toHaveLength(9);
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  expect(ax.ArizeError.is(proxy)).toBe(false);
});

test("a class of a user's own is of the class that it extends", () => {
  class Mine extends ax.NotFoundError {}
  const error = new Mine("m", { ...fields, status: 404 });
  expect(ax.NotFoundError.is(error)).toBe(true);
  expect(ax.ServerError.is(error)).toBe(false);
  expect(Mine.is(new ax.NotFoundError("m", { ...fields, status: 404 }))).toBe(true);
});

test("as a type guard is() leaves the other classes in the other branch", () => {
  const narrow = (error: ax.ArizeError, api: ax.APIError, either: ax.APIError | ax.ConnectionError) => {
    if (!ax.UnexpectedResponseError.is(error)) expectTypeOf(error).toEqualTypeOf<ax.ArizeError>();
    else expectTypeOf(error).toEqualTypeOf<ax.UnexpectedResponseError>();
    if (!ax.ServerError.is(api)) expectTypeOf(api).toEqualTypeOf<ax.APIError>();
    if (ax.ConnectionError.is(either)) expectTypeOf(either).toEqualTypeOf<ax.ConnectionError>();
    else expectTypeOf(either).toEqualTypeOf<ax.APIError>();
  };
  const lost = (error: ax.ConnectionError) => {
    if (!ax.TimeoutError.is(error)) expectTypeOf(error).toEqualTypeOf<ax.ConnectionError>();
  };
  expect([narrow.length, lost.length]).toEqual([3, 1]);
});

test("the name can be assigned, and is not enumerable", () => {
  for (const [name, error] of eachOf(ax)) {
    expect(error.name).toBe(name);
    expect(Object.keys(error)).not.toContain("name");
    const plain: Error = error;
    plain.name = "Renamed";
    expect(String(error)).toMatch(/^Renamed: /);
  }
});

test("every error has an outcome, not_applied unless said otherwise", async () => {
  for (const [name, { outcome }] of eachOf(ax)) {
    const isSure = ["ArizeError", "ValidationError", "AmbiguousMatchError"].includes(name);
    expect([name, outcome]).toEqual([name, isSure ? "not_applied" : "unknown"]);
  }
  expect(new ax.ValidationError("m", [], { outcome: "unknown" }).outcome).toBe("unknown");
  const twins = [wireUser({ id: "u1" }), wireUser({ id: "u2" })];
  const server = await startServer((request, response) =>
    json(response, 200, wirePage(request.query.get("email") === "ada@example.com" ? twins : [])),
  );
  const { users } = server.client();
  expect(await rejection(users.get({ userId: "" }))).toMatchObject({
    name: "ValidationError",
    outcome: "not_applied",
  });
  expect(await rejection(users.get({ user: "ada@example.com" }))).toMatchObject({
    name: "AmbiguousMatchError",
    outcome: "not_applied",
  });
  expect(await rejection(users.get({ user: "eve@example.com" }))).toMatchObject({
    name: "NotFoundError",
    outcome: "not_applied",
  });
});

test("JSON has headers as an object, and the fields that the error has", () => {
  for (const [name, error] of eachOf(ax)) {
    const shown = JSON.parse(JSON.stringify(error)) as Record<string, unknown>;
    expect(shown).toMatchObject({ name, message: error.message, outcome: error.outcome });
    if (error instanceof ax.APIError) expect(shown["headers"]).toEqual({ "x-a": "1" });
  }
});

const linesOf = (value: unknown): number => inspect(value).split("\n").length;

test("console.log of any error takes at most 15 lines, causes and long messages included", () => {
  const cause = new Error("outer", {
    cause: new TypeError("inner\nof\nlines", { cause: { a: 1, b: [1, 2] } }),
  });
  const long = `line\n${"x".repeat(2_000)}\n`.repeat(20);
  const headers = new Headers(
    Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`x-h${index}`, "1"])),
  );
  const extensions = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`m${index}`, { a: [index] }]),
  );
  const detail = { ...fields, status: 409, detail: long, headers, extensions } as const;
  const conflict = new ax.ConflictError(long, detail, {
    cause: new ax.ConflictError(long, detail, { cause }),
  });
  const issues = Array.from({ length: 500 }, (_, index) => ({ path: `users[${index}]`, message: long }));
  const errors = [...eachOf(ax).map(([, error]) => error), conflict, new ax.ValidationError("m", issues)];
  for (const error of [...errors, new ax.ConnectionError("lost", { ...failed, cause })]) {
    expect(linesOf(error)).toBeLessThanOrEqual(15);
    const result = {
      userId: "u",
      email: "e",
      status: "failed",
      error: "e",
      cause: error,
      outcome: "unknown",
      attempted: true,
    };
    expect(linesOf(result)).toBeLessThanOrEqual(15);
    expect(linesOf([result])).toBeLessThanOrEqual(15);
  }
});

test("what console.log shows is name, message, where, fields and causes", () => {
  const cause = Object.assign(new TypeError("fetch failed"), { code: "EX" });
  const shown = inspect(new ax.ConnectionError("lost", { outcome: "unknown", attempts: 3, cause }));
  expect(shown).toMatch(/^ConnectionError: lost\n {4}at /);
  expect(shown).toContain("{ outcome: 'unknown', attempts: 3 }");
  expect(shown).toContain("[cause]: TypeError: fetch failed (EX)");
  expect(inspect({ a: { b: { c: { d: new ax.ArizeError("deep") } } } }, { depth: 3 })).toContain(
    "[ArizeError: deep]",
  );
});

describe("console.log, line by line,", () => {
  const frames = Array.from({ length: 8 }, (_, index) => `    at f${index} (app.js:1:1)`);
  const causes = (depth: number): Error =>
    new Error(`cause\n ${depth}`, depth < 5 ? { cause: causes(depth + 1) } : {});
  const message = "two \n\n lines";
  const conflict = { ...fields, status: 409, detail: "", instance: undefined };
  const error = Object.assign(new ax.ConflictError(message, conflict, { cause: causes(1) }), {
    stack: `ConflictError: ${message}\n${frames.join("\n")}`,
    empty: [],
    none: null,
    list: [1],
  });

  test("has six frames, the fields that say something, and three causes", () => {
    expect(inspect(error).split("\n")).toEqual([
      "ConflictError: two lines",
      ...frames.slice(0, 6),
      "  { outcome: 'unknown', title: 'x', attempts: 2, status: 409, detail: '', reason: 'unknown', list: [ 1 ] }",
      "  [cause]: Error: cause 1",
      "  [cause]: Error: cause 2",
      "  [cause]: Error: cause 3",
    ]);
  });

  test("has no frames and one cause within another value", () => {
    const lines = inspect({ error }, { depth: 1 }).split("\n");
    expect(lines.filter((line) => /\bat f\d/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes("[cause]"))).toEqual([
      expect.stringContaining("Error: cause 1"),
    ]);
    expect(inspect({ error }, { depth: 1 })).toContain("status: 409");
    expect(inspect({ error }, { depth: 0 })).toBe("{ error: [ConflictError: two lines] }");
  });

  test("takes an error without a stack, without a message, and a cause that is none", () => {
    const bare = Object.assign(new ax.ArizeError("", { cause: null }), { stack: undefined });
    expect(inspect(bare).split("\n")).toEqual([
      "ArizeError",
      "  { outcome: 'not_applied' }",
      "  [cause]: null",
    ]);
    const without = Object.assign(new ax.ArizeError("m", { cause: undefined }), { stack: "" });
    expect(inspect(without).split("\n")).toEqual(["ArizeError: m", "  { outcome: 'not_applied' }"]);
  });
});

test("an existing user is on a ConflictError only where there is one", () => {
  expect("existing" in new ax.ConflictError("m", { ...fields, status: 409 })).toBe(false);
});

test("the request ID is in the message of an APIError", async () => {
  const server = await startServer((_, response) =>
    json(response, 404, { title: "No" }, { "x-request-id": "req_1" }),
  );
  expect(await rejection(server.client().users.get({ userId: "u1" }))).toHaveProperty(
    "message",
    expect.stringMatching(/Request ID: req_1\.$/),
  );
});
