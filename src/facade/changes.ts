import type { ObjectSchema } from "../api/schema.ts";
import { namesOf, toRequest, trimmed } from "../api/validate.ts";
import { ValidationError } from "../errors/errors.ts";

/**
 * The body of an update, its name trimmed.
 *
 * @throws {ValidationError} where it breaks a rule, or changes nothing.
 */
export function toChanges<Body extends object>(
  method: string,
  schema: ObjectSchema,
  changes: { name?: unknown; [field: string]: unknown },
): Body {
  const body = toRequest<Body>(method, schema, trimmed(changes, "name"));
  if (Object.keys(body).length > 0) return body;
  throw new ValidationError(method, [{ path: "", message: `${namesOf(schema).join(" or ")} is required` }]);
}
