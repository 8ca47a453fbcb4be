/** The exercise of DEVELOPMENT.md, done as it stands there: what an eighth operation on users takes. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ArizeClient, ArizeClientOptions, ClientEvent, RequestOptions, User } from "ax-users";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parse, parseDocument } from "yaml";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

/** What the client of the copy has besides: the method is none of the types of this checkout. */
interface Extended extends ArizeClient {
  users: ArizeClient["users"] & {
    suspend(params: { userId: string }, options?: RequestOptions): Promise<User>;
  };
}

interface Result {
  exitCode: number | null;
  output: string;
}

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const exercise =
  (await readFile(fromRoot("DEVELOPMENT.md"), "utf8")).split("## How to add an operation")[1] ?? "";
const blocks = (language: string): string[] =>
  [...exercise.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "gm"))].map(
    ([, text = ""]) => text,
  );
const [operation = ""] = blocks("yaml");
const [row = "", method = ""] = blocks("diff");

let copy: string;
let withoutRow: Result;
const inCopy = (path: string): string => join(copy, path);

function run(command: string, args: string[], input = ""): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile(command, args, { cwd: copy }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, output: stdout + stderr }),
    );
    child.stdin?.end(input);
  });
}

const compile = () => run(process.execPath, [fromRoot("node_modules/typescript-7/bin/tsc"), "-p", copy]);
// One line of context is enough: what stands around the place may change.
const patch = (diff: string) => run("git", ["apply", "-p0", "-C1", "-"], diff);
const DONE: Result = { exitCode: 0, output: "" };

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "ax-users-exercise-"));
  await cp(fromRoot("src"), inCopy("src"), { recursive: true });
  for (const file of ["tsconfig.json", "package.json"]) await cp(fromRoot(file), inCopy(file));
  await symlink(fromRoot("node_modules"), inCopy("node_modules"));
  const spec = parseDocument(await readFile(fromRoot("openapi/arize-users.yaml"), "utf8"));
  for (const [path, item] of Object.entries(parse(operation))) {
    spec.setIn(["paths", path], spec.createNode(item));
  }
  await writeFile(inCopy("spec.yaml"), spec.toString());
  const generate = ["--spec", inCopy("spec.yaml"), "--output", inCopy("generated")];
  expect(await run(process.execPath, [fromRoot("scripts/generate/main.ts"), ...generate])).toEqual(DONE);
  expect(await patch(method)).toEqual(DONE);
  withoutRow = await compile();
  expect(await patch(row)).toEqual(DONE);
}, 60_000);

afterAll(() => rm(copy, { recursive: true }));

test("two patches are all: a row of one line, and a method", () => {
  expect(blocks("diff")).toHaveLength(2);
  const files = (diff: string) => [...diff.matchAll(/^\+\+\+ (.*)$/gm)].map(([, file]) => file);
  expect(files(row)).toEqual(["src/transport/retry-safety.ts"]);
  expect(row.match(/^[+-](?![+-])/gm)).toEqual(["+"]);
  expect(files(method)).toEqual(["src/users/operations.ts", "src/users/users.ts"]);
});

test("without its row it does not compile, and with it, it does", async () => {
  const { exitCode, output } = withoutRow;
  expect(exitCode).not.toBe(0);
  expect(output).toMatch(/^src\/transport\/retry-safety\.ts.* Property 'users_suspend' is missing/m);
  expect(output.match(/error TS/g)).toHaveLength(1);
  expect(await compile()).toEqual(DONE);
}, 60_000);

async function startClient(
  answer: Parameters<typeof startServer>[0],
  options: ArizeClientOptions = {},
): Promise<{ client: Extended; server: Awaited<ReturnType<typeof startServer>> }> {
  const { ArizeClient } = await import(pathToFileURL(inCopy("src/index.ts")).href);
  const server = await startServer(answer);
  // No jitter, so that nothing is waited for.
  const random = vi.spyOn(Math, "random").mockReturnValue(0);
  const client = new ArizeClient({
    apiKey: "test-key",
    baseUrl: server.baseUrl,
    prereleaseWarnings: false,
    ...options,
  });
  random.mockRestore();
  return { client, server };
}

test("it is sent, read, warned of and told of, as every other method", async () => {
  const warned: string[] = [];
  const events: ClientEvent[] = [];
  const { client, server } = await startClient(
    (_, response) => json(response, 200, wireUser({ id: "a/b" })),
    {
      prereleaseWarnings: ({ key, stage }) => warned.push(`${key} ${stage}`),
      onEvent: (event) => events.push(event),
    },
  );
  const user = await client.users.suspend({ userId: " a/b " });
  expect(user).toMatchObject({ email: "ada@example.com", createdAt: expect.any(Date) });
  expect(server.seen).toMatchObject([
    {
      method: "POST",
      path: "/v2/users/a%2Fb/suspend",
      body: "",
      headers: { authorization: "Bearer test-key" },
    },
  ]);
  expect(warned).toEqual(["users.suspend alpha"]);
  expect(events.map(({ type, operation, path }) => [type, operation, path])).toEqual([
    ["request", "users_suspend", "/v2/users/{user_id}/suspend"],
    ["response", "users_suspend", "/v2/users/{user_id}/suspend"],
  ]);
});

test("it is repeated, as its row says", async () => {
  const { client, server } = await startClient((_, response) =>
    server.seen.length < 3 ? json(response, 500, {}) : json(response, 200, wireUser({ id: "u1" })),
  );
  await client.users.suspend({ userId: "u1" });
  expect(server.seen).toHaveLength(3);
});

test("it keeps to its time", async () => {
  const { client } = await startClient(() => {});
  const options = { timeoutMs: 20, maxRetries: 0 };
  expect(await rejection(client.users.suspend({ userId: "u1" }, options))).toMatchObject({
    name: "TimeoutError",
    outcome: "unknown",
    attempts: 1,
  });
});

test.each([
  [404, "NotFoundError"],
  [403, "PermissionDeniedError"],
  [200, "UnexpectedResponseError"],
])("what a server says with %i and no user is a %s", async (status, name) => {
  const { client } = await startClient(({ method }, response) =>
    // A 404 counts once a list has shown that the server is the API.
    method === "GET" ? json(response, 200, wirePage([])) : json(response, status, { title: "No" }),
  );
  const error = await rejection(client.users.suspend({ userId: "u1" }));
  expect(error).toMatchObject({ name, outcome: status === 200 ? "unknown" : "not_applied" });
});

test.each([{ userId: ".." }, { userId: "u1", until: "Monday" }])(
  "what is wrong with its arguments is told before anything is sent: %o",
  async (params) => {
    const { client, server } = await startClient((_, response) => json(response, 200, wireUser()));
    expect(await rejection(client.users.suspend(params))).toMatchObject({ name: "ValidationError" });
    expect(server.seen).toEqual([]);
  },
);
