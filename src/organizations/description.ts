import type { OrganizationUpdate } from "../../generated/types.gen.ts";
import type { ApiCall } from "../api/client-context.ts";
import { type Send, tryBothForms } from "../api/enum-case.ts";
import type { CallResult } from "../transport/send-with-retries.ts";

/**
 * Sends an update. An empty description clears it in the alpha dialect, null in the current one. If the dialect is not known yet,
 * null is sent after the empty one was rejected.
 */
export async function sendUpdate(
  call: ApiCall,
  body: OrganizationUpdate,
  send: Send<OrganizationUpdate>,
): Promise<CallResult> {
  if (body.description !== "") return send(body, call);
  // The spec describes the alpha dialect, where a description is never null.
  const cleared = { ...body, description: null as unknown as string };
  return tryBothForms(call, { lower: body, upper: cleared }, async (form, call) => {
    const settled = await send(form, call);
    // If an empty one is accepted, nothing is learned: a server of the current dialect might accept it too.
    if (form === cleared) call.client.enumCase.learn("upper");
    return settled;
  });
}
