/** Requests in wire form: checked, and spelled for both dialects. */
import type { ApiCall } from "./client-context.ts";
import type { RequestModel } from "./encoding.ts";
import { upperCase } from "./enum-values.ts";
import { assertValid, requestIssues } from "./request-issues.ts";

/** A request in both enum cases. Both are the same object if it has no enum value. */
export interface RequestForms<Request> {
  readonly lower: Request;
  readonly upper: Request;
}

/** The forms of a request without enum values. */
export const sameForms = <Request>(request: Request): RequestForms<Request> => ({
  lower: request,
  upper: request,
});

/** Applies the same changes to both forms. */
export function mapForms<Request>(
  { lower, upper }: RequestForms<Request>,
  changes: Partial<Request>,
): RequestForms<Request> {
  const changed = { ...lower, ...changes };
  return { lower: changed, upper: lower === upper ? changed : { ...upper, ...changes } };
}

/**
 * Encodes the params of a method and checks them against the spec's constraints.
 *
 * @throws {ValidationError} with all broken rules, by public names.
 */
export function toRequest<Request>(
  { method }: Pick<ApiCall, "method">,
  { schema, encode }: RequestModel<Request>,
  params: object,
): RequestForms<Request> {
  let hasEnum = false;
  const lower = encode(params, (value) => {
    hasEnum = true;
    return value;
  });
  assertValid(method, requestIssues(schema, lower));
  const upper = hasEnum ? encode(params, upperCase) : lower;
  // The schema has validated it.
  return { lower: lower as Request, upper: upper as Request };
}
