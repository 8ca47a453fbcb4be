import type { OrganizationUpdate } from "../../generated/types.gen.ts";
import type { Core } from "../core/core.ts";
import type { Settled } from "../core/repeat.ts";
import type { Scope } from "../core/scope.ts";
import { orElse } from "../core/wire-case.ts";
import type { Outcome } from "../error-types.ts";

/**
 * Sends an update. What clears a description is an empty one in the alpha era and null in the current one; where it is
 * not known yet which era the server is of, the second follows if the first is refused.
 */
export function sendUpdate(
  { wireCase }: Core,
  scope: Scope,
  body: OrganizationUpdate,
  send: (body: OrganizationUpdate, before?: Outcome) => Promise<Settled>,
): Promise<Settled> {
  if (body.description !== "") return send(body);
  // The spec is the alpha era's, which knows no null.
  const cleared = { ...body, description: null as unknown as string };
  if (wireCase.known) return send(wireCase.known === "lower" ? body : cleared);
  return orElse(
    scope,
    () => send(body),
    async (before) => {
      const settled = await send(cleared, before);
      wireCase.learn("upper");
      return settled;
    },
  );
}
