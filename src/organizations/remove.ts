import { NotFoundError } from "../errors/errors.ts";
import type { CallResult } from "../transport/send-with-retries.ts";

/** Waits for a removal. Where an earlier request of it got no answer, a 404 says that it was carried out. */
export async function removal(sent: Promise<CallResult>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof NotFoundError && error.outcome === "unknown")) throw error;
  }
}
