import { ValidationError } from "../errors.ts";
import type { Infer, ObjectSchema } from "./schema.ts";
import { type Exact, namesOf, toCheckedWire, trimmed } from "./validate.ts";

/**
 * The body of an update, its name trimmed.
 *
 * @throws {ValidationError} where it breaks a rule, or changes nothing.
 */
export function toChanges<Schema extends ObjectSchema, Changes extends { name?: unknown }>(
  method: string,
  schema: Schema,
  changes: Changes,
): NoInfer<Exact<Infer<Schema>>> {
  const body = toCheckedWire(method, schema, trimmed(changes, "name"));
  // It is held against the schema.
  if (Object.keys(body).length > 0) return body as NoInfer<Exact<Infer<Schema>>>;
  throw new ValidationError(method, [{ path: "", message: `${namesOf(schema).join(" or ")} is required` }]);
}
