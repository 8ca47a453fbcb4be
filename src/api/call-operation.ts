import type { Client } from "../../generated/client/index.ts";
import { type OperationId, paths } from "../../generated/operations.gen.ts";
import { ValidationError } from "../errors/errors.ts";
import { idIssue } from "../errors/issue.ts";
import { retrySafety as operationSafety, type RetrySafety } from "../transport/retry-safety.ts";
import { type CallResult, sendWithRetries } from "../transport/send-with-retries.ts";
import type { ApiCall } from "./client-context.ts";

/** The arguments that every generated function is given besides its own path, query and body. */
interface CommonOptions {
  readonly client: Client;
  readonly fetch: typeof globalThis.fetch;
  /** The transport has read the body already. */
  readonly parseAs: "stream";
  readonly throwOnError: true;
}

let noContent: Response | undefined;

/**
 * Calls a generated function, with the transport as its `fetch`: timeouts, retries, rate limits and error mapping. Every
 * request of the package goes through here. `safety` replaces the operation's own where a call is less safe to repeat than
 * others of its kind.
 *
 * @throws {ValidationError} where an ID that the server gave leads to another path.
 */
export async function callOperation<Options>(
  call: ApiCall,
  operation: OperationId,
  generated: (options: Options & CommonOptions) => Promise<unknown>,
  request: Pick<Options, Extract<keyof Options, "path" | "query" | "body">>,
  safety: RetrySafety = operationSafety[operation],
): Promise<CallResult> {
  assertIds(operation, request);
  const template = paths[operation];
  // Kept here, since the generated client turns a falsy error, such as an abort reason, into {}.
  let ended: Promise<CallResult> | undefined;
  const fetch = async (request: Request): Promise<Response> => {
    const { method, url } = request;
    const body = request.body === null ? undefined : await request.text();
    ended = sendWithRetries({
      call,
      operation,
      request: { method, template, url, body },
      safety,
    });
    await ended;
    // The generated client only looks whether it is a success.
    noContent ??= new Response(null, { status: 204 });
    return noContent;
  };
  const options = {
    ...request,
    // The generated client calls it with a Request and nothing else.
    fetch: fetch as typeof globalThis.fetch,
    parseAs: "stream",
    throwOnError: true,
  };
  // Not enumerable: the generated client copies its options to `new Request`, where Deno takes only a client of its own.
  Object.defineProperty(options, "client", { value: call.client.generated });
  try {
    // A generated function's other options are optional.
    await generated(options as Options & CommonOptions);
  } catch (error) {
    if (!ended) throw error;
  }
  if (!ended) throw new Error(`${operation} sent no request`);
  return ended;
}

/** An ID such as `..` would make another path of the URL (RFC 3986, 5.2.4). */
function assertIds(operation: OperationId, { path = {} }: { readonly path?: object }): void {
  const issues = Object.entries(path).flatMap(([name, id]) => idIssue(name, id) ?? []);
  if (issues.length > 0) throw new ValidationError(paths[operation], issues);
}
