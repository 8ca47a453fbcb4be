import { ValidationError } from "../errors.ts";
import { readOptions } from "../options.ts";
import { type Core, createCore } from "./core.ts";
import { issue } from "./validate.ts";

/** The core of each client, which the client itself does not show. */
const cores = new WeakMap<object, Core>();

let fromEnvironment: Core | undefined;

/** Makes a core known as that of a client. */
export function rememberCore(client: object, core: Core): void {
  cores.set(client, core);
}

/**
 * The core of a client; where none is given, one that is made of the environment when it is needed first.
 *
 * @throws {ValidationError} where it is no client, or the environment has no valid settings.
 */
export function coreOf(client: unknown): Core {
  if (client === undefined) {
    fromEnvironment ??= createCore(readOptions());
    return fromEnvironment;
  }
  const core = typeof client === "object" && client !== null ? cores.get(client) : undefined;
  if (!core) throw new ValidationError("params", [issue("client", "must be an ArizeClient", client)]);
  return core;
}
