import type { OrganizationUpdate } from "../../generated/types.gen.ts";
import type { ClientContext } from "../api/client-context.ts";
import { type Send, tryBothForms } from "../api/enum-case.ts";
import type { CallContext } from "../transport/call-context.ts";
import type { CallResult } from "../transport/send-with-retries.ts";

/**
 * Sends an update. What clears a description is an empty one in the alpha dialect and null in the current one; where it is
 * not known yet which dialect the server is of, the second follows if the first is refused.
 */
export async function sendUpdate(
  context: ClientContext,
  callContext: CallContext,
  body: OrganizationUpdate,
  send: Send<OrganizationUpdate>,
): Promise<CallResult> {
  if (body.description !== "") return send(body, callContext);
  // The spec is the alpha dialect's, which knows no null.
  const cleared = { ...body, description: null as unknown as string };
  return tryBothForms(context, callContext, { lower: body, upper: cleared }, async (form, callContext) => {
    const settled = await send(form, callContext);
    // That an empty one is taken says nothing: a server of the current dialect might.
    if (form === cleared) context.enumCase.learn("upper");
    return settled;
  });
}
