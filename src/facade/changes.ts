import { namesOf, type RequestForms, type RequestModel, toRequest } from "../api/request.ts";
import { ValidationError } from "../errors/errors.ts";
import { trimmed } from "./params.ts";

/**
 * The body of an update, its name trimmed.
 *
 * @throws {ValidationError} where it breaks a rule, or changes nothing.
 */
export function toChanges<Body extends object>(
  method: string,
  model: RequestModel,
  changes: { name?: unknown; [field: string]: unknown },
): RequestForms<Body> {
  const forms = toRequest<Body>(method, model, trimmed(changes, "name"));
  if (Object.keys(forms.lower).length > 0) return forms;
  throw new ValidationError(method, [{ path: "", message: `${namesOf(model).join(" or ")} is required` }]);
}
