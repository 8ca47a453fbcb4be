import type { OperationId } from "../../generated/operations.gen.ts";
import type { CallContext } from "./call-context.ts";
import type { HttpRequest } from "./http/http-request.ts";
import type { RetrySafety } from "./retry-safety.ts";

/** One API request with its context: client, call, operation and retry safety. */
export interface RequestContext {
  readonly operation: OperationId;
  readonly call: CallContext;
  readonly request: HttpRequest;
  /** The key of this attempt, if it comes from a token provider. */
  readonly token: string | undefined;
  readonly safety: RetrySafety;
}
