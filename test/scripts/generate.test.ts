/** `npm run generate` and its `--check`, on copies of the spec and of what is generated from it. */
import { execFile } from "node:child_process";
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { type Document, parseDocument } from "yaml";
import { successStatuses } from "../../generated/operations.gen.ts";
import { releaseStages } from "../../generated/release-stages.gen.ts";
import { generate } from "../../scripts/generate/generate.ts";
import { wireUser } from "../helpers/server.ts";

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Runs a script to its end. */
function run(...args: string[]): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode, output: stdout + stderr }),
    );
  });
}

const LIST_STATUS = ["paths", "/v2/users", "get", "parameters", "3"];

const runGenerate = (...args: string[]) => run(fromRoot("scripts/generate/main.ts"), ...args);

async function tempFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Where to find a changed copy of the spec, and where to generate from it. */
async function changedSpec(change: (spec: Document) => void): Promise<{ spec: string; output: string }> {
  const folder = await tempFolder();
  const document = parseDocument(await readFile(fromRoot("openapi/arize-users.yaml"), "utf8"));
  change(document);
  const spec = join(folder, "spec.yaml");
  await writeFile(spec, document.toString());
  return { spec, output: join(folder, "generated") };
}

test("a change of the spec comes out in every file that is made from it", async () => {
  const { spec, output } = await changedSpec((document) => {
    const schemas = ["components", "schemas"];
    document.setIn(["paths", "/v2/users", "get", "x-release-stage"], "beta");
    document.setIn(["paths", "/v2/users/{user_id}", "delete", "responses", "202"], { description: "Later." });
    document.setIn([...schemas, "User", "properties", "last_seen_at"], {
      type: "string",
      format: "date-time",
    });
    document.setIn([...schemas, "CreateUserRequest", "properties", "locale"], { type: "string" });
    document.addIn([...schemas, "UserStatus", "enum"], "suspended");
  });
  expect(await runGenerate("--spec", spec, "--output", output)).toEqual({ exitCode: 0, output: "" });

  const load = (file: string) => import(pathToFileURL(join(output, file)).href);
  const read = (file: string) => readFile(join(output, file), "utf8");
  expect((await load("release-stages.gen.ts")).releaseStages).toEqual({
    ...releaseStages,
    users_list: "beta",
  });
  expect((await load("operations.gen.ts")).successStatuses).toEqual({
    ...successStatuses,
    users_delete: [202, 204],
  });
  const types = await read("types.gen.ts");
  expect(types).toMatch(/^export type User = \{[^}]* last_seen_at\?: string;/m);
  expect(types).toMatch(/^export type CreateUserRequest = \{[^}]* locale\?: string;/m);
  expect(types).toMatch(/^export type UserStatus = [^;]*'suspended'/m);
  const schemas = await read("valibot.gen.ts");
  expect(schemas).toMatch(/^export const vUser = [^;]* last_seen_at: v\.optional\(/m);
  expect(schemas).toMatch(/^export const vCreateUserRequest = [^;]* locale: v\.optional\(/m);
  expect(schemas).toMatch(/^export const vUserStatus = [^;]*'suspended'/m);
  const models = await read("models.gen.ts");
  expect(models).toMatch(/^export interface User \{[^}]* lastSeenAt\?: Date;/m);
  expect(models).toMatch(
    /^export function decodeUser\([\s\S]*? readDateTime\(fields\["last_seen_at"\], at, "last_seen_at"\)/m,
  );
  expect(models).toMatch(/^export interface CreateUserRequest \{[^}]* locale\?: string \| undefined;/m);
  expect(models).toMatch(/^export function encodeCreateUserRequest\([\s\S]*? locale: members\["locale"\]/m);
  expect(models).toMatch(/^export const USER_STATUSES = .*"suspended"\]/m);
});

/** Fields of all kinds, each with what a server sends and what the package gives for it. */
const KINDS = {
  seen_at: [
    { type: "string", format: "date-time" },
    "2025-01-02T03:04:05Z",
    new Date("2025-01-02T03:04:05Z"),
  ],
  seen_by: [{ type: ["string", "null"] }, "ada", "ada"],
  website: [{ type: "string", format: "uri" }, "https://example.com", "https://example.com"],
  logins: [{ type: "integer", format: "int32", minimum: 0 }, 3, 3],
  score: [{ type: "number", exclusiveMaximum: 1 }, 0.5, 0.5],
  tags: [{ type: "array", items: { type: "string" }, maxItems: 9 }, ["a"], ["a"]],
  labels: [{ type: "object", additionalProperties: { type: "string" } }, { "a-b": "c" }, { "a-b": "c" }],
  level: [{ type: "string", enum: ["low", "very-high"] }, "VERY_HIGH", "very-high"],
  either: [{ oneOf: [{ type: "string" }, { type: "integer" }] }, 7, 7],
  team: [
    { allOf: [{ type: "object", properties: { team_name: { type: "string" } } }] },
    { team_name: "x" },
    { teamName: "x" },
  ],
} as const;

/** What a program may do with the new fields; each error that is expected is one. */
const CONSUMER = `
import { USER_STATUSES } from "./generated/models.gen.ts";
import type { ListUsersParams, UpdateUserParams, User } from "./src/index.ts";

declare const user: User;
export const seenAt: Date | undefined = user.seenAt;
export const seenBy: string | null | undefined = user.seenBy;
export const logins: number | undefined = user.logins;
export const tags: string[] | undefined = user.tags;
export const level: "low" | "very-high" | (string & {}) | undefined = user.level;
export const teamName: string | undefined = user.team?.teamName;
// @ts-expect-error: a name as on the wire is none of the package's.
user.seen_at;
export const suspended: "suspended" | undefined = USER_STATUSES.find((status) => status === "suspended");
export const update: UpdateUserParams = { userId: "u1", locale: "de" };
// @ts-expect-error: of another type than the spec says.
export const wrong: UpdateUserParams = { userId: "u1", locale: 1 };
export const list: ListUsersParams = { status: ["suspended", "SUSPENDED"], isDeveloper: true };
`;

test("a new field of any kind, a new enum value and a stage reach the package by generation alone", async () => {
  const schemas = ["components", "schemas"];
  const { spec, output } = await changedSpec((document) => {
    document.setIn(["paths", "/v2/users/{user_id}", "get", "x-release-stage"], "stable");
    document.setIn(["paths", "/v2/users", "get", "x-release-stage"], "beta");
    document.addIn([...schemas, "UserStatus", "enum"], "suspended");
    document.setIn([...schemas, "UserUpdate", "properties", "locale"], { type: "string", maxLength: 5 });
    document.setIn([...schemas, "UserUpdate", "properties", "name", "maxLength"], 3);
    document.setIn(["components", "parameters", "Limit", "schema", "maximum"], 200);
    document.addIn(["paths", "/v2/users", "get", "parameters"], {
      name: "is_developer",
      in: "query",
      schema: { type: "boolean" },
    });
    for (const [name, [schema]] of Object.entries(KINDS)) {
      document.setIn([...schemas, "User", "properties", name], schema);
    }
  });
  const root = join(output, "..");
  await cp(fromRoot("src"), join(root, "src"), { recursive: true });
  for (const file of ["tsconfig.json", "package.json"]) await cp(fromRoot(file), join(root, file));
  await symlink(fromRoot("node_modules"), join(root, "node_modules"));
  await writeFile(join(root, "consumer.ts"), CONSUMER);
  expect(await runGenerate("--spec", spec, "--output", output)).toEqual({ exitCode: 0, output: "" });
  expect(await run(fromRoot("node_modules/typescript-7/bin/tsc"), "-p", root)).toEqual({
    exitCode: 0,
    output: "",
  });

  const { ArizeClient } = await import(pathToFileURL(join(root, "src", "index.ts")).href);
  const sent: unknown[] = [];
  const fetch = async (url: string, { body }: { body: string | null }) => {
    const { pathname, search } = new URL(url);
    sent.push([pathname + search, body === null ? body : JSON.parse(body)]);
    const fields = Object.entries(KINDS).map(([name, [, value]]) => [name, value]);
    return Response.json({ ...wireUser({ id: "u1", status: "SUSPENDED" }), ...Object.fromEntries(fields) });
  };
  const warned: string[] = [];
  const prereleaseWarnings = ({ stage }: { stage: string }) => warned.push(stage);
  const { users } = new ArizeClient({ apiKey: "key", fetch, prereleaseWarnings });
  const user = await users.get({ userId: "u1" });
  const camelCase = (name: string) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  const expected = Object.entries(KINDS).map(([name, [, , value]]) => [camelCase(name), value]);
  expect(user).toMatchObject({ status: "suspended", ...Object.fromEntries(expected) });
  await users.update({ userId: "u1", locale: "de" });
  // What the server sends is a user, and no page.
  await expect(users.list({ limit: 200, isDeveloper: true, status: ["suspended"] })).rejects.toThrow(
    /users must be an array, received undefined/,
  );
  expect(sent).toEqual([
    ["/v2/users/u1", null],
    ["/v2/users/u1", { locale: "de" }],
    ["/v2/users?limit=200&status=SUSPENDED&is_developer=true", null],
  ]);
  await expect(users.update({ userId: "u1", locale: "de-AT-1901" })).rejects.toThrow(
    /locale must have at most 5 characters, received 10 characters/,
  );
  await expect(users.update({ userId: "u1", name: "Grace" })).rejects.toThrow(
    /name must have at most 3 characters, received 5 characters/,
  );
  await expect(users.list({ limit: 201 })).rejects.toThrow(/limit must be at most 200, received 201/);
  expect(warned).toEqual(["beta", "alpha", "beta"]);
});

test("a kind of schema that the package does not know is an error that names it", async () => {
  const { spec, output } = await changedSpec((document) => {
    document.setIn(["components", "schemas", "User", "properties", "pair"], {
      type: "array",
      prefixItems: [{ type: "string" }],
      minItems: 1,
      maxItems: 1,
    });
  });
  await mkdir(output, { recursive: true });
  await writeFile(join(output, "kept.gen.ts"), "");
  const { exitCode, output: said } = await runGenerate("--spec", spec, "--output", output);
  expect(exitCode).toBe(1);
  expect(said).toContain('UserPair: a schema of type "tuple" cannot be expressed as a model');
  expect(await readdir(output)).toEqual(["kept.gen.ts"]);
});

test("an enum of numbers is an error that names it", async () => {
  const { spec, output } = await changedSpec((document) => {
    document.setIn(["components", "schemas", "UserUpdate", "properties", "level"], { enum: [1, 2] });
  });
  await expect(generate(spec, output)).rejects.toThrow(
    "UserUpdateLevel: an enum of other values than strings cannot be expressed as a model",
  );
});

test("what is checked in is what the spec gives", async () => {
  expect(await runGenerate("--check")).toEqual({ exitCode: 0, output: "" });
});

test.each([
  {
    what: "an edited file",
    change: (folder: string) => appendFile(join(folder, "types.gen.ts"), "// by hand\n"),
    line: "differs: types.gen.ts",
  },
  {
    what: "a stray file",
    change: (folder: string) => writeFile(join(folder, "core", "notes.md"), "by hand\n"),
    line: `stray: ${join("core", "notes.md")}`,
  },
  {
    what: "a missing file",
    change: (folder: string) => rm(join(folder, "sdk.gen.ts")),
    line: "missing: sdk.gen.ts",
  },
])("the check fails on $what, names it and says what to run", async ({ change, line }) => {
  const folder = await tempFolder();
  await cp(fromRoot("generated"), folder, { recursive: true });
  await change(folder);
  const { exitCode, output } = await runGenerate("--check", "--output", folder);
  expect(exitCode).toBe(1);
  expect(output.trim().split("\n")).toEqual([
    "generated/ is not what the spec gives:",
    `  ${line}`,
    "To fix it: npm run generate",
  ]);
});

test("the check fails where the spec has changed and nothing was generated from it", async () => {
  const { spec } = await changedSpec((document) => {
    document.setIn(["components", "schemas", "UserUpdate", "properties", "locale"], { type: "string" });
  });
  const { exitCode, output } = await runGenerate("--check", "--spec", spec);
  expect(exitCode).toBe(1);
  expect(output).toContain("differs: types.gen.ts");
  expect(output).toContain("npm run generate");
});

test.each([
  {
    what: "no x-release-stage",
    change: (spec: Document) => spec.deleteIn(["paths", "/v2/users", "get", "x-release-stage"]),
    message: "get /v2/users: x-release-stage must be one of alpha, beta, stable, received undefined",
  },
  {
    what: "an unknown x-release-stage",
    change: (spec: Document) => spec.setIn(["paths", "/v2/users", "get", "x-release-stage"], "gamma"),
    message: "get /v2/users: x-release-stage must be one of alpha, beta, stable, received gamma",
  },
  {
    what: "no operationId",
    change: (spec: Document) => spec.deleteIn(["paths", "/v2/users/{user_id}", "patch", "operationId"]),
    message: "patch /v2/users/{user_id}: operationId is missing",
  },
  {
    what: "a method that the package cannot send",
    change: (spec: Document) =>
      spec.setIn(["paths", "/v2/users", "head"], {
        operationId: "users_count",
        "x-release-stage": "alpha",
        responses: {},
      }),
    message: "users_count (HEAD /v2/users): the package cannot send this method",
  },
  {
    what: "a body that is no JSON",
    change: (spec: Document) => {
      const content = ["paths", "/v2/users", "post", "requestBody", "content"];
      spec.setIn([...content, "multipart/form-data"], spec.getIn([...content, "application/json"]));
      spec.deleteIn([...content, "application/json"]);
    },
    message:
      "users_create (POST /v2/users): the package cannot send a body of multipart/form-data, but of application/json only",
  },
  {
    what: "an array in the query with another style",
    change: (spec: Document) => spec.setIn([...LIST_STATUS, "style"], "pipeDelimited"),
    message:
      "users_list (GET /v2/users): the package cannot send the parameter status with style: pipeDelimited",
  },
  {
    what: "an array in the query that is not exploded",
    change: (spec: Document) => spec.setIn([...LIST_STATUS, "explode"], false),
    message: "users_list (GET /v2/users): the package cannot send the parameter status with explode: false",
  },
  {
    what: "an array of a shared parameter and schema that is not exploded",
    change: (spec: Document) => {
      spec.setIn(["components", "schemas", "Names"], { type: ["array", "null"], items: { type: "string" } });
      spec.setIn(["components", "parameters", "Limit", "schema"], { $ref: "#/components/schemas/Names" });
      spec.setIn(["components", "parameters", "Limit", "explode"], false);
    },
    message: "(GET /v2/users): the package cannot send the parameter limit with explode: false",
  },
  {
    what: "an object in the query",
    change: (spec: Document) => spec.setIn([...LIST_STATUS, "schema"], { type: "object" }),
    message: "users_list (GET /v2/users): the package cannot send the parameter status with type: object",
  },
  {
    what: "a cookie",
    change: (spec: Document) =>
      spec.addIn(["paths", "/v2/users", "get", "parameters"], {
        name: "session",
        in: "cookie",
        schema: { type: "string" },
      }),
    message: "users_list (GET /v2/users): the package cannot send the parameter session with in: cookie",
  },
])(
  "an operation with $what is an error that names it, and leaves the output as it was",
  async ({ change, message }) => {
    const { spec, output } = await changedSpec(change);
    await mkdir(output, { recursive: true });
    await writeFile(join(output, "kept.gen.ts"), "");
    await expect(generate(spec, output)).rejects.toThrow(message);
    expect(await readdir(output)).toEqual(["kept.gen.ts"]);
  },
);
