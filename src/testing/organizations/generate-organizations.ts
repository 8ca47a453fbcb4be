import { madeUpCreationMs } from "../seeds/creation.ts";
import { toId } from "../seeds/ids.ts";
import type { StoredOrganization } from "./organizations.ts";

const FIELDS = ["Search", "Payments", "Support", "Research", "Growth", "Security", "Logistics"];

/** Generates organizations without members, the same ones every time. */
export function generateOrganizations(count: number): StoredOrganization[] {
  return Array.from({ length: count }, (_, index) => {
    const field = FIELDS[index % FIELDS.length] ?? "";
    return {
      id: toId("Organization", index + 1),
      name: `${field} ${String(index + 1).padStart(4, "0")}`,
      description: `Everybody who works on ${field.toLowerCase()}`,
      createdAtMs: madeUpCreationMs(index),
      members: new Map(),
      isDeleted: false,
    };
  });
}
