/** The methods on organizations themselves, as functions of a core; `organizations.ts` has their documentation. */

import { encodeOrganizationCreate, encodeOrganizationUpdate } from "../../generated/models.gen.ts";
import { organizationsCreate, organizationsDelete, organizationsUpdate } from "../../generated/sdk.gen.ts";
import type { OrganizationCreate, OrganizationUpdate } from "../../generated/types.gen.ts";
import { vOrganizationCreate, vOrganizationUpdate } from "../../generated/valibot.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ClientContext } from "../api/client-context.ts";
import { namesOf, type RequestModel, toRequest } from "../api/request.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { toChanges } from "../facade/changes.ts";
import { defineOperation, run } from "../facade/operation.ts";
import { readParams, trimmed } from "../facade/params.ts";
import { sendUpdate } from "./description.ts";
import { toOrganization } from "./organization-responses.ts";
import { removal } from "./remove.ts";
import { findOrganization, loadOrganization, NAMING, organizationIdOf, readOrganization } from "./resolve.ts";
import type {
  CreateOrganizationParams,
  Organization,
  OrganizationParams,
  UpdateOrganizationParams,
} from "./types.ts";

const GET = defineOperation("organizations.get", "organizations_list", "organizations_get");
const CREATE = defineOperation("organizations.create", "organizations_create");
const UPDATE = defineOperation(
  "organizations.update",
  "organizations_update",
  "organizations_list",
  "organizations_get",
);
const DELETE = defineOperation(
  "organizations.delete",
  "organizations_delete",
  "organizations_list",
  "organizations_get",
);

const CREATION: RequestModel = { schema: vOrganizationCreate, encode: encodeOrganizationCreate };
const CHANGES: RequestModel = { schema: vOrganizationUpdate, encode: encodeOrganizationUpdate };

export function getOrganization(
  context: ClientContext,
  params: OrganizationParams,
  options?: RequestOptions,
): Promise<Organization> {
  return run(context, GET, options, async (call) => {
    const { text, isId } = readOrganization(GET.name, readParams(GET.name, params, NAMING));
    return isId ? loadOrganization(call, text) : findOrganization(call, GET.name, text);
  });
}

export function createOrganization(
  context: ClientContext,
  params: CreateOrganizationParams,
  options?: RequestOptions,
): Promise<Organization> {
  return run(context, CREATE, options, async (call) => {
    const given = readParams(CREATE.name, params, namesOf(CREATION));
    const fields = { ...given, description: given.description ?? undefined };
    const { lower: body } = toRequest<OrganizationCreate>(CREATE.name, CREATION, trimmed(fields, "name"));
    return toOrganization(
      call,
      await callOperation(call, "organizations_create", (generated) =>
        organizationsCreate({ ...generated, body }),
      ),
      body,
    );
  });
}

export function updateOrganization(
  context: ClientContext,
  params: UpdateOrganizationParams,
  options?: RequestOptions,
): Promise<Organization> {
  return run(context, UPDATE, options, async (call) => {
    const names = [...NAMING, ...namesOf(CHANGES)];
    const given = readParams(UPDATE.name, params, names);
    const description = given.description === null ? "" : given.description;
    const { lower: body } = toChanges<OrganizationUpdate>(UPDATE.name, CHANGES, { ...given, description });
    const path = { org_id: await organizationIdOf(call, UPDATE.name, given) };
    const result = await sendUpdate(call, body, (body, call) =>
      callOperation(call, "organizations_update", (generated) =>
        organizationsUpdate({ ...generated, path, body }),
      ),
    );
    return toOrganization(call, result, { id: path.org_id });
  });
}

export function deleteOrganization(
  context: ClientContext,
  params: OrganizationParams,
  options?: RequestOptions,
): Promise<void> {
  return run(context, DELETE, options, async (call) => {
    const given = readParams(DELETE.name, params, NAMING);
    const path = { org_id: await organizationIdOf(call, DELETE.name, given, true) };
    await removal(
      callOperation(call, "organizations_delete", (generated) => organizationsDelete({ ...generated, path })),
    );
  });
}
