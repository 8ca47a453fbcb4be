/** Requests as the wire has them: checked, and spelled for either dialect. */
import type { GenericSchema } from "valibot";
import { ValidationError } from "../errors/errors.ts";
import { camelCase } from "../util/names.ts";
import type { SpellEnum } from "./encoding.ts";
import { upperCase } from "./enum-values.ts";
import { requestIssues } from "./request-issues.ts";

/** The generated schema of a body or a query, and its generated encoder. */
export interface RequestModel {
  readonly schema: GenericSchema & { readonly entries: Readonly<Record<string, unknown>> };
  encode(params: unknown, spell: SpellEnum): unknown;
}

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

/** Both forms, changed alike. */
export function mapForms<Request>(
  { lower, upper }: RequestForms<Request>,
  change: (request: Request) => Request,
): RequestForms<Request> {
  return lower === upper ? sameForms(change(lower)) : { lower: change(lower), upper: change(upper) };
}

/** The public names of a request's fields. */
export const namesOf = ({ schema }: RequestModel): string[] => Object.keys(schema.entries).map(camelCase);

/**
 * Encodes the arguments of a method and holds them against the spec's constraints. `Request` and the model are generated
 * from the same part of the spec.
 *
 * @throws {ValidationError} with every rule that is broken, in public names.
 */
export function toRequest<Request>(
  method: string,
  model: RequestModel,
  params: object,
): RequestForms<Request> {
  let hasEnum = false;
  const lower = model.encode(params, (value) => {
    hasEnum = true;
    return value;
  });
  const issues = requestIssues(model.schema, lower);
  if (issues.length > 0) throw new ValidationError(method, issues);
  const upper = hasEnum ? model.encode(params, upperCase) : lower;
  return { lower: lower as Request, upper: upper as Request };
}
