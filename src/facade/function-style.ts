/**
 * What the function style is made of: a function takes the client among its params, or uses one that is made of the
 * environment when it is needed first.
 */

import type { ClientContext } from "../api/client-context.ts";
import type { ArizeClient } from "../client.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { isRecord, membersOf } from "../util/members.ts";
import { contextOf } from "./client-registry.ts";
import { PagePromise } from "./pages.ts";

/**
 * The params of a function: those of the method, and optionally the client to use.
 *
 * @example
 * import { type ListUsersParams, listUsers, type WithClient } from "ax-users";
 *
 * const params: WithClient<ListUsersParams> = { status: ["invited"], client };
 * for await (const { email } of listUsers(params)) console.log(email);
 */
export type WithClient<Params> = Params & {
  /**
   * Default: one that is made once, of the environment (`ARIZE_API_KEY` and so on); where that has no valid settings, the
   * call rejects with a {@link ValidationError}.
   */
  client?: ArizeClient | undefined;
};

/** Tells the client from the params of the method. What is no object is left for the method to refuse. */
function split<Params extends object>(given: WithClient<Params>): { context: ClientContext; params: Params } {
  if (!isRecord(given)) return { context: contextOf(undefined), params: given };
  const { client, ...params } = membersOf(given);
  // Without the client, WithClient<Params> is Params.
  return { context: contextOf(client), params: params as unknown as Params };
}

/** Calls a method that asks once. */
export async function callWith<Params extends object, Result>(
  method: (context: ClientContext, params: Params, options?: RequestOptions) => Promise<Result>,
  given: WithClient<Params>,
  options: RequestOptions | undefined,
): Promise<Result> {
  const { context, params } = split(given);
  return method(context, params, options);
}

/** Calls a method that lists; what is wrong with the client rejects when the list is used, as with the methods. */
export function pagesWith<Params extends object, Item>(
  method: (context: ClientContext, params: Params, options?: RequestOptions) => PagePromise<Item>,
  given: WithClient<Params>,
  options: RequestOptions | undefined,
): PagePromise<Item> {
  try {
    const { context, params } = split(given);
    return method(context, params, options);
  } catch (error) {
    return new PagePromise(() => Promise.reject(error), undefined);
  }
}
