/** The methods on organizations, without those on members. `organizations.ts` documents them. */
import { decodeOrganization, organizationCreate, organizationUpdate } from "../../generated/models.gen.ts";
import { organizationsCreate, organizationsDelete, organizationsUpdate } from "../../generated/sdk.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import { decodeResponse } from "../api/decode-response.ts";
import { toRequest } from "../api/request.ts";
import { defineMethod } from "../facade/operation.ts";
import { readParams, toChanges, trimmed } from "../facade/params.ts";
import { sendUpdate } from "./description.ts";
import {
  FIND,
  ignoreRepeatedRemoval,
  NAMING,
  organizationIdOf,
  readOrganization,
  requireOrganization,
} from "./resolve.ts";
import type {
  CreateOrganizationParams,
  Organization,
  OrganizationParams,
  UpdateOrganizationParams,
} from "./types.ts";

const GET = ["organizations.get", ...FIND] as const;
const CREATE = ["organizations.create", "organizations_create"] as const;
const UPDATE = ["organizations.update", "organizations_update", ...FIND] as const;
const DELETE = ["organizations.delete", "organizations_delete", ...FIND] as const;

export const getOrganization = defineMethod<OrganizationParams, Organization>(GET, async (call, params) =>
  requireOrganization(call, readOrganization(call, readParams(call, params, NAMING))),
);

export const createOrganization = defineMethod<CreateOrganizationParams, Organization>(
  CREATE,
  async (call, params) => {
    const given = readParams(call, params, [], organizationCreate);
    const fields = { ...given, description: given.description ?? undefined };
    const { lower: body } = toRequest(call, organizationCreate, trimmed(fields, "name"));
    const result = await callOperation(call, "organizations_create", organizationsCreate<true>, { body });
    return decodeResponse(call, result, decodeOrganization, { name: body.name });
  },
);

export const updateOrganization = defineMethod<UpdateOrganizationParams, Organization>(
  UPDATE,
  async (call, params) => {
    const given = readParams(call, params, NAMING, organizationUpdate);
    const description = given.description === null ? "" : given.description;
    const body = toChanges(call, organizationUpdate, { ...given, description });
    const id = await organizationIdOf(call, given);
    const result = await sendUpdate(call, body, (body, call) =>
      callOperation(call, "organizations_update", organizationsUpdate<true>, { path: { org_id: id }, body }),
    );
    return decodeResponse(call, result, decodeOrganization, { id });
  },
);

export const deleteOrganization = defineMethod<OrganizationParams, void>(DELETE, async (call, params) => {
  const path = { org_id: await organizationIdOf(call, readParams(call, params, NAMING), true) };
  await callOperation(call, "organizations_delete", organizationsDelete<true>, { path }).catch(
    (error: unknown) => ignoreRepeatedRemoval(call, error),
  );
});
