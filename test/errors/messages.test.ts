import { APIError, type ArizeClient, ConnectionError } from "ax-users";
import { describe, expect, test } from "vitest";
import { type Answer, json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

const LOST = "It may have taken effect: check before you repeat it.";
const problem = { title: "Some kind", detail: "Some detail." };

/** The error of a call with one attempt, whose responses these are. */
async function errorOf(method: "get" | "delete", ...answers: Answer[]): Promise<APIError> {
  let count = 0;
  const server = await startServer((request, response) =>
    answers[Math.min(count++, answers.length - 1)]?.(request, response),
  );
  const client = server.client({ maxRetries: answers.length - 1 });
  const error = await rejection(client.users[method]({ userId: "u1" }));
  if (!(error instanceof APIError)) throw error;
  return error;
}

const answer =
  (status: number, body: object | string, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (typeof body === "string") response.writeHead(status).end(body);
    else json(response, status, { status, ...body });
  };

describe("the whole message", () => {
  test.each<[string, "get" | "delete", Answer[], string]>([
    ["a problem", "get", [answer(400, problem)], "GET /v2/users/u1: HTTP 400 Some kind: Some detail."],
    ["a title alone", "get", [answer(418, { title: "Tea" })], "GET /v2/users/u1: HTTP 418 Tea."],
    [
      "a title that ends a sentence",
      "get",
      [answer(418, { title: "Tea." })],
      "GET /v2/users/u1: HTTP 418 Tea.",
    ],
    [
      "a request ID",
      "get",
      [answer(422, problem, { "x-request-id": "r1" })],
      "GET /v2/users/u1: HTTP 422 Some kind: Some detail. Request ID: r1.",
    ],
    [
      "a request ID of several lines",
      "get",
      [answer(422, { title: "No", request_id: `a\n\t b${"c".repeat(300)}` })],
      `GET /v2/users/u1: HTTP 422 No. Request ID: a b${"c".repeat(197)}.`,
    ],
    [
      "a page of another program",
      "get",
      [answer(400, "who are you?")],
      "GET /v2/users/u1: HTTP 400 Bad Request: who are you? This response is not from the API.",
    ],
    [
      "a write that may have taken effect",
      "delete",
      [answer(500, problem, { "x-request-id": "r1" })],
      `DELETE /v2/users/u1: HTTP 500 Some kind: Some detail. ${LOST} Request ID: r1.`,
    ],
    [
      "a page of another program after a lost response",
      "delete",
      [answer(502, ""), answer(403, "")],
      "DELETE /v2/users/u1: HTTP 403 Forbidden. This response is not from the API, so it says nothing about the " +
        `key's permissions: check baseUrl and any proxy in between. ${LOST}`,
    ],
    [
      "a pause",
      "get",
      [answer(429, problem, { "retry-after": "42" })],
      "GET /v2/users/u1: HTTP 429 Some kind: Some detail. Wait 42000 ms before you repeat it.",
    ],
    [
      "a redirect",
      "get",
      [answer(302, "")],
      "GET /v2/users/u1: HTTP 302 Found. Redirects are not followed: check baseUrl.",
    ],
  ])("of %s", async (_, method, answers, message) => {
    expect((await errorOf(method, ...answers)).message).toBe(message);
  });

  test("has title and detail up to 500 characters, and the error all of them", async () => {
    const title = "t".repeat(100);
    const whole = { title, detail: "d".repeat(398) };
    expect((await errorOf("get", answer(418, whole))).message).toBe(
      `GET /v2/users/u1: HTTP 418 ${title}: ${whole.detail}.`,
    );
    const longer = { title, detail: `${whole.detail}ef` };
    const error = await errorOf("get", answer(418, longer));
    expect(error.message).toBe(`GET /v2/users/u1: HTTP 418 ${title}: ${whole.detail}…`);
    expect(error.detail).toBe(longer.detail);
  });
});

describe("what an error keeps of a body", () => {
  const of = (body: object | string) => errorOf("get", answer(418, body));

  test("values of every type", async () => {
    const members = {
      none: null,
      number: 0,
      no: false,
      list: [null, 1, "a"],
      inner: { none: null, empty: "" },
    };
    expect((await of({ title: "No", ...members })).extensions).toEqual(members);
  });

  test("sixteen levels of it", async () => {
    const nested = (levels: number): object => (levels === 0 ? { end: 1 } : { in: nested(levels - 1) });
    const { extensions } = await of({ title: "No", ...nested(40) });
    expect(JSON.stringify(extensions)).toBe(`${'{"in":'.repeat(16)}"…"${"}".repeat(16)}`);
  });

  test.each<[string, object]>([
    ["beside the value of a credential", { field: "temporary_password", message: "kept", value: "[hidden]" }],
    ["that is the value of another field", { field: "name", value: "kept", got: "kept" }],
    ["after a sentence", { list: ["no password", "kept", "password!", "kept", "password reset", "kept"] }],
    ["after a very long word", { list: [`password${"x".repeat(80)}`, "kept"] }],
    ["after a word that only ends so", { list: ["mein:password", "kept"] }],
  ])("a value %s", async (_, members) => {
    expect((await of({ title: "No", ...members })).extensions).toEqual(members);
  });

  test.each([
    ["a detail that is no text", { title: "No", detail: 5 }, "No", '{"status":418,"title":"No","detail":5}'],
    ["no detail", { title: "No" }, "No", undefined],
    ["a detail alone", { detail: "Because." }, "I'm a Teapot", "Because."],
    ["space around text", " \n plain text \n ", "I'm a Teapot", "plain text"],
  ])("title and detail, of %s", async (_, body, title, detail) => {
    expect(await of(body)).toMatchObject({ title, detail });
  });

  test("16,384 characters of a document, and of a longer one the members that are complete", async () => {
    const documentOf = (length: number) => {
      const text = (value: string) => `\n{"title":"No","first":1,"last":"${value}"}`;
      return text("x".repeat(length - text("").length));
    };
    expect((await of(documentOf(16_384))).extensions).toMatchObject({ first: 1, last: expect.any(String) });
    expect((await of(documentOf(16_385))).extensions).toEqual({ first: 1 });
    expect(await of(`{"title":"${"x".repeat(17_000)}"}`)).toMatchObject({
      title: "I'm a Teapot",
      extensions: {},
      detail: "{}",
    });
  });
});

test("an error for no response has no request ID and no status in its message", async () => {
  const server = await startServer((_, response) => response.destroy());
  const error = await rejection(server.client({ maxRetries: 0 }).users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(String(error)).not.toMatch(/HTTP|Request ID/);
});

const EVIL = "a\u001b[2J\u0007\u009b31m\u202e\rz";

/** What a server says, and a call whose error repeats it. */
const hostile: [string, object | string, (client: ArizeClient) => Promise<unknown>][] = [
  ["a page", EVIL, ({ users }) => users.get({ userId: "u1" })],
  ["a title", { title: EVIL, status: 418 }, ({ users }) => users.get({ userId: "u1" })],
  ["a detail", { title: "No", detail: EVIL, status: 418 }, ({ users }) => users.get({ userId: "u1" })],
  [
    "a request ID",
    { title: "No", status: 418, request_id: EVIL },
    ({ users }) => users.get({ userId: "u1" }),
  ],
  [
    "IDs of several users",
    wirePage([wireUser({ id: EVIL }), wireUser({ id: `${EVIL}2` })]),
    ({ users }) => users.findByEmail(wireUser().email),
  ],
  [
    "the status of a user who exists",
    wireUser({ status: EVIL, id: EVIL }),
    ({ users }) =>
      users.create({
        ...{ name: "Ada", email: wireUser().email, role: { type: "predefined", name: "member" } },
        ...{ inviteMode: "none", onExisting: "throw" },
      }),
  ],
];

test.each(hostile)("a message has no character that controls a terminal: %s", async (_, body, call) => {
  const isError = typeof body === "string" || "title" in body;
  const server = await startServer((__, response) => {
    response.writeHead(isError ? 418 : 200, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  const { message } = (await rejection(call(server.client()))) as Error;
  expect(message).toContain(String.raw`a\u001b[2J\u0007\u009b31m\u202e`);
  expect(message).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
});

test("the error of a connection has no such character either", async () => {
  const fetch = () => Promise.reject(new Error(EVIL));
  const { users } = (await startServer(() => {})).client({ fetch });
  expect(String(await rejection(users.get({ userId: "u1" })))).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
});
