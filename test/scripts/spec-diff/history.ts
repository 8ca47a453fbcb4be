/**
 * The history of the API as a series of specs: what each date changed, made of the spec that is checked in. That one
 * serves more than one moment of it, so the first spec takes back what was not there yet.
 */
import type { Json } from "../../../scripts/spec-diff/document.ts";
import { type Edit, remove, rename, respell, schemaAt, set, setStages, specWith, today } from "./edits.ts";

const userAt = (...path: readonly string[]) => ["paths", "/v2/users/{user_id}", ...path];
const organizationAt = (...path: readonly string[]) => ["paths", "/v2/organizations/{org_id}", ...path];

const RESEND = ["paths", "/v2/users/{user_id}/resend-invitation", "post", "responses"];
const MEMBERS = ["/v2/organizations/{org_id}/users", "/v2/organizations/{org_id}/users/{user_id}"];
const ADD_MEMBER = ["paths", "/v2/organizations/{org_id}/users", "post"];

/** What answers 422 since 05-27; adding a member was not there before 05-12. */
const CHECKED = [
  ["paths", "/v2/users", "post"],
  userAt("patch"),
  ["paths", "/v2/organizations", "post"],
  organizationAt("patch"),
];

const PASSWORD = schemaAt("UserCreatedResponse", "properties", "temporary_password");
const USER_UPDATE = userAt("patch", "description");
const DESCRIPTION = schemaAt("UpdateOrganizationRequest", "properties", "description");

const KINDS = ["User", "Organization"] as const;
const REQUEST_SCHEMAS = [
  "CustomRoleAssignmentRequest",
  ...KINDS.map((kind) => `${kind}RoleAssignmentRequest`),
];

const takeRolesAs = (schema: string, kind: string, suffix: string): Edit =>
  set(schemaAt(schema, "properties", "role", "$ref"), `#/components/schemas/${kind}RoleAssignment${suffix}`);

/** The types of problems are links to what explains them. */
const FIRST_PROBLEMS = "https://example.com/probs/";
const PROBLEMS = "https://arize.com/docs/ax/rest-reference/errors#";

const FIRST_INVITE_MODE = "makes a password that is delivered out-of-band";
const INVITE_MODE = "gives a one-time password, for you to pass on";
const FIRST_DEVELOPER = "can create GraphQL API keys";
const ADMINS_ONLY = ", and for `is_developer` account admin";

const reword = (from: string, to: string): Edit => respell((text) => text.replace(from, to));

/** Respells a tag of the roles everywhere, the mappings of the discriminators included. */
const setTag =
  (from: string, to: string): Edit =>
  (spec) => {
    respell((text, isKey) => (text === from && !isKey ? to : text))(spec);
    for (const name of KINDS.flatMap((kind) => [`${kind}RoleAssignment`, `${kind}RoleAssignmentRequest`])) {
      const mapping = schemaAt(name, "discriminator", "mapping");
      if (!spec.hasIn([...mapping, from])) continue;
      set([...mapping, to], spec.getIn([...mapping, from]))(spec);
      remove([...mapping, from])(spec);
    }
  };

const WORDS =
  "active invited expired predefined custom admin member annotator read-only none email_link temporary_password";
const VALUES = new Set(WORDS.split(" "));

const inUpperCase = (word: string): string =>
  VALUES.has(word) ? word.toUpperCase().replaceAll("-", "_") : word;

