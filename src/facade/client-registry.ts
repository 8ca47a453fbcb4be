import { type ClientContext, createClientContext } from "../api/client-context.ts";
import { readOptions } from "../config/client-options.ts";
import { ValidationError } from "../errors/errors.ts";
import { issue } from "../errors/issue.ts";

/** The context of each client. It is not a property of the client, so that it is not exposed. */
const contexts = new WeakMap<object, ClientContext>();

let fromEnvironment: ClientContext | undefined;

/** Registers the context of a client. */
export function registerContext(client: object, context: ClientContext): void {
  contexts.set(client, context);
}

/**
 * Returns a context with the settings of the environment, which is created on first use.
 *
 * @throws {ValidationError} if the environment has no valid settings.
 */
export function environmentContext(): ClientContext {
  fromEnvironment ??= createClientContext(readOptions());
  return fromEnvironment;
}

/**
 * Returns the context of a client. `where` begins the message of the error.
 *
 * @throws {ValidationError} if `client` is not an ArizeClient of this copy of the package.
 */
export function contextOf(client: unknown, where: string): ClientContext {
  // For a value that is not an object, a WeakMap returns undefined.
  const context = contexts.get(client as object);
  if (context) return context;
  throw new ValidationError(where, [issue("client", "must be an ArizeClient", client)]);
}
