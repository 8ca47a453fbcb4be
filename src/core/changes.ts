import type { InferOutput } from "valibot";
import { ValidationError } from "../errors.ts";
import { type Exact, namesOf, type ParamsSchema, toRequest, trimmed } from "./validate.ts";

/**
 * The body of an update, its name trimmed.
 *
 * @throws {ValidationError} where it breaks a rule, or changes nothing.
 */
export function toChanges<Schema extends ParamsSchema, Changes extends { name?: unknown }>(
  method: string,
  schema: Schema,
  changes: Changes,
): Exact<InferOutput<Schema>> {
  const body = toRequest(method, schema, trimmed(changes, "name"));
  if (Object.keys(body).length > 0) return body;
  throw new ValidationError(method, [{ path: "", message: `${namesOf(schema).join(" or ")} is required` }]);
}
