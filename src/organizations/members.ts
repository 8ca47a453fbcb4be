/** The methods that add and remove members. `organizations.ts` documents them. */
import { decodeOrganizationMembership, organizationMembershipInput } from "../../generated/models.gen.ts";
import { organizationsAddUser, organizationsRemoveUser } from "../../generated/sdk.gen.ts";
import type { OrganizationMembershipInput } from "../../generated/types.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall } from "../api/client-context.ts";
import { decodeResponse } from "../api/decode-response.ts";
import { withServerCase } from "../api/enum-case.ts";
import { mapForms, type RequestForms, toRequest } from "../api/request.ts";
import { defineMethod } from "../facade/operation.ts";
import { readParams } from "../facade/params.ts";
import { readUserReference, type UserReference, userIdOf } from "../users/reference.ts";
import { FIND, ignoreRepeatedRemoval, NAMING, organizationIdOf } from "./resolve.ts";
import type { AddOrganizationUserParams, OrganizationMembership, OrganizationUserParams } from "./types.ts";

/** The operations that find an organization and a user. */
export const FIND_BOTH = [...FIND, "users_list"] as const;
const ADD_USER = ["organizations.addUser", "organizations_add_user", ...FIND_BOTH] as const;
const REMOVE_USER = ["organizations.removeUser", "organizations_remove_user", ...FIND_BOTH] as const;

export const addOrganizationUser = defineMethod<AddOrganizationUserParams, OrganizationMembership>(
  ADD_USER,
  async (call, params) => {
    const given = readParams(call, params, [...NAMING, "user"], organizationMembershipInput);
    const user = readUserReference(call, given);
    const forms = readAddition(call, given, user);
    const organizationId = await organizationIdOf(call, given);
    return sendAddition(call, organizationId, await userIdOf(call, user), forms);
  },
);

export const removeOrganizationUser = defineMethod<OrganizationUserParams, void>(
  REMOVE_USER,
  async (call, params) => {
    const given = readParams(call, params, [...NAMING, "user", "userId"]);
    const user = readUserReference(call, given);
    const organizationId = await organizationIdOf(call, given);
    await sendRemoval(call, organizationId, await userIdOf(call, user));
  },
);

/** Makes the request to add a user. All arguments are checked before the lookup; until then, an address stands in for the ID. */
export const readAddition = (
  call: ApiCall,
  given: object,
  { text: userId }: UserReference,
): RequestForms<OrganizationMembershipInput> =>
  toRequest(call, organizationMembershipInput, { ...given, userId });

export async function sendAddition(
  call: ApiCall,
  organizationId: string,
  userId: string,
  forms: RequestForms<OrganizationMembershipInput>,
): Promise<OrganizationMembership> {
  const path = { org_id: organizationId };
  const result = await withServerCase(call, mapForms(forms, { user_id: userId }), (body, call) =>
    callOperation(call, "organizations_add_user", organizationsAddUser<true>, { path, body }),
  );
  return decodeResponse(call, result, decodeOrganizationMembership, { userId, organizationId });
}

export async function sendRemoval(call: ApiCall, organizationId: string, userId: string): Promise<void> {
  const path = { org_id: organizationId, user_id: userId };
  await callOperation(call, "organizations_remove_user", organizationsRemoveUser<true>, { path }).catch(
    (error: unknown) => ignoreRepeatedRemoval(call, error),
  );
}
