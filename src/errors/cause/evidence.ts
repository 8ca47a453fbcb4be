import { fieldOf } from "../field-of.ts";
import { factsOf } from "./facts.ts";

/** Returns what an error of `fetch` (its copy) and its causes prove about the request. Checks the outermost error first. */
export function evidenceIn(
  cause: unknown,
  seen = new Set<unknown>(),
): "not connected" | "not made" | undefined {
  if (typeof cause !== "object" || cause === null || seen.has(cause)) return undefined;
  seen.add(cause);
  const errors = fieldOf(cause, "errors");
  // A host with several addresses fails with one error for each. All of them must prove it.
  if (Array.isArray(errors) && errors.length > 0)
    return [...new Set(errors)].every((one) => evidenceIn(one, seen)) ? "not connected" : undefined;
  const proof = factsOf(cause).find(({ proves }) => proves)?.proves;
  if (proof === "nothing") return undefined;
  return proof ?? evidenceIn(fieldOf(cause, "cause"), seen);
}
