/** Returns the batch code of a client. */
import { type BatchClient, type BatchRun, RUN_BATCH } from "../../client-batch.ts";
import { type ArizeClient, ValidationError } from "../../index.ts";

export type { BatchClient };

/**
 * Runs a batch with the code of the bulk calls, which handles speed, rate limits, a 401 and an abort. Returns the reason if
 * it ended early.
 *
 * @throws {ValidationError} if it is not a client of this package.
 */
export function runBatch<Target, Result extends { status: string }>(
  client: ArizeClient,
  run: BatchRun<Target, Result>,
): Promise<{ error: unknown } | undefined> {
  const start: unknown = Reflect.get(client, RUN_BATCH);
  if (typeof start === "function") return start(run);
  const message = "must be an ArizeClient of the same version as ax-users/roster";
  throw new ValidationError(run.method, [{ path: "client", message }]);
}
