/** What is taken of the vendor's document. */
import { expect, test } from "vitest";
import { parse, parseDocument, stringify } from "yaml";
import { take } from "../../../scripts/upstream/take.ts";
import { amongStrangers, type Edit, edited, shuffled, toVersion30, upstream, type Whole } from "./vendor.ts";

const takeFrom = (text: string, ...added: string[]) => take({ text, source: "vendor.yaml" }, upstream, added);
const asYaml = (whole: Whole): string => stringify(whole, { aliasDuplicateObjects: false });
const asJson = (whole: Whole): string => JSON.stringify(whole, null, 2);
const whole = (...edits: Edit[]): Whole => amongStrangers(parse(edited(...edits)), 300);

const SUSPEND = "/v2/users/{user_id}/suspend";
const addSuspend: Edit = (document) =>
  document.setIn(["paths", SUSPEND], {
    parameters: [{ $ref: "#/components/parameters/UserId" }],
    post: { operationId: "suspend_user", responses: { 200: { $ref: "#/components/responses/Suspended" } } },
    summary: "Suspending",
  });
const addSuspended: Edit = (document) =>
  document.setIn(["components", "responses", "Suspended"], { description: "The user is suspended." });

test.each([
  ["3.1.1 in YAML", asYaml],
  ["3.1.1 in JSON", asJson],
  ["3.0.3 in YAML", (document: Whole) => asYaml(toVersion30(document))],
  ["3.0.3 in JSON", (document: Whole) => asJson(toVersion30(document))],
])("among 300 strangers and in any order, OpenAPI %s, it is the same to the byte", (_, write) => {
  for (const seed of [1, 2, 3]) {
    const text = write(shuffled(whole(), seed));
    expect(text.length).toBeGreaterThan(100_000);
    expect(takeFrom(text)).toEqual({ text: upstream, left: [] });
  }
});

test("a correction of OpenAPI 3.1 changes nothing", () => {
  expect(takeFrom(asYaml({ ...whole(), openapi: "3.1.0" })).text).toBe(upstream);
});

test("a new operation under our paths is reported, and neither it nor what it references is taken", () => {
  const added = whole(addSuspend, addSuspended, (document) =>
    document.setIn(["paths", "/v2/users", "delete"], {
      responses: { 204: { description: "All are gone." } },
    }),
  );
  expect(takeFrom(asYaml(added))).toEqual({
    text: upstream,
    left: ["DELETE /v2/users", `POST ${SUSPEND}`],
  });
});

test("an operation that is asked for is taken with what it references", () => {
  const { text, left } = takeFrom(asYaml(whole(addSuspend, addSuspended)), `POST ${SUSPEND}`);
  expect(left).toEqual([]);
  const document = parseDocument(upstream);
  addSuspend(document);
  addSuspended(document);
  expect(parse(text)).toEqual(parse(document.toString()));
  // From then on it is one of ours.
  expect(() => take({ text: upstream, source: "vendor.yaml" }, text, [])).toThrow(`lacks POST ${SUSPEND}`);
});

test("what a schema references over several steps comes along, in a ring and by a discriminator too", () => {
  const schemas = ["components", "schemas"];
  const text = asYaml(
    whole((document) => {
      document.setIn([...schemas, "User", "properties", "team"], { $ref: "#/components/schemas/Team" });
      document.setIn([...schemas, "Team"], {
        type: "object",
        properties: {
          lead: { $ref: "#/components/schemas/User" },
          parent: { $ref: "#/components/schemas/Team" },
        },
        additionalProperties: {},
        discriminator: {
          propertyName: "kind",
          mapping: { BIG: "BigTeam", SMALL: "#/components/schemas/SmallTeam" },
        },
      });
      document.setIn([...schemas, "BigTeam"], {});
      document.setIn([...schemas, "SmallTeam"], { type: "object" });
      document.setIn([...schemas, "HugeTeam"], { type: "object" });
    }),
  );
  const before = Object.keys(parse(upstream).components.schemas);
  const { components } = parse(takeFrom(text).text);
  expect(Object.keys(components.schemas)).toEqual([...before, "BigTeam", "SmallTeam", "Team"]);
  expect(components.schemas.Team.additionalProperties).toEqual({});
  expect(Object.keys(components.securitySchemes)).toEqual(["bearerAuth"]);
});

