import type { OperationId } from "../../generated/operations.gen.ts";
import type { RequestOptions } from "../options.ts";
import type { Core } from "./core.ts";
import { warnOnce } from "./prerelease.ts";
import { openScope, type Scope } from "./scope.ts";

/** A public method as warnings and messages name it, with the operations that it is made of. */
export interface Method {
  readonly name: string;
  /** Its key in warnings, where that is not `name`. */
  readonly key: string;
  readonly uses: readonly OperationId[];
}

/** Describes a method; its key is its name in snake_case: `users.bulkDelete`, `users.bulk_delete`. */
/* @__NO_SIDE_EFFECTS__ */
export function method(name: string, ...uses: OperationId[]): Method {
  return { name, key: name.replace(/[A-Z]/g, "_$&").toLowerCase(), uses };
}

/** Runs a public method: warns once, opens its scope, and turns whatever is thrown into a rejection. */
export async function run<T>(
  core: Core,
  { name, key, uses }: Method,
  options: RequestOptions | undefined,
  body: (scope: Scope) => Promise<T>,
): Promise<T> {
  warnOnce(core, key, uses);
  return body(openScope(core, name, options));
}
