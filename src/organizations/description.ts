import type { OrganizationUpdate } from "../../generated/types.gen.ts";
import type { Core } from "../core/core.ts";
import type { Settled } from "../core/repeat.ts";
import type { Scope } from "../core/scope.ts";
import { inEither, type Send } from "../core/wire-case.ts";

/**
 * Sends an update. What clears a description is an empty one in the alpha era and null in the current one; where it is
 * not known yet which era the server is of, the second follows if the first is refused.
 */
export async function sendUpdate(
  core: Core,
  scope: Scope,
  body: OrganizationUpdate,
  send: Send<OrganizationUpdate>,
): Promise<Settled> {
  if (body.description !== "") return send(body, scope);
  // The spec is the alpha era's, which knows no null.
  const cleared = { ...body, description: null as unknown as string };
  return inEither(core, scope, { lower: body, upper: cleared }, async (form, scope) => {
    const settled = await send(form, scope);
    // That an empty one is taken says nothing: a server of the current era might.
    if (form === cleared) core.wireCase.learn("upper");
    return settled;
  });
}