test("what 3.0 says otherwise is said as in 3.1", () => {
  const text = asYaml({
    ...whole((document) => {
      const organization = ["components", "schemas", "Organization", "properties"];
      document.setIn([...organization, "description", "nullable"], true);
      document.setIn([...organization, "owner"], {
        nullable: true,
        allOf: [{ $ref: "#/components/schemas/User" }],
      });
      document.setIn([...organization, "size"], { type: "integer", minimum: 0, exclusiveMinimum: true });
    }),
    openapi: "3.0.3",
  });
  expect(parse(takeFrom(text).text).components.schemas.Organization.properties).toMatchObject({
    description: { type: ["null", "string"] },
    owner: { anyOf: [{ $ref: "#/components/schemas/User" }, { type: "null" }] },
    size: { type: "integer", exclusiveMinimum: 0 },
  });
});

test("what is new comes last, whatever its place in the document", () => {
  const schemas = ["components", "schemas"];
  const edits: Edit[] = [
    (document) => document.addIn([...schemas, "UserStatus", "enum"], "AWAY"),
    (document) => document.addIn([...schemas, "User", "required"], "about"),
    (document) => document.setIn([...schemas, "User", "properties", "about"], { type: "string" }),
  ];
  const first = takeFrom(asYaml(shuffled(whole(...edits), 4))).text;
  expect(takeFrom(asYaml(shuffled(whole(...edits), 5))).text).toBe(first);
  const { User, UserStatus } = parse(first).components.schemas;
  expect(UserStatus.enum).toEqual(["ACTIVE", "INVITED", "EXPIRED", "AWAY"]);
  expect(Object.keys(User.properties).at(-1)).toBe("about");
  expect(User.required.at(-1)).toBe("about");
});

test("the order of lists in examples is the document's", () => {
  const at = ["paths", "/v2/users", "get", "parameters", "3", "examples", "default", "value"];
  const text = asYaml(whole((document) => document.setIn(at, ["INVITED", "ACTIVE"])));
  expect(parseDocument(takeFrom(text).text).getIn(at)).toMatchObject({
    items: [{ value: "INVITED" }, { value: "ACTIVE" }],
  });
});

const without = (...path: string[]): string => edited((document) => document.deleteIn(path));

test.each([
  [
    "a web page",
    "\n<!DOCTYPE html><html><body>Sign in</body></html>",
    'web page (it starts with "<!DOCTYPE html>")',
  ],
  ["an error in XML", "<?xml version='1.0'?><Error/>", "web page"],
  ["nothing", "", "must say openapi: 3.0.x or 3.1.x, received undefined"],
  ["a sentence", "Service unavailable", "must say openapi: 3.0.x or 3.1.x, received undefined"],
  ["a list", "[]", "must say openapi: 3.0.x or 3.1.x, received undefined"],
  ["a problem document", '{"title":"Not found","status":404}', "must say openapi"],
  ["half a JSON document", '{"openapi":"3.0.3","paths":{', "vendor.yaml is neither YAML nor JSON"],
  ["half a YAML document", 'openapi: "3.0.3', "vendor.yaml is neither YAML nor JSON"],
  ["Swagger 2.0", 'swagger: "2.0"\npaths: {}', "received undefined"],
  ["OpenAPI 4", "openapi: 4.0.0\npaths: {}", 'received "4.0.0"'],
  ["no paths", "openapi: 3.0.3\ninfo: {}", "must have an object for paths"],
  ["paths that are a list", "openapi: 3.0.3\npaths: [a]", "must have an object for paths"],
  ["components that are a list", "openapi: 3.0.3\npaths: {}\ncomponents: []", "for components"],
  [
    "another API",
    "openapi: 3.0.3\npaths: {}",
    "lacks GET /v2/users, POST /v2/users, GET /v2/users/{user_id},",
  ],
  [
    "ours but for a path",
    without("paths", "/v2/organizations"),
    "lacks GET /v2/organizations, POST /v2/organizations.",
  ],
  ["ours but for a method", without("paths", "/v2/users", "post"), "lacks POST /v2/users."],
  ["ours but for a schema", without("components", "schemas", "UserStatus"), "has none"],
  [
    "a reference to another file",
    upstream.replace("#/components/schemas/UserStatus", "u.yaml#/S"),
    "u.yaml#/S",
  ],
])("%s is an error that says so", (_, text, message) => {
  expect(() => takeFrom(text)).toThrow(message);
});
