import type { OrganizationUpdate } from "../../generated/types.gen.ts";
import type { Settled } from "../core/repeat.ts";
import { BadRequestError, UnprocessableEntityError } from "../errors.ts";

/**
 * Sends an update. What clears a description is an empty one in the alpha era, and null in the current one: which
 * era a server is of shows when it refuses the other.
 */
export async function sendUpdate(
  body: OrganizationUpdate,
  send: (body: OrganizationUpdate) => Promise<Settled>,
): Promise<Settled> {
  try {
    return await send(body);
  } catch (error) {
    if (body.description !== "" || !isRefusal(error)) throw error;
    // The spec is the alpha era's, which knows no null.
    const cleared = { ...body, description: null as unknown as string };
    return send(cleared).catch((second) => {
      throw isRefusal(second) ? error : second;
    });
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof BadRequestError || error instanceof UnprocessableEntityError;
