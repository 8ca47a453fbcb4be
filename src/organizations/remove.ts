import type { Settled } from "../core/repeat.ts";
import { NotFoundError } from "../errors.ts";

/** Waits for a removal. Where an earlier request of it got no answer, a 404 says that it was carried out. */
export async function removal(sent: Promise<Settled>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof NotFoundError && error.outcome === "unknown")) throw error;
  }
}
