import type { ValidationIssue } from "../error-types.ts";
import { ValidationError } from "../errors.ts";
import { type RequestOptions, readRequestOptions } from "../options.ts";
import type { Core } from "./core.ts";
import type { Method } from "./method.ts";
import { type PageData, PagePromise } from "./pages.ts";
import { warnOnce } from "./prerelease.ts";
import type { ObjectSchema } from "./schema.ts";
import { openScope, type Scope } from "./scope.ts";
import { issue, namesOf, readParams, toRequest } from "./validate.ts";
import { camelCase } from "./wire.ts";

interface Cursor {
  readonly cursor?: string | undefined;
}

/** A method that lists: what it takes, and how it gets one page. */
export interface ListMethod<Query, T> {
  readonly method: Method;
  /** Of the query. */
  readonly schema: ObjectSchema;
  load(core: Core, scope: Scope, query: Query): Promise<PageData<T>>;
}

/** Runs one. The arguments are read now; an invalid one rejects when a page is requested. */
export function runList<Query extends Cursor, T>(
  core: Core,
  { method: { name, key, uses }, schema, load }: ListMethod<Query, T>,
  params: Cursor,
  options: RequestOptions | undefined,
): PagePromise<T> {
  warnOnce(core, key, uses);
  try {
    const query = readQuery<Query>(name, schema, params);
    const ownOptions = readRequestOptions(name, options);
    const loadPage = async (cursor: string | undefined) =>
      load(core, openScope(core, name, ownOptions), { ...query, ...(cursor && { cursor }) });
    return new PagePromise(loadPage, query.cursor);
  } catch (error) {
    return new PagePromise(() => Promise.reject(error), undefined);
  }
}

function readQuery<Query extends Cursor>(name: string, schema: ObjectSchema, params: Cursor): Query {
  const query = toRequest<Query>(name, schema, readParams(name, params, namesOf(schema)));
  const issues = Object.entries(query).flatMap(([key, value]) => emptyFilter(camelCase(key), value) ?? []);
  if (issues.length > 0) throw new ValidationError(name, issues);
  return query;
}

/** A server ignores an empty filter and lists everything; a loop that deletes what it lists would delete everybody. */
function emptyFilter(path: string, value: unknown): ValidationIssue | undefined {
  const isEmpty =
    typeof value === "string" ? value.trim() === "" : Array.isArray(value) && value.length === 0;
  return isEmpty ? issue(path, "must not be empty; leave it out to list all", value) : undefined;
}
