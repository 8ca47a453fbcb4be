/** What becomes of the vendor's words in `arize-users.yaml`. */
import { expect, test } from "vitest";
import { type Document, parse, parseDocument } from "yaml";
import { buildSpec } from "../../../scripts/upstream/build-spec.ts";
import { SPELLINGS } from "../../helpers/spellings.ts";
import { type Edit, edited, overlay, readOpenapi, upstream } from "./vendor.ts";

const specOf = async (...edits: Edit[]) => parse(await buildSpec(edited(...edits), overlay));

function changedOverlay(edit: (overlay: Document) => void): string {
  const document = parseDocument(overlay);
  edit(document);
  return document.toString();
}

const SCHEMAS = ["components", "schemas"];

test("arize-users.yaml is what upstream.yaml and overlay.yaml give", async () => {
  expect(await buildSpec(upstream, overlay)).toBe(await readOpenapi("arize-users.yaml"));
});

test("every enum value is spelled as ours", async () => {
  const valuesIn = (text: unknown): string[] =>
    [...JSON.stringify(text).matchAll(/"(?:enum":\[([^\]]*)|const":"([^"]*))/g)].flatMap(([, many, one]) =>
      many === undefined ? [one ?? ""] : JSON.parse(`[${many}]`),
    );
  const vendors = new Set(valuesIn(parse(upstream).components));
  const ours = new Set(valuesIn((await specOf()).components));
  expect(vendors).toEqual(new Set(Object.values(SPELLINGS).filter((value) => value !== "INACTIVE")));
  expect(ours).toEqual(new Set(Object.keys(SPELLINGS).filter((value) => value !== "inactive")));
});

test("a new field and a new enum value arrive in our spelling, in schemas, examples, defaults and prose", async () => {
  const { components, paths } = await specOf(
    (document) => document.addIn([...SCHEMAS, "OrganizationRole", "enum"], "SPACE_ADMIN"),
    (document) => document.setIn([...SCHEMAS, "OrganizationRole", "default"], "READ_ONLY"),
    (document) =>
      document.setIn([...SCHEMAS, "User", "properties", "sign_in"], {
        type: "string",
        description: "READ_ONLY or `BY_MAIL`, with USER_READ",
        enum: ["SAML", "BY_MAIL"],
      }),
    (document) =>
      document.setIn(["components", "responses", "User", "content", "application/json", "examples"], {
        default: { value: { name: "Jane", status: "INVITED", sign_in: "BY_MAIL", id: "USER_READ" } },
      }),
  );
  expect(components.schemas.OrganizationRole).toEqual({
    type: "string",
    description: "A role that every organization has.",
    enum: ["admin", "member", "read-only", "annotator", "space_admin"],
    default: "read-only",
  });
  expect(components.schemas.User.properties.sign_in).toEqual({
    type: "string",
    description: "read-only or `by_mail`, with USER_READ",
    enum: ["saml", "by_mail"],
  });
  expect(components.responses.User.content["application/json"].examples.default.value).toEqual({
    name: "Jane",
    status: "invited",
    sign_in: "by_mail",
    id: "USER_READ",
  });
  expect(paths["/v2/users"].get.description).toContain("USER_READ");
});

test("an enum value that is not in upper case stays as it is", async () => {
  const size = { type: "string", enum: ["Small", "x-large", "MixedCase"] };
  const spec = await specOf((document) => document.setIn([...SCHEMAS, "User", "properties", "size"], size));
  expect(spec.components.schemas.User.properties.size).toEqual(size);
});

test("variants are told apart by constants in our spelling", async () => {
  const { UserRoleAssignmentRequest, PredefinedUserRoleAssignment } = (await specOf()).components.schemas;
  expect(UserRoleAssignmentRequest.discriminator.mapping).toEqual({
    predefined: "#/components/schemas/PredefinedUserRoleAssignment",
    custom: "#/components/schemas/CustomRoleAssignmentRequest",
  });
  expect(PredefinedUserRoleAssignment.properties.type.const).toBe("predefined");
});

test("schemas that are one of ours stay one while they differ in descriptions only", async () => {
  const name = "OrganizationCustomRoleAssignmentRequest";
  const described = await specOf((document) =>
    document.setIn([...SCHEMAS, name, "description"], "Another one."),
  );
  expect(Object.keys(described.components.schemas)).not.toContain(name);
  const limited = await specOf((document) =>
    document.setIn([...SCHEMAS, name, "properties", "id", "maxLength"], 9),
  );
  expect(limited.components.schemas[name].properties.id.maxLength).toBe(9);
  expect(limited.components.schemas.CustomRoleAssignmentRequest.properties.id).not.toHaveProperty(
    "maxLength",
  );
  expect(limited.components.schemas.OrganizationRoleAssignmentRequest.oneOf[1].$ref).toMatch(name);
});

test("every operation of the vendor's has an ID and a stage of ours", async () => {
  const { paths } = await specOf();
  const operations = Object.values<Record<string, Record<string, string>>>(paths).flatMap((item) =>
    Object.values(item).filter((part) => "responses" in part),
  );
  expect(operations).toHaveLength(14);
  for (const { operationId, ...operation } of operations) {
    expect(operationId).toMatch(/^(users|organizations)_/);
    expect(operation["x-release-stage"]).toMatch(/^(alpha|beta)$/);
  }
});

test.each<[string, Edit, string]>([
  [
    "an action that matches nothing",
    (document) => document.setIn(["actions", 0, "target"], "$.info.termsOfService"),
    "the action on $.info.termsOfService (Title and text of this package's own; the version is that of the alpha API.) matches nothing",
  ],
  [
    "an action without a reason",
    (document) => document.deleteIn(["actions", 0, "description"]),
    "the action on $ needs a description: its reason.",
  ],
  [
    "a name for a schema that is gone",
    (document) => document.setIn(["x-schema-names", 0, "from", 0], "CreatedUser"),
    "overlay.yaml names a schema CreatedUser, which upstream.yaml does not have.",
  ],
  [
    "a name that another schema has",
    (document) => document.setIn(["x-schema-names", 0, "to"], "User"),
    "upstream.yaml has a schema User of its own.",
  ],
])("%s is an error", async (_, edit, message) => {
  await expect(buildSpec(upstream, changedOverlay(edit))).rejects.toThrow(message);
});

test("a place of ours that the vendor has no more is an error that names the action", async () => {
  const gone = (document: Document) =>
    document.deleteIn([...SCHEMAS, "UpdateOrganizationRequest", "properties", "description"]);
  await expect(buildSpec(edited(gone), overlay)).rejects.toThrow(
    "UpdateOrganizationRequest.properties.description",
  );
});
