/** Requests as the wire has them: checked, and spelled for either dialect. */
import { camelCase } from "../util/names.ts";
import type { ApiCall } from "./client-context.ts";
import type { RequestModel } from "./encoding.ts";
import { upperCase } from "./enum-values.ts";
import { assertValid, requestIssues } from "./request-issues.ts";

/** A request in both spellings of enum values; one and the same object where it holds none. */
export interface RequestForms<Request> {
  readonly lower: Request;
  readonly upper: Request;
}

/** A request without enum values. */
export const sameForms = <Request>(request: Request): RequestForms<Request> => ({
  lower: request,
  upper: request,
});

/** Both forms, with the same changes. */
export function mapForms<Request>(
  { lower, upper }: RequestForms<Request>,
  changes: Partial<Request>,
): RequestForms<Request> {
  const changed = { ...lower, ...changes };
  return { lower: changed, upper: lower === upper ? changed : { ...upper, ...changes } };
}

/** The public names of a request's fields. */
export const namesOf = ({ schema }: RequestModel<unknown>): string[] =>
  Object.keys(schema.entries).map(camelCase);

/**
 * Encodes the arguments of a method and checks them against the spec's constraints.
 *
 * @throws {ValidationError} with every rule that is broken, in public names.
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
  // The schema has accepted it.
  return { lower: lower as Request, upper: upper as Request };
}
