import { type Dialect, findSpelled } from "../dialect.ts";
import type { Role } from "../role.ts";
import type { SandboxRequest } from "../types.ts";
import { characters, isRecord, isText } from "../vocabulary.ts";
import { badRequest } from "./problems.ts";

/** Reads the fields of a body. Rejects unknown fields. */
export function readFields(
  { headers, body }: SandboxRequest,
  known: readonly string[],
): Record<string, unknown> {
  const mediaType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") throw badRequest("The Content-Type must be application/json.");
  if (!isRecord(body)) throw badRequest("The body must be a JSON object.");
  rejectUnknown("", body, known);
  return body;
}

/** Reads the fields of an update: at least one known field, and no unknown ones. */
export function readChanges(request: SandboxRequest, known: readonly string[]): Record<string, unknown> {
  const fields = readFields(request, known);
  if (Object.keys(fields).length > 0) return fields;
  throw badRequest(`At least one of ${known.map((field) => `'${field}'`).join(" and ")} is required.`);
}

export function readText(field: string, value: unknown): string {
  if (isText(value)) return value;
  throw badRequest(`The '${field}' field is required and must be a non-empty string.`);
}

export function readName(value: unknown): string {
  const name = readText("name", value);
  if (characters(name) > 255) throw badRequest("The 'name' field must have at most 255 characters.");
  return name;
}

export function readEnum<Value extends string>(
  field: string,
  value: unknown,
  values: readonly Value[],
  dialect: Dialect,
): Value {
  const read = findSpelled(dialect, values, value);
  if (read !== undefined) return read;
  throw badRequest(`The '${field}' field must be one of ${values.map(dialect.spell).join(", ")}.`);
}

/** A custom role is identified by its ID alone. */
export function readRole<Name extends string>(
  role: unknown,
  names: readonly Name[],
  dialect: Dialect,
): Role<Name> {
  if (!isRecord(role)) throw badRequest("The 'role' field is required and must be an object.");
  const type = readEnum("role.type", role["type"], ["predefined", "custom"], dialect);
  if (type === "predefined") {
    rejectUnknown("role.", role, ["type", "name"]);
    return { type, name: readEnum("role.name", role["name"], names, dialect) };
  }
  rejectUnknown("role.", role, dialect.customRoleFields);
  return { type, id: readText("role.id", role["id"]) };
}

function rejectUnknown(within: string, value: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  throw badRequest(`The field '${within}${unknown}' is unknown; expected one of ${known.join(", ")}.`);
}
