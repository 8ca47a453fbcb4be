import type { OperationId } from "../../generated/operations.gen.ts";
import { type ReleaseStage, releaseStages } from "../../generated/release-stages.gen.ts";
import type { ClientContext } from "../api/client-context.ts";
import { callSafely } from "../util/call-safely.ts";
import { emitWarning, env } from "../util/runtime.ts";

/**
 * Told once in a process for each method whose API may still change.
 *
 * @example
 * import { ArizeClient, type PrereleaseWarning } from "ax-users";
 *
 * const tell = ({ key, stage }: PrereleaseWarning) => console.log(key, stage);
 * const client = new ArizeClient({ prereleaseWarnings: tell });
 * await client.users.list();
 */
export interface PrereleaseWarning {
  /** The method: `users.list`, `users.bulk_delete`. */
  key: string;
  /** The least stable stage of what the method uses. */
  stage: "alpha" | "beta";
  /** What `node --disable-warning` takes: `AX_USERS_ALPHA` or `AX_USERS_BETA`. */
  code: string;
  /** The whole warning. */
  message: string;
}

/** Symbol.for, so that two copies of the package in one process share what was told. */
const TOLD = Symbol.for("ax-users.prerelease");

function stats(): Set<string> {
  const host = globalThis as { [TOLD]?: Set<string> };
  host[TOLD] ??= new Set();
  return host[TOLD];
}

/** Warns of a method's first call, with the least stable stage of the operations it uses. */
export function warnOnce(context: ClientContext, key: string, uses: readonly OperationId[]): void {
  const { prereleaseWarnings } = context.settings;
  if (prereleaseWarnings === false || stats().has(key)) return;
  const stages = uses.map((operation): ReleaseStage => releaseStages[operation]);
  const stage = (["alpha", "beta"] as const).find((unstable) => stages.includes(unstable));
  if (!stage || env("DISABLE_PRERELEASE_WARNING") === "true") return;
  stats().add(key);
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
