import type { OrganizationUpdate } from "../../generated/types.gen.ts";
import type { ApiCall } from "../api/client-context.ts";
import { type Send, tryBothForms } from "../api/enum-case.ts";
import type { CallResult } from "../transport/send-with-retries.ts";

/**
 * Sends an update. What clears a description is an empty one in the alpha dialect and null in the current one; where it is
 * not known yet which dialect the server is of, the second follows if the first is refused.
 */
export async function sendUpdate(
  call: ApiCall,
  body: OrganizationUpdate,
  send: Send<OrganizationUpdate>,
): Promise<CallResult> {
  if (body.description !== "") return send(body, call);
  // The spec is the alpha dialect's, which knows no null.
  const cleared = { ...body, description: null as unknown as string };
  return tryBothForms(call, { lower: body, upper: cleared }, async (form, call) => {
    const settled = await send(form, call);
    // That an empty one is taken says nothing: a server of the current dialect might.
    if (form === cleared) call.client.enumCase.learn("upper");
    return settled;
  });
}
