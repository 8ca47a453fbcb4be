/**
 * All that is Node's own, and of the runtimes that do as Node does. Elsewhere there is none of it, or not all: each piece
 * is looked for when it is needed, and never imported.
 */
interface NodeProcess {
  env?: Record<string, string | undefined>;
  emitWarning?: (message: string, options: { type: string; code: string }) => void;
  getBuiltinModule?: (id: string) => { channel(name: string): Channel } | undefined;
}

/** A channel of `node:diagnostics_channel`. */
export interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

const nodeProcess = (): NodeProcess | undefined => (globalThis as { process?: NodeProcess }).process;

/** A variable of the environment, trimmed; blank counts as not set, and so does one that may not be read. */
export function env(name: string): string | undefined {
  try {
    return nodeProcess()?.env?.[name]?.trim() || undefined;
  } catch {
    // Deno throws without --allow-env.
    return undefined;
  }
}

/** Warns as Node does, so that its flags apply; elsewhere on the console. */
export function emitWarning(message: string, type: string, code: string): void {
  const process = nodeProcess();
  if (process?.emitWarning) process.emitWarning(message, { type, code });
  else console.warn(message);
}

/** Undefined also on a Node without getBuiltinModule (before 20.16). */
export const diagnosticsChannel = (name: string): Channel | undefined =>
  nodeProcess()?.getBuiltinModule?.("node:diagnostics_channel")?.channel(name);
