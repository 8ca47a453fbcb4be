import { type ClientContext, createClientContext } from "../api/client-context.ts";
import { readOptions } from "../config/client-options.ts";
import { ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";

/** The context of each client, which the client itself does not show. */
const contexts = new WeakMap<object, ClientContext>();

let fromEnvironment: ClientContext | undefined;

/** Makes a context known as that of a client. */
export function registerContext(client: object, context: ClientContext): void {
  contexts.set(client, context);
}

/**
 * The context of a client; where none is given, one that is made of the environment when it is needed first.
 *
 * @throws {ValidationError} where it is no client, or the environment has no valid settings.
 */
export function contextOf(client: unknown): ClientContext {
  if (client === undefined) {
    fromEnvironment ??= createClientContext(readOptions());
    return fromEnvironment;
  }
  // A WeakMap has nothing for what is no object.
  const context = contexts.get(client as object);
  if (context) return context;
  throw new ValidationError("params", [issue("client", "must be an ArizeClient", client)]);
}
