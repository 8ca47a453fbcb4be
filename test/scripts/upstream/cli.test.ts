/** `npm run upstream` and `npm run spec`, in a copy of the repository. */
import { execFile, execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { startServer } from "../../helpers/server.ts";
import { amongStrangers, type Edit, edited, shuffled, toVersion30, upstream } from "./vendor.ts";

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

let copy: string;
let vendorFile: string;

interface Result {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const git = (...args: readonly string[]): string =>
  execFileSync("git", args, { cwd: copy, encoding: "utf8" });

/** Runs a script of the copy. */
const run = (script: string, ...args: readonly string[]): Promise<Result> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(copy, script), ...args],
      { cwd: copy },
      (_, stdout, stderr) => resolve({ exitCode: child.exitCode, stdout, stderr }),
    );
  });

const takeUpstream = (...args: readonly string[]) => run("scripts/upstream/main.ts", ...args);
const read = (path: string): Promise<string> => readFile(join(copy, path), "utf8");
const status = (): string[] => git("status", "--porcelain").split("\n").filter(Boolean);

/** The vendor's document with these changes, as it is published. */
async function publish(...edits: readonly Edit[]): Promise<string> {
  const document = toVersion30(shuffled(amongStrangers(parse(edited(...edits)), 100), 7));
  await writeFile(vendorFile, stringify(document, { aliasDuplicateObjects: false }));
  return vendorFile;
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-upstream-"));
  copy = join(folder, "repository");
  vendorFile = join(folder, "vendor.yaml");
  for (const path of ["generated", "openapi", "package.json", "scripts", "src", "tsconfig.json"]) {
    await cp(fromRoot(path), join(copy, path), { recursive: true });
  }
  await symlink(fromRoot("node_modules"), join(copy, "node_modules"));
  await writeFile(join(copy, ".gitignore"), "node_modules\n");
  git("init", "--quiet", "--initial-branch=main");
  git("add", "--all");
  git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message=x");
  return () => rm(folder, { recursive: true });
});

beforeEach(() => {
  git("reset", "--quiet", "--hard");
  git("clean", "--quiet", "--force", "-d");
});

test("the document as it was taken last leaves a clean tree", async () => {
  const result = await takeUpstream(await publish());
  expect(result).toEqual({ exitCode: 0, stdout: "openapi/ is up to date.\n", stderr: "" });
  expect(status()).toEqual([]);
});

test("over HTTP it is the same", async () => {
  const text = await readFile(await publish(), "utf8");
  const { baseUrl } = await startServer((_, response) => void response.end(text));
  expect(await takeUpstream(`${baseUrl}/v2/spec.yaml`)).toMatchObject({ exitCode: 0, stderr: "" });
  expect(status()).toEqual([]);
});

test("a new field and a new enum value reach the spec, the generated code and the text for users", async () => {
  const schemas = ["components", "schemas"];
  const file = await publish(
    (document) => document.setIn([...schemas, "User", "properties", "last_seen_at"], { type: "string" }),
    (document) => document.addIn([...schemas, "UserStatus", "enum"], "ON_LEAVE"),
    (document) => document.setIn(["paths", "/v2/users", "put"], { responses: { 204: { description: "x" } } }),
  );
  const { exitCode, stdout, stderr } = await takeUpstream(file);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(stdout).toContain('Not taken: PUT /v2/users. To take it: --take "PUT /v2/users"\n');
  expect(stdout).toContain("on_leave");
  expect(stdout).not.toContain("ON_LEAVE");
  expect(stdout).toContain("last_seen_at");
  expect(parse(await read("openapi/upstream.yaml")).components.schemas.UserStatus.enum).toContain("ON_LEAVE");
  const { User, UserStatus } = parse(await read("openapi/arize-users.yaml")).components.schemas;
  expect(UserStatus.enum).toEqual(["active", "invited", "expired", "on_leave"]);
  expect(User.properties.last_seen_at).toEqual({ type: "string" });
  const types = await read("generated/types.gen.ts");
  expect(types).toContain("'on_leave'");
  expect(types).toContain("last_seen_at?: string;");
  expect(await run("scripts/upstream/spec.ts", "--check")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
});

test.each([
  ["a web page", "<html><body>Sign in</body></html>", "is a web page"],
  ["another API", "openapi: 3.0.3\npaths: {}\n", "lacks GET /v2/users"],
  ["no OpenAPI", "title: Not found\n", "must say openapi: 3.0.x or 3.1.x"],
])("%s is an error, and changes nothing", async (_, text, message) => {
  await writeFile(vendorFile, text);
  const { exitCode, stderr } = await takeUpstream(vendorFile);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(status()).toEqual([]);
});

test("a document of which nothing can be generated changes nothing", async () => {
  const file = await publish((document) =>
    document.setIn(["paths", "/v2/users", "put"], {
      operationId: "replace",
      responses: { 204: { description: "x" } },
    }),
  );
  const { exitCode, stderr } = await takeUpstream("--take", "PUT /v2/users", file);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("x-release-stage");
  expect(stderr).toContain("all files are as they were");
  expect(status()).toEqual([]);
});

test.each([
  [404, "responded with 404."],
  [503, "responded with 503."],
])("a server that responds with %i is an error", async (code, message) => {
  const { baseUrl } = await startServer((_, response) => void response.writeHead(code).end(upstream));
  const { exitCode, stderr } = await takeUpstream(`${baseUrl}/v2/spec.yaml`);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
  expect(status()).toEqual([]);
});

test("a document without end is an error", async () => {
  const { baseUrl } = await startServer((_, response) => {
    response.on("error", () => {});
    const more = () => {
      while (response.write("#".repeat(1_000_000)));
    };
    response.on("drain", more);
    more();
  });
  const { exitCode, stderr } = await takeUpstream(`${baseUrl}/v2/spec.yaml`);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringContaining("has more than 20000000 bytes."),
  });
});

test("a document that anybody may change on its way is refused, redirected there or not", async () => {
  const { baseUrl, seen } = await startServer(
    (_, response) => void response.writeHead(302, { location: "http://arize.invalid/v2/spec.yaml" }).end(),
  );
  for (const address of ["http://arize.invalid/v2/spec.yaml", `${baseUrl}/v2/spec.yaml`]) {
    const { exitCode, stderr } = await takeUpstream(address);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("must come over https:");
  }
  expect(seen).toHaveLength(1);
});

test.each([[[]], [["a.yaml", "b.yaml"]]])("with the arguments %j it says what it takes", async (args) => {
  const { exitCode, stderr } = await takeUpstream(...args);
  expect(exitCode).toBe(1);
  expect(stderr).toContain("Give one file or https: address");
});

test("npm run spec:check fails where one of the three was edited alone, and npm run spec fixes it", async () => {
  const spec = await read("openapi/arize-users.yaml");
  for (const [name, from, to] of [
    ["arize-users.yaml", "List users", "All users"],
    ["upstream.yaml", "List users", "All users"],
    ["overlay.yaml", "x-release-stage: alpha", "x-release-stage: beta"],
  ] as const) {
    const path = `openapi/${name}`;
    await writeFile(join(copy, path), (await read(path)).replace(from, to));
    const { exitCode, stderr } = await run("scripts/upstream/spec.ts", "--check");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining("npm run spec\n") });
    expect(await run("scripts/upstream/spec.ts")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(await run("scripts/upstream/spec.ts", "--check")).toMatchObject({ exitCode: 0 });
    if (name === "arize-users.yaml") expect(await read("openapi/arize-users.yaml")).toBe(spec);
    git("reset", "--quiet", "--hard");
  }
});
