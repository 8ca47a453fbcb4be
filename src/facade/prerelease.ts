import type { OperationId } from "../../generated/operations.gen.ts";
import { type ReleaseStage, releaseStages } from "../../generated/release-stages.gen.ts";
import type { ClientContext } from "../api/client-context.ts";
import { warningsAreDisabled } from "../config/client-options.ts";
import type { PrereleaseWarning } from "../config/prerelease-warning.ts";
import { callSafely } from "../util/call-safely.ts";
import { snakeCase } from "../util/names.ts";
import { emitWarning } from "../util/runtime.ts";

/** A public method: its name for messages, and the operations that it uses. */
export type MethodDescription = readonly [name: string, ...uses: OperationId[]];

interface Prerelease extends Pick<PrereleaseWarning, "key"> {
  /** Undefined if all operations are stable. */
  readonly stage: PrereleaseWarning["stage"] | undefined;
}

/** Symbol.for, so that all copies of the package in a process emit each warning only once. */
const WARNED = Symbol.for("ax-users.prerelease");

function warned(): Set<string> {
  const host = globalThis as { [WARNED]?: Set<string> };
  host[WARNED] ??= new Set();
  return host[WARNED];
}

/** Returns the key of a method's warning, and the least stable stage of the operations that it uses. */
export function prereleaseOf([name, ...uses]: MethodDescription): Prerelease {
  const stages = uses.map((operation): ReleaseStage => releaseStages[operation]);
  const stage = (["alpha", "beta"] as const).find((unstable) => stages.includes(unstable));
  return { key: snakeCase(name), stage };
}

/** Emits a warning at the first call of a prerelease method. */
export function warnOnce(context: ClientContext, { key, stage }: Prerelease): void {
  const { prereleaseWarnings } = context.settings;
  if (!stage || prereleaseWarnings === false || warned().has(key)) return;
  if (warningsAreDisabled()) return;
  warned().add(key);
  emit(prereleaseWarnings, {
    key,
    stage,
    code: `AX_USERS_${stage.toUpperCase()}`,
    message:
      `[${stage.toUpperCase()}] ${key} is ${stage === "alpha" ? "an alpha" : "a beta"} API and may change ` +
      "without notice. Silence: prereleaseWarnings: false, or DISABLE_PRERELEASE_WARNING=true.",
  });
}

function emit(warnings: true | ((warning: PrereleaseWarning) => void), warning: PrereleaseWarning): void {
  if (typeof warnings === "function") callSafely(() => warnings(warning));
  else emitWarning(warning.message, "PrereleaseWarning", warning.code);
}
