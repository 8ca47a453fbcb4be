import type { ApiCall, ClientContext } from "../api/client-context.ts";
import { mapForms, namesOf, type RequestForms, type RequestModel, toRequest } from "../api/request.ts";
import { type RequestOptions, readRequestOptions } from "../config/client-options.ts";
import { ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";
import type { ValidationIssue } from "../errors/types.ts";
import { createCallContext } from "../transport/call-context.ts";
import { camelCase } from "../util/names.ts";
import type { Operation } from "./operation.ts";
import { type PageData, PagePromise } from "./pages.ts";
import { readParams } from "./params.ts";
import { warnOnce } from "./prerelease.ts";

interface Cursor {
  readonly cursor?: string | undefined;
}

/** A method that lists: what it takes, and how it gets one page. */
export interface ListMethod<Query, T> {
  readonly method: Operation;
  readonly query: RequestModel;
  load(call: ApiCall, query: RequestForms<Query>): Promise<PageData<T>>;
}

/** Runs one. The arguments are read now; an invalid one rejects when a page is requested. */
export function runList<Query extends Cursor, T>(
  context: ClientContext,
  { method: { name, key, uses }, query: model, load }: ListMethod<Query, T>,
  params: Cursor,
  options: RequestOptions | undefined,
): PagePromise<T> {
  warnOnce(context, key, uses);
  try {
    const query = readQuery<Query>(name, model, params);
    const ownOptions = readRequestOptions(name, options);
    const loadPage = async (cursor: string | undefined) =>
      load(
        createCallContext(context, name, ownOptions),
        cursor ? mapForms(query, (one) => ({ ...one, cursor })) : query,
      );
    return new PagePromise(loadPage, query.lower.cursor);
  } catch (error) {
    return new PagePromise(() => Promise.reject(error), undefined);
  }
}

function readQuery<Query extends Cursor>(
  name: string,
  model: RequestModel,
  params: Cursor,
): RequestForms<Query> {
  const query = toRequest<Query>(name, model, readParams(name, params, namesOf(model)));
  const issues = Object.entries(query.lower).flatMap(
    ([key, value]) => emptyFilter(camelCase(key), value) ?? [],
  );
  if (issues.length > 0) throw new ValidationError(name, issues);
  return query;
}

/** A server ignores an empty filter and lists everything; a loop that deletes what it lists would delete everybody. */
function emptyFilter(path: string, value: unknown): ValidationIssue | undefined {
  const isEmpty =
    typeof value === "string" ? value.trim() === "" : Array.isArray(value) && value.length === 0;
  return isEmpty ? issue(path, "must not be empty; leave it out to list all", value) : undefined;
}
