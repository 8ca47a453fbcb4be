import { type OperationId, paths } from "../../generated/operations.gen.ts";
import { ValidationError } from "../errors/errors.ts";
import { idIssue } from "../errors/issue.ts";
import { retrySafety as operationSafety, type RetrySafety } from "../transport/retry-safety.ts";
import { type CallResult, sendWithRetries } from "../transport/send-with-retries.ts";
import { bareObject, type Members } from "../util/members.ts";
import type { ApiCall, ClientContext } from "./client-context.ts";

/** What every generated function gets, besides its path, query and body. */
type CommonOptions = ClientContext["generated"] & { readonly fetch: typeof globalThis.fetch };

/** The parts of a request, without those that it inherits. */
interface Parts {
  path?: Members;
  query?: Members;
}

let noContent: Response | undefined;

/**
 * Calls a generated function with the transport as its `fetch`, which adds timeouts, retries, rate limits and error mapping.
 * Every request goes through here, except the confirming one of `confirm-api.ts`. `safety` overrides that of the operation, for
 * a call that is less safe to repeat than others.
 *
 * @throws {ValidationError} if an ID from a response would change the path.
 */
export async function callOperation<Options>(
  call: ApiCall,
  operation: OperationId,
  generated: (options: Options & CommonOptions) => Promise<unknown>,
  request: Pick<Options, Extract<keyof Options, "path" | "query" | "body">>,
  safety: RetrySafety = operationSafety[operation],
): Promise<CallResult> {
  const own: Parts = Object.assign(bareObject(), request);
  assertIds(operation, own.path);
  // The generated client also sends what a query inherits.
  if (own.query) own.query = Object.assign(bareObject(), own.query);
  const template = paths[operation];
  // Kept outside, since the generated client replaces a falsy error, such as an abort reason, with {}.
  let ended: Promise<CallResult> | undefined;
  const fetch = async (request: Request): Promise<Response> => {
    const { method, url } = request;
    const body = request.body === null ? undefined : await request.text();
    ended = sendWithRetries({
      call,
      operation,
      request: { method, template, url, body },
      token: undefined,
      safety,
    });
    await ended;
    // The generated client only checks for success.
    noContent ??= new Response(null, { status: 204 });
    return noContent;
  };
  // The client is on the prototype, which a spread omits: the generated client passes a copy of these options to `new Request`,
  // and Deno rejects a `client` that is not a Deno.HttpClient.
  const options: Options & CommonOptions = Object.create(call.client.generated);
  try {
    // It passes a Request and nothing else to `fetch`.
    await generated(Object.assign(options, own, { fetch }));
  } catch (error) {
    if (!ended) throw error;
  }
  if (!ended) throw new Error(`${operation} sent no request`);
  return ended;
}

/** Rejects an ID such as `..`, which would change the path of the URL (RFC 3986, 5.2.4). */
function assertIds(operation: OperationId, path: Members = {}): void {
  for (const name of Object.keys(path)) {
    const issue = idIssue(name, path[name]);
    if (issue) throw new ValidationError(paths[operation], [issue]);
  }
}
