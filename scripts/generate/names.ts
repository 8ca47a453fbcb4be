import { camelCase } from "../../src/util/names.ts";

/** `created_at` → `CreatedAt`. */
export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** The name of a list: `UserStatus` → `USER_STATUSES`. */
export function constantCase(name: string): string {
  const singular = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, "_").toUpperCase();
  return singular + (singular.endsWith("S") ? "ES" : "S");
}
