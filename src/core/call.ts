import type { Client } from "../../generated/client/index.ts";
import type { OperationId } from "../../generated/operations.gen.ts";
import type { Core } from "./core.ts";
import { type OperationRequest, toHttpRequest } from "./http-request.ts";
import { type Settled, sendUntilSettled } from "./repeat.ts";
import { safety as operationSafety, type Safety } from "./safety.ts";
import type { Scope } from "./scope.ts";

/** What a generated function is given besides its own path, query and body. */
export interface Send {
  client: Client;
  headers: Readonly<Record<string, string>>;
}

/**
 * The one door for every request: what is known of time, failure and outcome is decided behind it and nowhere
 * else. `safety` stands in for the operation's own where a call is less safe to repeat than others of its kind.
 *
 * The generated functions say what to send, and take any client to send it. hey-api's own client reads and
 * judges the answer, too, and loses on the way what has to be told (a falsy abort reason becomes `{}`, a lost
 * connection an Error without a status); it would be a sixth of the bundle, for a request's URL and headers.
 */
export async function call(
  core: Core,
  operation: OperationId,
  scope: Scope,
  send: (options: Send) => unknown,
  safety: Safety = operationSafety[operation],
): Promise<Settled> {
  const through = (method: string) => (described: OperationRequest) => {
    const request = toHttpRequest(core.settings, method, described);
    return sendUntilSettled({ core, operation, scope, request, safety });
  };
  const door = {
    get: through("GET"),
    post: through("POST"),
    patch: through("PATCH"),
    delete: through("DELETE"),
  };
  // A generated function calls the method of its operation and gives back what that gives.
  return send({ client: door as unknown as Client, headers: scope.headers }) as Promise<Settled>;
}
