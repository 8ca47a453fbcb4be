/**
 * What the function style is made of: a function takes the client among its params, or uses one that is made of the
 * environment when it is needed first.
 */
import type { ArizeClient } from "../client.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { isRecord, membersOf } from "../util/members.ts";
import { contextOf } from "./client-registry.ts";
import type { ListMethod } from "./list-method.ts";
import type { Method } from "./operation.ts";
import { failedPages, type PagePromise } from "./pages.ts";
import { readParams } from "./params.ts";

/** The params of a function: those of the method, and optionally the client to use. */
export type WithClient<Params> = Params & {
  /**
   * Default: one that is made once, of the environment (`ARIZE_API_KEY` and so on); where that has no valid settings, the
   * call rejects with a {@link ValidationError}.
   */
  client?: ArizeClient | undefined;
};

/** Tells the client from the params of the method. What is no object is left for the method to refuse. */
function split<Params>(given: WithClient<Params>) {
  if (!isRecord(given)) return { context: contextOf(undefined), params: given as Params };
  const { client, ...params } = membersOf(given);
  // Without the client, WithClient<Params> is Params.
  return { context: contextOf(client), params: params as Params };
}

/** The function of a method. */
/* @__NO_SIDE_EFFECTS__ */
export const fromClient =
  <Params, Result>(method: Method<Params, Result>) =>
  async (params: WithClient<Params>, options?: RequestOptions): Promise<Result> => {
    const own = split(params);
    return method(own.context, own.params, options);
  };

/** The function of a method that takes one value: its params have the value as `field`. */
/* @__NO_SIDE_EFFECTS__ */
export const fromClientAs = <Field extends string, Value, Result>(
  name: string,
  field: Field,
  method: Method<Value, Result>,
) =>
  fromClient(async (context, params: Record<Field, Value>, options) =>
    method(context, readParams({ method: name }, params, [field])[field], options),
  );

/** The function of a method that lists; what is wrong with the client rejects when the list is used. */
/* @__NO_SIDE_EFFECTS__ */
export const pagesFromClient =
  <Params, Item>(method: ListMethod<Params, Item>) =>
  // Any of the parameters of a list may be left out.
  (params: WithClient<Params> = {} as WithClient<Params>, options?: RequestOptions): PagePromise<Item> => {
    try {
      const own = split(params);
      return method(own.context, own.params, options);
    } catch (error) {
      return failedPages(error);
    }
  };
