/** How much of a response is read and kept. */
import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { APIError, ArizeClient, UnexpectedResponseError } from "ax-users";
import { expect, test } from "vitest";
import { boundErrorBody } from "../../src/errors/response/bound-error-body.ts";
import { json, rejection, startServer, wireUser } from "../helpers/server.ts";

const MOST = 64 * 1024;
const get = (server: Awaited<ReturnType<typeof startServer>>, maxResponseBytes = MOST) =>
  server.client({ maxResponseBytes }).users.get({ userId: "u1" });

/** Writes until the connection is closed. */
function writeForEver(response: ServerResponse, status: number): Promise<void> {
  response.writeHead(status, { "content-type": "application/json" });
  const more = () => {
    if (!response.destroyed) response.write(" ".repeat(16 * 1024), () => setImmediate(more));
  };
  more();
  return new Promise((resolve) => response.once("close", resolve));
}

test("an endless body of success is an error, and its connection is closed", async () => {
  let closed: Promise<void> | undefined;
  const server = await startServer((_, response) => {
    closed = writeForEver(response, 200);
  });
  const error = await rejection(get(server));
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({
    message: "GET /v2/users/u1: HTTP 200, but the body is larger than maxResponseBytes (65536 bytes).",
    outcome: "not_applied",
  });
  await closed;
  expect(server.seen).toHaveLength(1);
});

test("the outcome of a write with an endless body is unknown", async () => {
  const server = await startServer((_, response) => void writeForEver(response, 204 - 4));
  const call = server.client({ maxResponseBytes: MOST }).users.update({ userId: "u1", name: "Ada" });
  expect(await rejection(call)).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown" });
});

test("an endless body of an error status is that error", async () => {
  let closed: Promise<void> | undefined;
  const server = await startServer((_, response) => {
    closed = writeForEver(response, 403);
  });
  expect(await rejection(get(server))).toMatchObject({ name: "PermissionDeniedError", status: 403 });
  await closed;
});

test("a body counts as it is after decompression", async () => {
  const bomb = gzipSync(JSON.stringify(wireUser({ name: "x".repeat(10 * MOST) })));
  expect(bomb.length).toBeLessThan(MOST);
  const server = await startServer((_, response) =>
    response.writeHead(200, { "content-encoding": "gzip", "content-length": bomb.length }).end(bomb),
  );
  expect(await rejection(get(server))).toBeInstanceOf(UnexpectedResponseError);
});

test.each(["with a length", "in chunks", "compressed"])("a body %s at the limit is read", async (kind) => {
  const user = JSON.stringify(wireUser({ id: "u1", name: "Äda 🎓" }));
  const bytes = Buffer.from(user);
  const server = await startServer((_, response) => {
    if (kind === "with a length") return response.setHeader("content-length", bytes.length).end(bytes);
    if (kind === "compressed") return response.setHeader("content-encoding", "gzip").end(gzipSync(bytes));
    // In the middle of a character.
    response.write(bytes.subarray(0, bytes.indexOf("Ä") + 1));
    return setImmediate(() => response.end(bytes.subarray(bytes.indexOf("Ä") + 1)));
  });
  expect(await get(server, bytes.length)).toMatchObject({ name: "Äda 🎓" });
  expect(await rejection(get(server, bytes.length - 1))).toBeInstanceOf(UnexpectedResponseError);
});

test("a character whose bytes come one by one is read whole", async () => {
  const bytes = new TextEncoder().encode(JSON.stringify(wireUser({ id: "u1", name: "Zoë 🦜" })));
  const body = new ReadableStream({
    start(stream) {
      for (const byte of bytes) stream.enqueue(Uint8Array.of(byte));
      stream.close();
    },
  });
  const fetch = async () => new Response(body, { headers: { "content-type": "application/json" } });
  const { users } = new ArizeClient({ apiKey: "test-key", prereleaseWarnings: false, fetch });
  expect(await users.get({ userId: "u1" })).toMatchObject({ name: "Zoë 🦜" });
});