/** Enum values stand alone, or between backticks in prose. */
const spellInUpperCase: readonly Edit[] = [
  setTag("predefined", "PREDEFINED"),
  setTag("custom", "CUSTOM"),
  respell((text, isKey) =>
    isKey ? text : inUpperCase(text).replace(/`[^`]+`/g, (code) => code.replace(/[\w-]+/g, inUpperCase)),
  ),
];

const VERB_FIRST = {
  users_list: "list_users",
  users_create: "create_user",
  users_get: "get_user",
  users_update: "update_user",
  users_delete: "delete_user",
  users_resend_invitation: "resend_user_invitation",
  users_password_reset: "reset_user_password",
  organizations_list: "list_organizations",
  organizations_create: "create_organization",
  organizations_get: "get_organization",
  organizations_update: "update_organization",
  organizations_delete: "delete_organization",
  organizations_add_user: "add_organization_user",
  organizations_remove_user: "remove_organization_user",
  UserCreatedResponse: "CreateUserResponse",
  UserUpdate: "UpdateUserRequest",
  UserListResponse: "ListUsersResponse",
  OrganizationCreate: "CreateOrganizationRequest",
  OrganizationUpdate: "UpdateOrganizationRequest",
  OrganizationListResponse: "ListOrganizationsResponse",
  OrganizationMembershipInput: "AddOrganizationUserRequest",
};

const unprocessable = { $ref: "#/components/responses/UnprocessableEntity" };

const addCheck = (operation: readonly string[]): Edit =>
  set([...operation, "responses", "422"], unprocessable);
const removeCheck = (operation: readonly string[]): Edit => remove([...operation, "responses", "422"]);

/** Makes the first spec that is known, of 2026-05-08, of the one that is checked in. */
const TAKE_BACK: readonly Edit[] = [
  remove([...RESEND, "204"]),
  setTag("predefined", "builtin"),
  remove(PASSWORD),
  reword(INVITE_MODE, FIRST_INVITE_MODE),
  ...MEMBERS.map((path) => remove(["paths", path])),
  ...CHECKED.map(removeCheck),
  reword(PROBLEMS, FIRST_PROBLEMS),
  setStages(/./, "alpha"),
  set(USER_UPDATE, "Changes what is given. Requires account admin or USER_UPDATE."),
  takeRolesAs("CreateUserRequest", "User", ""),
  takeRolesAs("OrganizationMembershipInput", "Organization", ""),
  ...REQUEST_SCHEMAS.map((name) => remove(schemaAt(name))),
];

/** What changed on each date of the timeline; nothing where it was not the spec that changed. */
export const HISTORY = {
  "05-08": [],
  "05-12": [
    remove([...RESEND, "202"]),
    set([...RESEND, "204"], { description: "The mail is on its way." }),
    setTag("builtin", "predefined"),
    set(PASSWORD, today.components.schemas["UserCreatedResponse"]?.properties?.["temporary_password"]),
    reword(FIRST_INVITE_MODE, INVITE_MODE),
    ...MEMBERS.map((path) => set(["paths", path], today.paths[path])),
    removeCheck(ADD_MEMBER),
  ],
  "05-14": [],
  "05-16": [],
  "05-27": [
    ...CHECKED.map(addCheck),
    addCheck(ADD_MEMBER),
    remove(userAt("get", "responses", "403")),
    remove(organizationAt("get", "responses", "403")),
    reword(FIRST_PROBLEMS, PROBLEMS),
    reword(FIRST_DEVELOPER, "can use the Arize API"),
  ],
  "05-30": [setStages(/^organizations_(list|get|create|update|delete)$/, "beta")],
  "06-02": [],
  "06-08": [
    setStages(/^users_/, "beta"),
    set(USER_UPDATE, `Changes what is given. Requires account admin or USER_UPDATE${ADMINS_ONLY}.`),
  ],
  "06-10": [],
  "07-17": [...spellInUpperCase, rename(VERB_FIRST), setStages(/_organization_user$/, "beta")],
  "08-04": [
    set([...DESCRIPTION, "type"], ["string", "null"]),
    reword("an empty one clears it", "null clears it"),
  ],
  "08-07": [
    ...REQUEST_SCHEMAS.map((name) => set(schemaAt(name), today.components.schemas[name])),
    ...spellInUpperCase,
    takeRolesAs("CreateUserRequest", "User", "Request"),
    takeRolesAs("AddOrganizationUserRequest", "Organization", "Request"),
  ],
  // Some day from 08-10 on.
  "09-09": [remove(schemaAt("CreateUserRequest", "properties", "is_developer"))],
} as const satisfies Readonly<Record<string, readonly Edit[]>>;

/** The spec before the first date, when there was none, and after each of them. */
export function versions(): readonly Json[] {
  const spec = specWith(...TAKE_BACK);
  const first: Json = { ...spec.toJS(), paths: {} };
  const others = Object.values(HISTORY).map((edits): Json => {
    for (const edit of edits) edit(spec);
    return spec.toJS();
  });
  return [first, ...others];
}
