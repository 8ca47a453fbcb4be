import type { Client } from "../../generated/client/index.ts";
import { type OperationId, operations } from "../../generated/operations.gen.ts";
import { UnexpectedResponseError } from "../errors.ts";
import { attempt, describe } from "./attempt.ts";
import type { Core } from "./core.ts";
import { type HttpRequest, type OperationRequest, toHttpRequest } from "./http-request.ts";
import { outcomeOfStatus, outcomeOfUnexpected } from "./outcome.ts";
import { requestIdOf, toAPIError, type WholeAnswer } from "./problem.ts";
import { retryAfterMs } from "./retry-after.ts";
import type { Scope } from "./scope.ts";

/** An answer of a status that the spec counts as success. */
export interface Success {
  status: number;
  /** The body, which not every operation has a use for. */
  text: string;
  contentType: string | null;
  /** The error to throw where the body is not what the spec says. */
  unexpected(reason: string): UnexpectedResponseError;
}

/** What a generated function is given besides its own path, query and body. */
export interface Send {
  client: Client;
  headers: Readonly<Record<string, string>>;
}

/**
 * The one door for every request: what is known of time, failure and outcome is decided here and nowhere else.
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
): Promise<Success> {
  const through = (method: string) => (request: OperationRequest) =>
    exchange(core, operation, scope, toHttpRequest(core.settings, method, request));
  const door = {
    get: through("GET"),
    post: through("POST"),
    patch: through("PATCH"),
    delete: through("DELETE"),
  };
  // A generated function calls the method of its operation and gives back what that gives.
  return send({ client: door as unknown as Client, headers: scope.headers }) as Promise<Success>;
}

async function exchange(
  core: Core,
  operation: OperationId,
  scope: Scope,
  request: HttpRequest,
): Promise<Success> {
  const answer = await attempt(core, scope, request);
  const { status, headers } = answer;
  if (status < 200 || status >= 300) {
    const outcome = outcomeOfStatus(request.method, status, headers);
    const wait = retryAfterMs(headers.get("retry-after"), core.clock.wallTime());
    throw toAPIError(describe(request), answer, { outcome, wait, redact: core.redact });
  }
  return understand(operation, answer, (reason) => {
    const id = requestIdOf(headers);
    const said = core.redact(id ? `${reason} (request ID ${id})` : reason);
    const message = `${describe(request)}: HTTP ${status}, but ${said}.`;
    return new UnexpectedResponseError(message, outcomeOfUnexpected(request.method));
  });
}

function understand(
  operation: OperationId,
  { status, headers, text }: WholeAnswer,
  unexpected: Success["unexpected"],
): Success {
  const expected: readonly number[] = operations[operation].success;
  if (!expected.includes(status)) throw unexpected(`the API specifies ${expected.join(" or ")}`);
  return { status, text, contentType: headers.get("content-type"), unexpected };
}
