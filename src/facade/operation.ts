import type { ApiCall, ClientContext } from "../api/client-context.ts";
import { type RequestOptions, readRequestOptions } from "../config/client-options.ts";
import type { CallSettings } from "../config/request-options.ts";
import { hideKeysIn } from "../errors/redaction/hide-keys-in.ts";
import { createCallContext } from "../transport/call-context.ts";
import { type MethodDescription, prereleaseOf, warnOnce } from "./prerelease.ts";

/** A public method, as a function that takes the client context. */
export type Method<Params, Result> = (
  context: ClientContext,
  params: Params,
  options?: RequestOptions,
) => Promise<Result>;

/** Creates the context of a call. `number` is given if it is part of another call. */
export function createCall(
  context: ClientContext,
  method: string,
  settings: CallSettings | undefined,
  number?: number,
): ApiCall {
  const call = createCallContext(context, method, settings, number);
  return context.shared ? { ...call, ...context.shared, client: context, method } : call;
}

/** Makes a method that warns once and creates the call context. It never throws; errors are rejections. */
/* @__NO_SIDE_EFFECTS__ */
export const defineMethod = <Params, Result>(
  description: MethodDescription,
  body: (call: ApiCall, params: Params) => Promise<Result>,
): Method<Params, Result> => {
  const [name] = description;
  const prerelease = prereleaseOf(description);
  return async (context, params, options) => {
    warnOnce(context, prerelease);
    try {
      const settings = readRequestOptions(name, options, context.settings.apiKey);
      return await body(createCall(context, name, settings), params);
    } catch (error) {
      throw hideKeysIn(error, context.hideKeys, options?.signal?.reason);
    }
  };
};
