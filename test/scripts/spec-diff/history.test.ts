/** What spec-diff reports for each date of the timeline, September 2026 included. */
import { expect, test } from "vitest";
import { type Step, stepFor } from "../../../scripts/changesets/step.ts";
import { changesBetween } from "../../../scripts/spec-diff/changes.ts";
import { HISTORY, versions } from "./history.ts";

interface Reported {
  readonly step: Step;
  readonly lines: readonly string[];
}

const REPORTED: Readonly<Record<keyof typeof HISTORY, Reported>> = {
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
      "breaking: `UserRoleAssignment.type` (in requests of `users_create`) can be `predefined` instead of `builtin`.",
      "breaking: `UserRoleAssignment.type` (in responses of `users_create`, `users_get`, `users_list`, `users_update`) can be `predefined` instead of `builtin`.",
      "addition: `organizations_add_user` (`POST /v2/organizations/{org_id}/users`) is new.",
      "addition: `organizations_remove_user` (`DELETE /v2/organizations/{org_id}/users/{user_id}`) is new.",
      "addition: `UserCreatedResponse.temporary_password` (in responses of `users_create`) is new and optional.",
      "note: `users_resend_invitation` now returns `204`.",
      "note: `users_resend_invitation` no longer returns `202`.",
      "note: The documentation of `CreateUserRequest.invite_mode`, `UserCreatedResponse.invite_mode` (of `users_create`) says `'temporary_password' gives a one-time password, for you to pass on.` instead of `'temporary_password' makes a password that is delivered out-of-band.`.",
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
      "note: `organizations_add_user`, `organizations_create`, `organizations_update`, `users_create`, `users_update` now return `422`.",
      "note: `organizations_get`, `users_get` no longer return `403`.",
      "note: The documentation of `User.is_developer`, `UserCreatedResponse.is_developer` (of `users_create`, `users_get`, `users_list`, `users_update`) says `Whether the user has developer permissions (can use the Arize API).` instead of `Whether the user has developer permissions (can create GraphQL API keys).`.",
      "note: An example of `type` (every operation) says `https://arize.com/docs/ax/rest-reference/errors#access-forbidden` instead of `https://example.com/probs/access-forbidden`, and 5 more differ.",
    ],
  },
  "05-30": {
    step: "patch",
    lines: [
      "note: The release stage of `organizations_create`, `organizations_delete`, `organizations_get`, `organizations_list`, `organizations_update` changed from `alpha` to `beta`.",
    ],
  },
  "06-02": {
    step: "none",
    lines: [],
  },
  "06-08": {
    step: "patch",
    lines: [
      "note: The release stage of `users_create`, `users_delete`, `users_get`, `users_list`, `users_password_reset`, `users_resend_invitation`, `users_update` changed from `alpha` to `beta`.",
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
      "note: The release stage of `add_organization_user`, `remove_organization_user` changed from `alpha` to `beta`.",
      "note: Enum values have another spelling: `active` is now `ACTIVE`, `admin` is now `ADMIN`, `annotator` is now `ANNOTATOR`, `custom` is now `CUSTOM`, `email_link` is now `EMAIL_LINK`, `expired` is now `EXPIRED`, `invited` is now `INVITED`, `member` is now `MEMBER`, `none` is now `NONE`, `predefined` is now `PREDEFINED`, `read-only` is now `READ_ONLY`, `temporary_password` is now `TEMPORARY_PASSWORD`. The package understands both from servers, and gives its users the spelling of its spec, which must not change.",
      "note: Operations have new names, without effect: `organizations_add_user` is now `add_organization_user`, `organizations_create` is now `create_organization`, `organizations_delete` is now `delete_organization`, `organizations_get` is now `get_organization`, `organizations_list` is now `list_organizations`, `organizations_remove_user` is now `remove_organization_user`, `organizations_update` is now `update_organization`, `users_create` is now `create_user`, `users_delete` is now `delete_user`, `users_get` is now `get_user`, `users_list` is now `list_users`, `users_password_reset` is now `reset_user_password`, `users_resend_invitation` is now `resend_user_invitation`, `users_update` is now `update_user`.",
    ],
  },
  "08-04": {
    step: "patch",
    lines: [
      "addition: `UpdateOrganizationRequest.description` (in requests of `update_organization`) can now be null.",
      "note: The documentation of `UpdateOrganizationRequest.description` (of `update_organization`) says `null clears it.` instead of `an empty one clears it.`.",
    ],
  },
  "08-07": {
    step: "minor",
    lines: [
      "breaking: `CustomRoleAssignmentRequest.name` (in requests of `add_organization_user`, `create_user`) was removed.",
      "note: `CustomRoleAssignmentRequest` (in requests of `add_organization_user`, `create_user`) now has `additionalProperties: false`.",
      "note: The documentation of `CustomRoleAssignmentRequest` (of `add_organization_user`, `create_user`) says `A custom role as it is given, by its ID alone.` instead of `A custom role.`.",
      "note: The documentation of `OrganizationRoleAssignmentRequest` (of `add_organization_user`) says `A role in an organization to give.` instead of `A role in an organization as members have it.`.",
      "note: The documentation of `UserRoleAssignmentRequest` (of `create_user`) says `An account role to give.` instead of `An account role as users have it.`.",
    ],
  },
  "09-09": {
    step: "minor",
    lines: ["breaking: `CreateUserRequest.is_developer` (in requests of `create_user`) was removed."],
  },
};

const all = versions();

test.each(Object.entries(REPORTED).map(([date, reported], index) => ({ date, reported, index })))(
  "2026-$date",
  ({ reported, index }) => {
    const [before = {}, after = {}] = all.slice(index);
    const changes = changesBetween(before, after);
    expect(changes.map(({ level, sentence }) => `${level}: ${sentence}`)).toEqual(reported.lines);
    const levels = changes.map(({ level }) => level);
    expect(stepFor(levels, "0.1.0")).toBe(reported.step);
  },
);

test("the timeline has twelve dates until August, and one in September", () => {
  expect(Object.keys(REPORTED)).toEqual(Object.keys(HISTORY));
  expect(all).toHaveLength(14);
});
