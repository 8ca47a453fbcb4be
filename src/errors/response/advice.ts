import type { Outcome } from "../types.ts";

/** The advice to append to the message of an error with this outcome. */
export const adviceOn = (outcome: Outcome): string =>
  outcome === "unknown" ? " It may have taken effect: check before you repeat it." : "";
