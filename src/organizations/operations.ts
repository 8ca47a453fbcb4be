/** The methods on organizations themselves, as functions of a core; `organizations.ts` has their documentation. */
import { organizationsCreate, organizationsDelete, organizationsUpdate } from "../../generated/sdk.gen.ts";
import type { OrganizationCreate, OrganizationUpdate } from "../../generated/types.gen.ts";
import { vOrganizationCreate, vOrganizationUpdate } from "../../generated/valibot.gen.ts";
import { call } from "../core/call.ts";
import { toChanges } from "../core/changes.ts";
import type { Core } from "../core/core.ts";
import { method, run } from "../core/method.ts";
import { namesOf, readParams, toRequest, trimmed } from "../core/validate.ts";
import type { RequestOptions } from "../options.ts";
import { sendUpdate } from "./description.ts";
import { removal } from "./remove.ts";
import { findOrganization, loadOrganization, NAMING, organizationIdOf, readOrganization } from "./resolve.ts";
import type {
  CreateOrganizationParams,
  Organization,
  OrganizationParams,
  UpdateOrganizationParams,
} from "./types.ts";
import { toOrganization } from "./wire.ts";

const GET = method("organizations.get", "organizations_list", "organizations_get");
const CREATE = method("organizations.create", "organizations_create");
const UPDATE = method(
  "organizations.update",
  "organizations_update",
  "organizations_list",
  "organizations_get",
);
const DELETE = method(
  "organizations.delete",
  "organizations_delete",
  "organizations_list",
  "organizations_get",
);

export function getOrganization(
  core: Core,
  params: OrganizationParams,
  options?: RequestOptions,
): Promise<Organization> {
  return run(core, GET, options, async (scope) => {
    const { text, isId } = readOrganization(GET.name, readParams(GET.name, params, NAMING));
    return isId ? loadOrganization(core, scope, text) : findOrganization(core, scope, GET.name, text);
  });
}

export function createOrganization(
  core: Core,
  params: CreateOrganizationParams,
  options?: RequestOptions,
): Promise<Organization> {
  return run(core, CREATE, options, async (scope) => {
    const given = readParams(CREATE.name, params, namesOf(vOrganizationCreate));
    const fields = { ...given, description: given.description ?? undefined };
    const body = toRequest<OrganizationCreate>(CREATE.name, vOrganizationCreate, trimmed(fields, "name"));
    return toOrganization(
      await call(core, "organizations_create", scope, (send) => organizationsCreate({ ...send, body })),
      body,
    );
  });
}

export function updateOrganization(
  core: Core,
  params: UpdateOrganizationParams,
  options?: RequestOptions,
): Promise<Organization> {
  return run(core, UPDATE, options, async (scope) => {
    const names = [...NAMING, ...namesOf(vOrganizationUpdate)];
    const given = readParams(UPDATE.name, params, names);
    const description = given.description === null ? "" : given.description;
    const body = toChanges<OrganizationUpdate>(UPDATE.name, vOrganizationUpdate, { ...given, description });
    const path = { org_id: await organizationIdOf(core, scope, UPDATE.name, given) };
    const settled = await sendUpdate(core, scope, body, (body, scope) =>
      call(core, "organizations_update", scope, (send) => organizationsUpdate({ ...send, path, body })),
    );
    return toOrganization(settled, { id: path.org_id });
  });
}

export function deleteOrganization(
  core: Core,
  params: OrganizationParams,
  options?: RequestOptions,
): Promise<void> {
  return run(core, DELETE, options, async (scope) => {
    const given = readParams(DELETE.name, params, NAMING);
    const path = { org_id: await organizationIdOf(core, scope, DELETE.name, given, true) };
    await removal(
      call(core, "organizations_delete", scope, (send) => organizationsDelete({ ...send, path })),
    );
  });
}