/** A client whose server sends this body bit by bit, and how many bytes of it were read. */
function reading(init: ResponseInit, text: string, maxResponseBytes: number, type?: ResponseType) {
  const read = { bytes: 0 };
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream(
    {
      pull(stream) {
        const chunk = bytes.subarray(read.bytes, read.bytes + 1024);
        read.bytes += chunk.length;
        if (chunk.length === 0) stream.close();
        else stream.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
  const response = new Response(body, init);
  if (type) Object.defineProperty(response, "type", { value: type });
  const options = { apiKey: "test-key", prereleaseWarnings: false, maxRetries: 0, maxResponseBytes };
  const { users } = new ArizeClient({ ...options, fetch: async () => response });
  return { read, error: () => rejection(users.get({ userId: "u1" })) };
}

test.each([
  ["64 KiB", 16 * MOST, MOST],
  ["maxResponseBytes where that is less", 4096, 4096],
])("of an error's body, no more is read than %s", async (_, maxResponseBytes, most) => {
  const document = JSON.stringify({ title: "Taken", status: 409, detail: "x".repeat(4 * MOST) });
  const { read, error } = reading({ status: 409 }, document, maxResponseBytes);
  expect(await error()).toMatchObject({ name: "ConflictError", title: "Taken" });
  expect(read.bytes).toBeGreaterThanOrEqual(most);
  expect(read.bytes).toBeLessThanOrEqual(most + 1024);
});

test("an error is told although its body says that it is too long", async () => {
  const document = JSON.stringify({ title: "Taken", status: 409, detail: "x".repeat(4 * MOST) });
  const headers = { "content-length": String(document.length) };
  const { error } = reading({ status: 409, headers }, document, MOST);
  expect(await error()).toMatchObject({ name: "ConflictError", title: "Taken" });
});

test("of a success that says that it is too long, nothing is read", async () => {
  const headers = { "content-length": String(4 * MOST) };
  const { read, error } = reading({ headers }, "x".repeat(4 * MOST), MOST);
  expect(await error()).toBeInstanceOf(UnexpectedResponseError);
  expect(read.bytes).toBe(0);
});

test("in a page of another origin, Content-Length may be that of a compressed body, so the body itself counts", async () => {
  const headers = { "content-length": "1000" };
  const { read, error } = reading({ headers }, "x".repeat(4 * MOST), MOST, "cors");
  expect(await error()).toBeInstanceOf(UnexpectedResponseError);
  expect(read.bytes).toBeLessThanOrEqual(MOST + 1024);
});

test("of a problem document with many members, the first ones are kept", async () => {
  const members = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`m${index}`, index]));
  const server = await startServer((_, response) =>
    json(response, 409, { title: "Taken", detail: "It, exists", ...members }),
  );
  const error = await rejection(get(server, 32 * MOST));
  if (!(error instanceof APIError)) throw error;
  expect(error).toMatchObject({ name: "ConflictError", title: "Taken", detail: "It, exists" });
  expect(Object.keys(error.extensions).length).toBe(98);
});

test.each([
  ["within the bounds", '{"a": 1}', false, '{"a": 1}'],
  ["cut in a string that looks like members", '{"a":1,"b":"x,{y', true, '{"a":1}'],
  ["cut after a backslash", '{"a":1,"b":"x\\', true, '{"a":1}'],
  ["with a member that is too long", `{"a":1,"b":"${"x,".repeat(9_000)}"}`, false, '{"a":1}'],
  ["with a list that is too long", `{"a":1,"b":[${"1,".repeat(9_000)}1]}`, false, '{"a":1}'],
  ["of text", "x".repeat(5_000), false, "x".repeat(2_000)],
])("a body %s", (_, text, isCut, kept) => {
  expect(boundErrorBody(text, isCut, (said) => said)).toBe(kept);
});
