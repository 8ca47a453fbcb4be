/** The methods on who is in an organization, as functions of a core; `organizations.ts` has their documentation. */

import { encodeOrganizationMembershipInput } from "../../generated/models.gen.ts";
import { organizationsAddUser, organizationsRemoveUser } from "../../generated/sdk.gen.ts";
import type { OrganizationMembershipInput } from "../../generated/types.gen.ts";
import { vOrganizationMembershipInput } from "../../generated/valibot.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ClientContext } from "../api/client-context.ts";
import { withServerCase } from "../api/enum-case.ts";
import { mapForms, namesOf, type RequestModel, toRequest } from "../api/request.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { defineOperation, run } from "../facade/operation.ts";
import { readParams } from "../facade/params.ts";
import { readUserReference, userIdOf } from "../users/reference.ts";
import { toMembership } from "./organization-responses.ts";
import { removal } from "./remove.ts";
import { NAMING, organizationIdOf } from "./resolve.ts";
import type { AddOrganizationUserParams, OrganizationMembership, OrganizationUserParams } from "./types.ts";

const ADD_USER = defineOperation(
  "organizations.addUser",
  "organizations_add_user",
  "organizations_list",
  "organizations_get",
  "users_list",
);
const MEMBERSHIP: RequestModel = {
  schema: vOrganizationMembershipInput,
  encode: encodeOrganizationMembershipInput,
};
const REMOVE_USER = defineOperation(
  "organizations.removeUser",
  "organizations_remove_user",
  "organizations_list",
  "organizations_get",
  "users_list",
);

export function addOrganizationUser(
  context: ClientContext,
  params: AddOrganizationUserParams,
  options?: RequestOptions,
): Promise<OrganizationMembership> {
  return run(context, ADD_USER, options, async (call) => {
    const names = [...NAMING, "user", ...namesOf(MEMBERSHIP)];
    const given = readParams(ADD_USER.name, params, names);
    const user = readUserReference(ADD_USER.name, given);
    // An address stands in for the ID until it is looked up, which is not before all else is known to be right.
    const forms = toRequest<OrganizationMembershipInput>(ADD_USER.name, MEMBERSHIP, {
      ...given,
      userId: user.text,
    });
    const path = { org_id: await organizationIdOf(call, ADD_USER.name, given) };
    const userId = await userIdOf(call, ADD_USER.name, user);
    const result = await withServerCase(
      call,
      mapForms(forms, (body) => ({ ...body, user_id: userId })),
      (body, call) =>
        callOperation(call, "organizations_add_user", (generated) =>
          organizationsAddUser({ ...generated, path, body }),
        ),
    );
    return toMembership(call, result, path.org_id, userId);
  });
}

export function removeOrganizationUser(
  context: ClientContext,
  params: OrganizationUserParams,
  options?: RequestOptions,
): Promise<void> {
  return run(context, REMOVE_USER, options, async (call) => {
    const given = readParams(REMOVE_USER.name, params, [...NAMING, "user", "userId"]);
    const user = readUserReference(REMOVE_USER.name, given);
    const path = {
      org_id: await organizationIdOf(call, REMOVE_USER.name, given),
      user_id: await userIdOf(call, REMOVE_USER.name, user),
    };
    await removal(
      callOperation(call, "organizations_remove_user", (generated) =>
        organizationsRemoveUser({ ...generated, path }),
      ),
    );
  });
}
