/**
 * All that is Node's own, and of the runtimes that do as Node does. Elsewhere there is none of it, or not all: each piece
 * is looked for when it is needed, and never imported.
 */
interface NodeProcess {
  env?: Record<string, string | undefined>;
  emitWarning?: (message: string, options: { type: string; code: string }) => void;
  getBuiltinModule?: (id: string) => { channel(name: string): Channel } | undefined;
  versions?: { undici?: string };
}

/** What undici sends requests with. */
interface Dispatcher {
  readonly isMockActive?: boolean;
  dispatch(options: object, handler: unknown): boolean;
}

/** Where undici keeps the dispatcher of the process, which others may have set (a proxy, a mock). */
const GLOBAL_DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/** A channel of `node:diagnostics_channel`. */
export interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface Host {
  process?: NodeProcess;
  WebSocketPair?: unknown;
  [GLOBAL_DISPATCHER]?: Dispatcher;
}

const host: Host = globalThis as Host;

/** A variable of the environment, trimmed; blank counts as not set, and so does one that may not be read. */
export function env(name: string): string | undefined {
  try {
    return host.process?.env?.[name]?.trim() || undefined;
  } catch {
    // Deno throws without --allow-env.
    return undefined;
  }
}

/** Warns as Node does, so that its flags apply; elsewhere on the console. */
export function emitWarning(message: string, type: string, code: string): void {
  // That of Cloudflare's Workers, which alone have WebSocketPair, tells nobody but listeners.
  const isShown = host.WebSocketPair === undefined;
  if (isShown && host.process?.emitWarning) host.process.emitWarning(message, { type, code });
  else console.warn(message);
}

/** Undefined also on a Node without getBuiltinModule (before 20.16). */
export const diagnosticsChannel = (name: string): Channel | undefined =>
  host.process?.getBuiltinModule?.("node:diagnostics_channel")?.channel(name);

/**
 * What Node's `fetch` takes to have no limits of its own, which are undici's and end a request after 300 s whatever a
 * caller allows. Requests still go to the dispatcher of the process, so that its proxy stays in use.
 */
export const withoutUndiciTimeouts = (): { dispatcher?: unknown } =>
  host.process?.versions?.undici === undefined ? {} : { dispatcher: patient };

const patient: Dispatcher = {
  get isMockActive() {
    return host[GLOBAL_DISPATCHER]?.isMockActive ?? false;
  },
  // Only undici calls this, which has set its own at the latest when fetch was first called.
  dispatch: (options, handler) =>
    host[GLOBAL_DISPATCHER]?.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler) ?? false,
};
