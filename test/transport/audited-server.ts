import type { Prepare } from "./audit.ts";
import { bulkDelete, createMany } from "./audited-bulk.ts";
import { organizationCalls, organizationCallsByName } from "./audited-organizations.ts";
import { userCalls } from "./audited-users.ts";

export { type AuditedCall, type Told, toldOf } from "./audit.ts";

/** Calls that are made of one request each, but for a create, which may look somebody up, and a bulk delete. */
export const auditedCalls: Readonly<Record<string, Prepare>> = {
  ...userCalls,
  bulkDelete,
  ...organizationCalls,
};

/** Every kind of call there is. */
export const allAuditedCalls: Readonly<Record<string, Prepare>> = {
  ...auditedCalls,
  createMany,
  ...organizationCallsByName,
};
