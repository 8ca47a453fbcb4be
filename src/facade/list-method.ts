import type { OperationId } from "../../generated/operations.gen.ts";
import type { ApiCall, ClientContext } from "../api/client-context.ts";
import type { RequestModel } from "../api/encoding.ts";
import { mapForms, type RequestForms, toRequest } from "../api/request.ts";
import { assertValid } from "../api/request-issues.ts";
import { type RequestOptions, readRequestOptions } from "../config/client-options.ts";
import { issue, type ValidationIssue } from "../errors/issue.ts";
import { hideKeysIn } from "../errors/redaction/hide-keys-in.ts";
import { nextCallNumber } from "../transport/call-context.ts";
import { camelCase } from "../util/names.ts";
import { LARGEST_PAGE } from "./all-pages.ts";
import { createCall } from "./operation.ts";
import { failedPages, type PageData, PagePromise } from "./pages.ts";
import { readParams } from "./params.ts";
import { prereleaseOf, warnOnce } from "./prerelease.ts";

/** A public list method, as a function that takes the client context. */
export type ListMethod<Params, Item> = (
  context: ClientContext,
  params?: Params,
  options?: RequestOptions,
) => PagePromise<Item>;

/**
 * Makes a list method from a function that loads one page. The arguments are read when the method is called. If they are invalid,
 * the list rejects when a page is requested.
 */
/* @__NO_SIDE_EFFECTS__ */
export const defineList = <Params extends object, Query extends { cursor?: string; limit?: number }, Item>(
  name: string,
  operation: OperationId,
  model: RequestModel<Query>,
  load: (call: ApiCall, query: RequestForms<Query>) => Promise<PageData<Item>>,
): ListMethod<Params, Item> => {
  const prerelease = prereleaseOf([name, operation]);
  // All params of a list are optional.
  return (context, params = {} as Params, options) => {
    warnOnce(context, prerelease);
    try {
      const given = readParams({ method: name }, params, [], model);
      const query = toRequest({ method: name }, model, given);
      const issues = Object.entries(query.lower).map(([key, value]) => emptyFilter(camelCase(key), value));
      assertValid(name, issues);
      const ownOptions = readRequestOptions(name, options, context.settings.apiKey);
      const number = nextCallNumber();
      const loadBy = (first: RequestForms<Query>) => async (cursor: string | undefined) => {
        const call = createCall(context, name, ownOptions, number);
        return load(call, cursor ? mapForms(first, { cursor } as Partial<Query>) : first);
      };
      const isLimited = "limit" in given && given.limit !== undefined;
      const toWalk = isLimited ? query : mapForms(query, { limit: LARGEST_PAGE } as Partial<Query>);
      return new PagePromise(loadBy(query), query.lower.cursor, loadBy(toWalk));
    } catch (error) {
      return failedPages(hideKeysIn(error, context.hideKeys, undefined));
    }
  };
};

/** Rejects an empty filter. A server would ignore it, and a loop that deletes what it lists would then delete all users. */
function emptyFilter(path: string, value: unknown): ValidationIssue | undefined {
  const isEmpty =
    typeof value === "string" ? value.trim() === "" : Array.isArray(value) && value.length === 0;
  return isEmpty ? issue(path, "must not be empty; leave it out to list all", value) : undefined;
}
