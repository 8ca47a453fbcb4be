/**
 * Makes functions from methods. A function takes the client as one of its params. Without it, it uses a client with the settings
 * of the environment, which is created on first use.
 */
import type { ArizeClient } from "../client.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { isRecord, membersOf } from "../util/members.ts";
import { contextOf, environmentContext } from "./client-registry.ts";
import type { ListMethod } from "./list-method.ts";
import type { Method } from "./operation.ts";
import { failedPages, type PagePromise } from "./pages.ts";
import { readParams } from "./params.ts";

/** The params of a function: those of its method, and optionally the client to use. */
export type WithClient<Params> = Params & {
  /**
   * The client to use. Default: a client that is created once, with the settings of the environment (`ARIZE_API_KEY` and so on).
   * If these are invalid, the call rejects with a {@link ValidationError}.
   */
  client?: ArizeClient | undefined;
};

/** Separates the client from the params of the method. A value that is not an object is left for the method to reject. */
function split<Params>(given: WithClient<Params>) {
  if (!isRecord(given)) return { context: environmentContext(), params: given as Params };
  const members = membersOf(given);
  // The method rejects a promise, whose members are none.
  if (!("client" in members)) return { context: environmentContext(), params: given as Params };
  const { client, ...params } = members;
  const context = client === undefined ? environmentContext() : contextOf(client, "params");
  // Without the client, WithClient<Params> is Params.
  return { context, params: params as Params };
}

/** Makes the function of a method. */
/* @__NO_SIDE_EFFECTS__ */
export const fromClient =
  <Params, Result>(method: Method<Params, Result>) =>
  async (params: WithClient<Params>, options?: RequestOptions): Promise<Result> => {
    const own = split(params);
    return method(own.context, own.params, options);
  };

/** Makes the function of a method that takes a single value. Its params have the value as `field`. */
/* @__NO_SIDE_EFFECTS__ */
export const fromClientAs = <Field extends string, Value, Result>(
  name: string,
  field: Field,
  method: Method<Value, Result>,
) =>
  fromClient(async (context, params: Record<Field, Value>, options) =>
    method(context, readParams({ method: name }, params, [field])[field], options),
  );

/** Makes the function of a list method. If the client is invalid, the list rejects when it is used. */
/* @__NO_SIDE_EFFECTS__ */
export const pagesFromClient =
  <Params, Item>(method: ListMethod<Params, Item>) =>
  // All params of a list are optional.
  (params: WithClient<Params> = {} as WithClient<Params>, options?: RequestOptions): PagePromise<Item> => {
    try {
      const own = split(params);
      return method(own.context, own.params, options);
    } catch (error) {
      return failedPages(error);
    }
  };
