/** The twelve dates of the timeline, each told as it was. */
import { expect, test } from "vitest";
import { changesBetween } from "../../../scripts/spec-diff/changes.ts";
import { type Step, stepFor } from "../../../scripts/spec-diff/step.ts";
import { HISTORY, versions } from "./history.ts";

interface Told {
  readonly step: Step;
  readonly lines: readonly string[];
}

const TOLD: Readonly<Record<keyof typeof HISTORY, Told>> = {
  "05-08": {
    step: "patch",
    lines: [
      "addition: `organizations_create` (`POST /v2/organizations`) is new.",
      "addition: `organizations_delete` (`DELETE /v2/organizations/{org_id}`) is new.",
      "addition: `organizations_get` (`GET /v2/organizations/{org_id}`) is new.",
      "addition: `organizations_list` (`GET /v2/organizations`) is new.",
      "addition: `organizations_update` (`PATCH /v2/organizations/{org_id}`) is new.",
      "addition: `users_create` (`POST /v2/users`) is new.",
      "addition: `users_delete` (`DELETE /v2/users/{user_id}`) is new.",
      "addition: `users_get` (`GET /v2/users/{user_id}`) is new.",
      "addition: `users_list` (`GET /v2/users`) is new.",
      "addition: `users_password_reset` (`POST /v2/users/{user_id}/reset-password`) is new.",
      "addition: `users_resend_invitation` (`POST /v2/users/{user_id}/resend-invitation`) is new.",
      "addition: `users_update` (`PATCH /v2/users/{user_id}`) is new.",
    ],
  },
  "05-12": {
    step: "minor",
    lines: [
      "breaking: `UserRoleAssignment.type` (in answers of `users_create`, `users_get`, `users_list`, `users_update`) may be `predefined` instead of `builtin`.",
      "breaking: `UserRoleAssignment.type` (in requests of `users_create`) can be `predefined` instead of `builtin`.",
      "addition: `organizations_add_user` (`POST /v2/organizations/{org_id}/users`) is new.",
      "addition: `organizations_remove_user` (`DELETE /v2/organizations/{org_id}/users/{user_id}`) is new.",
      "addition: `UserCreatedResponse.temporary_password` (in answers of `users_create`) is new and optional.",
      "note: `users_resend_invitation` answers `204` instead of `202`.",
      "note: The documentation of `CreateUserRequest.invite_mode`, `UserCreatedResponse.invite_mode` (of `users_create`) says `'temporary_password' answers with a one-time password.` instead of `'temporary_password' makes a password that is delivered out-of-band.`.",
      "note: An example of `type` (`users_create`, `users_get`, `users_list`, `users_update`) says `predefined` instead of `builtin`.",
    ],
  },
  "05-14": {
    step: "none",
    lines: [],
  },
  "05-16": {
    step: "none",
    lines: [],
  },
  "05-27": {
    step: "patch",
    lines: [
      "note: `organizations_add_user`, `organizations_create`, `organizations_update`, `users_create`, `users_update` may answer `422`.",
      "note: `organizations_get`, `users_get` will not answer `403` any more.",
      "note: The documentation of `User.is_developer`, `UserCreatedResponse.is_developer` (of `users_create`, `users_get`, `users_list`, `users_update`) says `Whether the user has developer permissions (can use the Arize API).` instead of `Whether the user has developer permissions (can create GraphQL API keys).`.",
      "note: An example of `type` (every operation) says `https://arize.com/docs/ax/rest-reference/errors#access-forbidden` instead of `https://example.com/probs/access-forbidden`, and 5 more are different.",
    ],
  },
  "05-30": {
    step: "patch",
    lines: [
      "note: `organizations_create`, `organizations_delete`, `organizations_get`, `organizations_list`, `organizations_update` are `beta` instead of `alpha`.",
    ],
  },
  "06-02": {
    step: "none",
    lines: [],
  },
  "06-08": {
    step: "patch",
    lines: [
      "note: `users_create`, `users_delete`, `users_get`, `users_list`, `users_password_reset`, `users_resend_invitation`, `users_update` are `beta` instead of `alpha`.",
      "note: The documentation of `users_update` says `Requires account admin or USER_UPDATE, and for 'is_developer' account admin.` instead of `Requires account admin or USER_UPDATE.`.",
    ],
  },
  "06-10": {
    step: "none",
    lines: [],
  },
  "07-17": {
    step: "patch",
    lines: [
      "note: `add_organization_user`, `remove_organization_user` are `beta` instead of `alpha`.",
      "note: Enum values are spelled otherwise: `active` is `ACTIVE`, `admin` is `ADMIN`, `annotator` is `ANNOTATOR`, `custom` is `CUSTOM`, `email_link` is `EMAIL_LINK`, `expired` is `EXPIRED`, `invited` is `INVITED`, `member` is `MEMBER`, `none` is `NONE`, `predefined` is `PREDEFINED`, `read-only` is `READ_ONLY`, `temporary_password` is `TEMPORARY_PASSWORD`. The package speaks both to servers, and its users get the spelling of the spec that it is generated from, which has to stay the old one.",
      "note: Operations have other names, and nothing else is different by that: `organizations_add_user` is `add_organization_user`, `organizations_create` is `create_organization`, `organizations_delete` is `delete_organization`, `organizations_get` is `get_organization`, `organizations_list` is `list_organizations`, `organizations_remove_user` is `remove_organization_user`, `organizations_update` is `update_organization`, `users_create` is `create_user`, `users_delete` is `delete_user`, `users_get` is `get_user`, `users_list` is `list_users`, `users_password_reset` is `reset_user_password`, `users_resend_invitation` is `resend_user_invitation`, `users_update` is `update_user`.",
      "note: Schemas have other names, and nothing else is different by that: `OrganizationCreate` is `CreateOrganizationRequest`, `OrganizationListResponse` is `ListOrganizationsResponse`, `OrganizationMembershipInput` is `AddOrganizationUserRequest`, `OrganizationUpdate` is `UpdateOrganizationRequest`, `UserCreatedResponse` is `CreateUserResponse`, `UserListResponse` is `ListUsersResponse`, `UserUpdate` is `UpdateUserRequest`.",
    ],
  },
  "08-04": {
    step: "patch",
    lines: [
      "addition: `UpdateOrganizationRequest.description` (in requests of `update_organization`) can be null now.",
      "note: The documentation of `UpdateOrganizationRequest.description` (of `update_organization`) says `null clears it.` instead of `an empty one clears it.`.",
    ],
  },
  "08-07": {
    step: "minor",
    lines: [
      "breaking: `CustomRoleAssignmentRequest.name` (in requests of `add_organization_user`, `create_user`) is gone.",
      "note: `CustomRoleAssignmentRequest` (in requests of `add_organization_user`, `create_user`) has `additionalProperties: false` instead of `additionalProperties: true`.",
      "note: The documentation of `CustomRoleAssignmentRequest` (of `add_organization_user`, `create_user`) says `A custom role as it is sent, by its ID alone.` instead of `A custom role, by its ID.`.",
      "note: The documentation of `OrganizationRoleAssignmentRequest` (of `add_organization_user`) says `The role to give in an organization.` instead of `The role of a member in an organization.`.",
      "note: The documentation of `UserRoleAssignmentRequest` (of `create_user`) says `The account role to give.` instead of `The account role of a user.`.",
    ],
  },
};

const all = versions();

test.each(Object.entries(TOLD).map(([date, told], index) => ({ date, told, index })))(
  "2026-$date",
  ({ told, index }) => {
    const [before = {}, after = {}] = all.slice(index);
    const changes = changesBetween({ before, after });
    expect(changes.map(({ level, sentence }) => `${level}: ${sentence}`)).toEqual(told.lines);
    expect(stepFor(changes, "0.1.0")).toBe(told.step);
  },
);

test("the timeline has twelve dates", () => {
  expect(Object.keys(TOLD)).toEqual(Object.keys(HISTORY));
  expect(all).toHaveLength(13);
});
