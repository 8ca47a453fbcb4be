import type { OperationId } from "../../generated/operations.gen.ts";
import type { ApiCall, ClientContext } from "../api/client-context.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { createCallContext } from "../transport/call-context.ts";
import { warnOnce } from "./prerelease.ts";

/** A public method, as a function of what all calls of a client share. */
export type Method<Params, Result> = (
  context: ClientContext,
  params: Params,
  options?: RequestOptions,
) => Promise<Result>;

export function createCall(context: ClientContext, method: string, options?: RequestOptions): ApiCall {
  return { ...createCallContext(context, method, options), method };
}

/** Makes a method, named as warnings and messages name it, of the operations that it uses. Whatever it throws is a rejection. */
/* @__NO_SIDE_EFFECTS__ */
export const defineMethod =
  <Params, Result>(
    name: string,
    uses: readonly OperationId[],
    body: (call: ApiCall, params: Params) => Promise<Result>,
  ): Method<Params, Result> =>
  async (context, params, options) => {
    warnOnce(context, name, uses);
    return body(createCall(context, name, options), params);
  };
