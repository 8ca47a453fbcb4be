/** The methods on who is in an organization, as functions of a core; `organizations.ts` has their documentation. */
import { organizationsAddUser, organizationsRemoveUser } from "../../generated/sdk.gen.ts";
import type { OrganizationMembershipInput } from "../../generated/types.gen.ts";
import { vOrganizationMembershipInput } from "../../generated/valibot.gen.ts";
import { call } from "../core/call.ts";
import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import { namesOf, readParams, toRequest } from "../core/validate.ts";
import { inServersCase } from "../core/wire-case.ts";
import type { RequestOptions } from "../options.ts";
import { readUserReference, userIdOf } from "../users/reference.ts";
import { removal } from "./remove.ts";
import { NAMING, organizationIdOf } from "./resolve.ts";
import type { AddOrganizationUserParams, OrganizationMembership, OrganizationUserParams } from "./types.ts";
import { toMembership } from "./wire.ts";

const ADD_USER = method(
  "organizations.addUser",
  "organizations_add_user",
  "organizations_list",
  "organizations_get",
  "users_list",
);
const REMOVE_USER = method(
  "organizations.removeUser",
  "organizations_remove_user",
  "organizations_list",
  "organizations_get",
  "users_list",
);

export function addOrganizationUser(
  core: Core,
  params: AddOrganizationUserParams,
  options?: RequestOptions,
): Promise<OrganizationMembership> {
  return run(core, ADD_USER, options, async (scope) => {
    const names = [...NAMING, "user", ...namesOf(vOrganizationMembershipInput)];
    const given = readParams(ADD_USER.name, params, names);
    const user = readUserReference(ADD_USER.name, given);
    // An address stands in for the ID until it is looked up, which is not before all else is known to be right.
    const body = toRequest<OrganizationMembershipInput>(ADD_USER.name, vOrganizationMembershipInput, {
      ...given,
      userId: user.text,
    });
    const path = { org_id: await organizationIdOf(core, scope, ADD_USER.name, given) };
    body.user_id = await userIdOf(core, scope, ADD_USER.name, user);
    const settled = await inServersCase(core, scope, vOrganizationMembershipInput, body, (body, scope) =>
      call(core, "organizations_add_user", scope, (send) => organizationsAddUser({ ...send, path, body })),
    );
    return toMembership(settled, path.org_id, body.user_id);
  });
}

export function removeOrganizationUser(
  core: Core,
  params: OrganizationUserParams,
  options?: RequestOptions,
): Promise<void> {
  return run(core, REMOVE_USER, options, async (scope) => {
    const given = readParams(REMOVE_USER.name, params, [...NAMING, "user", "userId"]);
    const user = readUserReference(REMOVE_USER.name, given);
    const path = {
      org_id: await organizationIdOf(core, scope, REMOVE_USER.name, given),
      user_id: await userIdOf(core, scope, REMOVE_USER.name, user),
    };
    await removal(
      call(core, "organizations_remove_user", scope, (send) => organizationsRemoveUser({ ...send, path })),
    );
  });
}
