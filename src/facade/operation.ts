import type { OperationId } from "../../generated/operations.gen.ts";
import type { ApiCall, ClientContext } from "../api/client-context.ts";
import type { RequestOptions } from "../config/client-options.ts";
import { createCallContext } from "../transport/call-context.ts";
import { warnOnce } from "./prerelease.ts";

/** A public method as warnings and messages name it, with the operations that it is made of. */
export interface Operation {
  readonly name: string;
  /** Its key in warnings, where that is not `name`. */
  readonly key: string;
  readonly uses: readonly OperationId[];
}

/** Describes a method; its key is its name in snake_case: `users.bulkDelete`, `users.bulk_delete`. */
/* @__NO_SIDE_EFFECTS__ */
export function defineOperation(name: string, ...uses: OperationId[]): Operation {
  return { name, key: name.replace(/[A-Z]/g, "_$&").toLowerCase(), uses };
}

/** Runs a public method: warns once, opens its scope, and turns whatever is thrown into a rejection. */
export async function run<T>(
  context: ClientContext,
  { name, key, uses }: Operation,
  options: RequestOptions | undefined,
  body: (call: ApiCall) => Promise<T>,
): Promise<T> {
  warnOnce(context, key, uses);
  return body(createCallContext(context, name, options));
}
