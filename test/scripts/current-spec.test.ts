/** The spec of the current dialect against that of the alpha dialect, from which it is derived. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { type Document, parse, parseDocument } from "yaml";
import { alphaSpecFile, toCurrentSpec } from "../../scripts/current-spec.ts";
import { SPELLINGS } from "../helpers/spellings.ts";

const alpha = await readFile(alphaSpecFile, "utf8");
const current = toCurrentSpec(alpha);

const ref = (name: string) => `#/components/schemas/${name}`;

/** Every place of a document that holds no object or list, by its path. */
function leaves(part: unknown, path = ""): [string, unknown][] {
  if (typeof part !== "object" || part === null) return [[path.slice(1), part]];
  return Object.entries(part).flatMap(([key, value]) => leaves(value, `${path} ${key}`));
}

const schemasOf = (spec: string): [string, unknown][] =>
  leaves(parse(spec)).filter(([path]) => path.startsWith("components schemas"));

/** What the schemas of a spec say, by the ends of their paths. */
const named = (spec: string, end: RegExp) => schemasOf(spec).filter(([path]) => end.test(path));

const inOrder = (texts: readonly string[]): string[] => [...texts].sort();

test.each([
  ["enum", / enum \d+$/],
  ["const", / const$/],
])("every %s of the alpha spec has its counterpart", (_, end) => {
  const before = named(alpha, end);
  expect(before.length).toBeGreaterThan(3);
  expect(named(current, end)).toEqual(before.map(([path, value]) => [path, SPELLINGS[String(value)]]));
});

test("every discriminator tells the schemas apart by the new values", () => {
  const { schemas } = parse(current).components;
  const [user, userRequest, organization, organizationRequest] = [
    schemas.UserRoleAssignment,
    schemas.UserRoleAssignmentRequest,
    schemas.OrganizationRoleAssignment,
    schemas.OrganizationRoleAssignmentRequest,
  ].map(({ discriminator }) => discriminator.mapping);
  const ofUser = { PREDEFINED: ref("PredefinedUserRoleAssignment") };
  const ofOrganization = { PREDEFINED: ref("PredefinedOrganizationRoleAssignment") };
  const custom = { CUSTOM: ref("CustomRoleAssignment") };
  const customRequest = { CUSTOM: ref("CustomRoleAssignmentRequest") };
  expect(user).toEqual({ ...ofUser, ...custom });
  expect(userRequest).toEqual({ ...ofUser, ...customRequest });
  expect(organization).toEqual({ ...ofOrganization, ...custom });
  expect(organizationRequest).toEqual({ ...ofOrganization, ...customRequest });
});

/** What is said in the alpha spec, as the current dialect says it: enum values stand alone or between backticks. */
const respelled = (said: unknown): unknown =>
  SPELLINGS[String(said)] ??
  String(said).replace(/(?<=`(?:invite_mode: )?)[\w-]+(?=`)/g, (code) => SPELLINGS[code] ?? code);

test("nothing is different but enum values, what is said of them, and what is listed", () => {
  const before = new Map(leaves(parse(alpha)));
  const after = new Map(leaves(parse(current)));
  const others = [...new Set([...before.keys(), ...after.keys()])].filter((path) => {
    const isSame = before.get(path) === after.get(path);
    return !isSame && after.get(path) !== respelled(before.get(path)) && !path.includes(" mapping ");
  });
  const description = "components schemas OrganizationUpdate properties description";
  expect(inOrder(others)).toEqual([
    `${description} description`,
    `${description} type`,
    `${description} type 0`,
    `${description} type 1`,
    "info description",
    "info version",
    "paths /v2/organizations/{org_id} get responses 403 $ref",
    "paths /v2/users/{user_id} get responses 403 $ref",
    "paths /v2/users/{user_id}/resend-invitation post responses 202 description",
  ]);
});

test("null clears a description, and a custom role is asked for by its ID alone", () => {
  const { OrganizationUpdate, CustomRoleAssignmentRequest } = parse(current).components.schemas;
  expect(OrganizationUpdate.properties.description.type).toEqual(["string", "null"]);
  expect(Object.keys(CustomRoleAssignmentRequest.properties)).toEqual(["type", "id"]);
  expect(CustomRoleAssignmentRequest.additionalProperties).toBe(false);
});

/** What becomes of a changed alpha spec. */
function currentOf(change: (spec: Document) => void) {
  const document = parseDocument(alpha);
  change(document);
  return parse(toCurrentSpec(document.toString()));
}

test("free text of an example that looks like an enum value stays as it is", () => {
  const content = ["components", "responses", "User", "content", "application/json", "example"];
  const user = { name: "active", status: "active", role: { type: "custom", id: "custom", name: "member" } };
  const spec = currentOf((document) => document.setIn(content, document.createNode(user)));
  expect(spec.components.responses.User.content["application/json"].example).toEqual({
    name: "active",
    status: "ACTIVE",
    role: { type: "CUSTOM", id: "custom", name: "member" },
  });
});

test("a new enum value and a default come along", () => {
  const spec = currentOf((document) => {
    document.addIn(["components", "schemas", "OrganizationRole", "enum"], "space-admin");
    document.setIn(["components", "schemas", "OrganizationRole", "default"], "read-only");
  });
  const { OrganizationRole } = spec.components.schemas;
  expect(OrganizationRole.enum).toEqual(["ADMIN", "MEMBER", "READ_ONLY", "ANNOTATOR", "SPACE_ADMIN"]);
  expect(OrganizationRole.default).toBe("READ_ONLY");
});

test("a difference that the alpha spec has no place for is an error that names it", () => {
  const path = ["paths", "/v2/users/{user_id}", "get", "responses", "403"];
  expect(() => currentOf((document) => document.deleteIn(path))).toThrow(
    `The alpha spec has no ${path.join(" ")}.`,
  );
});

const run = promisify(execFile);
const script = fileURLToPath(new URL("../../scripts/current-spec.ts", import.meta.url));

test("the script prints or writes a spec in which the linter finds nothing", async () => {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-test-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "current.yaml");
  const [{ stdout }] = await Promise.all([
    run(process.execPath, [script]),
    run(process.execPath, [script, "--output", file]),
  ]);
  expect(stdout).toBe(current);
  expect(await readFile(file, "utf8")).toBe(current);
  const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
  const config = fileURLToPath(new URL("../../openapi/redocly.yaml", import.meta.url));
  const lint = await run(process.execPath, [
    join(manifest, "../bin/cli.js"),
    ...["lint", "--format=json", `--config=${config}`, file],
  ]);
  expect(JSON.parse(lint.stdout)).toMatchObject({ totals: { errors: 0, warnings: 0 }, problems: [] });
});
