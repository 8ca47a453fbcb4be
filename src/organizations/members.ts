/** The methods on who is in an organization; `organizations.ts` has their documentation. */
import { decodeOrganizationMembership, organizationMembershipInput } from "../../generated/models.gen.ts";
import { organizationsAddUser, organizationsRemoveUser } from "../../generated/sdk.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import { decodeResponse } from "../api/decode-response.ts";
import { withServerCase } from "../api/enum-case.ts";
import { mapForms, toRequest } from "../api/request.ts";
import { defineMethod } from "../facade/operation.ts";
import { readParams } from "../facade/params.ts";
import { readUserReference, userIdOf } from "../users/reference.ts";
import { ignoreRepeatedRemoval, NAMING, organizationIdOf } from "./resolve.ts";
import type { AddOrganizationUserParams, OrganizationMembership, OrganizationUserParams } from "./types.ts";

const ADD_USER = [
  "organizations.addUser",
  "organizations_add_user",
  "organizations_list",
  "organizations_get",
  "users_list",
] as const;
const REMOVE_USER = [
  "organizations.removeUser",
  "organizations_remove_user",
  "organizations_list",
  "organizations_get",
  "users_list",
] as const;

export const addOrganizationUser = defineMethod<AddOrganizationUserParams, OrganizationMembership>(
  ADD_USER,
  async (call, params) => {
    const given = readParams(call, params, [...NAMING, "user"], organizationMembershipInput);
    const user = readUserReference(call, given);
    // An address stands in for the ID until it is looked up, which is not before all else is known to be right.
    const forms = toRequest(call, organizationMembershipInput, { ...given, userId: user.text });
    const organizationId = await organizationIdOf(call, given);
    const userId = await userIdOf(call, user);
    const path = { org_id: organizationId };
    const result = await withServerCase(call, mapForms(forms, { user_id: userId }), (body, call) =>
      callOperation(call, "organizations_add_user", organizationsAddUser<true>, { path, body }),
    );
    return decodeResponse(call, result, decodeOrganizationMembership, { userId, organizationId });
  },
);

export const removeOrganizationUser = defineMethod<OrganizationUserParams, void>(
  REMOVE_USER,
  async (call, params) => {
    const given = readParams(call, params, [...NAMING, "user", "userId"]);
    const user = readUserReference(call, given);
    const organizationId = await organizationIdOf(call, given);
    const path = { org_id: organizationId, user_id: await userIdOf(call, user) };
    await callOperation(call, "organizations_remove_user", organizationsRemoveUser<true>, { path }).catch(
      ignoreRepeatedRemoval,
    );
  },
);
