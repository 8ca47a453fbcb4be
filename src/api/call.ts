import type { Client } from "../../generated/client/index.ts";
import type { OperationId } from "../../generated/operations.gen.ts";
import type { CallContext } from "../transport/call-context.ts";
import { type OperationRequest, toHttpRequest } from "../transport/http/http-request.ts";
import { retrySafety as operationSafety, type RetrySafety } from "../transport/retry-safety.ts";
import type { RequestContext } from "../transport/send-once.ts";
import { type CallResult, sendWithRetries } from "../transport/send-with-retries.ts";
import type { ClientContext } from "./client-context.ts";

/** What a generated function is given besides its own path, query and body, and hands on to the client. */
export interface Send {
  client: Client;
  headers: Readonly<Record<string, string>>;
  meta: Record<string, unknown>;
}

/** What a generated function asks of its client. */
interface Asked extends OperationRequest {
  readonly meta: Omit<RequestContext, "request">;
}

/**
 * The one door for every request: what is known of time, failure and outcome is decided behind it and nowhere
 * else. `safety` stands in for the operation's own where a call is less safe to repeat than others of its kind.
 */
export function call(
  context: ClientContext,
  operation: OperationId,
  callContext: CallContext,
  send: (options: Send) => unknown,
  safety: RetrySafety = operationSafety[operation],
): Promise<CallResult> {
  const meta = { context, operation, callContext, safety };
  // A generated function calls the method of its operation and gives back what that gives.
  return send({ client: door, headers: callContext.headers, meta }) as Promise<CallResult>;
}

/**
 * The generated functions say what to send, and take any client to send it. hey-api's own client reads and
 * judges the answer, too, and loses on the way what has to be told (a falsy abort reason becomes `{}`, a lost
 * connection an Error without a status); it would be a sixth of the bundle, for a request's URL and headers.
 */
const door = /* @__PURE__ */ new Proxy({} as Client, {
  // client.get, client.put …: whatever HTTP method the spec gives an operation.
  get:
    (_, name) =>
    ({ meta, ...described }: Asked): Promise<CallResult> => {
      const method = String(name).toUpperCase();
      return sendWithRetries({ ...meta, request: toHttpRequest(meta.context.settings, method, described) });
    },
});
