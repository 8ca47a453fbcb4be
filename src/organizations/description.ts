import type { OrganizationUpdate } from "../../generated/types.gen.ts";
import type { ApiCall } from "../api/client-context.ts";
import { type Send, sendAndLearn, sendAsKnown } from "../api/enum-case.ts";
import type { ServerFacts } from "../api/enum-case-detector.ts";
import type { CallResult } from "../transport/send-with-retries.ts";

/**
 * Sends an update. An empty description clears it in the alpha dialect, null in the current one; between 2026-07-17 and
 * 2026-08-04, servers with upper-case enum values still expected an empty one. If the first value is rejected, the other one is
 * sent. The client remembers which value a server accepts.
 */
export async function sendUpdate(
  call: ApiCall,
  body: OrganizationUpdate,
  send: Send<OrganizationUpdate>,
): Promise<CallResult> {
  if (body.description !== "") return send(body, call);
  // The spec describes the alpha dialect, where a description is never null.
  const cleared = { ...body, description: null as unknown as string };
  const sendForm = (call: ApiCall, withNull: boolean) =>
    sendAndLearn(call, withNull ? cleared : body, send, {
      clearsWithNull: withNull,
      // If an empty one is accepted, no enum case is learned: a server of the current dialect might accept it too.
      ...(withNull && { enumCase: "upper" as const }),
    });
  const takesNull = ({ clearsWithNull, enumCase }: ServerFacts) => clearsWithNull ?? enumCase === "upper";
  return sendAsKnown(call, ["clearsWithNull"], {
    first: (call, facts) => sendForm(call, takesNull(facts)),
    second: (call, facts) => sendForm(call, !takesNull(facts)),
  });
}
