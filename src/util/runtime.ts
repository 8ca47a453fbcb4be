import { unlessThrows } from "./call-safely.ts";

/**
 * Everything specific to Node and compatible runtimes. Other runtimes lack some of it, so each part is looked up when it is
 * needed, and never imported.
 */
interface NodeProcess {
  env?: Record<string, string | undefined>;
  emitWarning?: (message: string, options: { type: string; code: string }) => void;
  getBuiltinModule?: (id: string) => { channel(name: string): Channel } | undefined;
  versions?: { undici?: string };
}

/** A dispatcher of undici, which sends requests. */
interface Dispatcher {
  readonly isMockActive?: boolean;
  dispatch(options: object, handler: unknown): boolean;
}

/** The key of the process-wide dispatcher of undici, which other code may have replaced (a proxy, a mock). */
const GLOBAL_DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/** A channel of `node:diagnostics_channel`. */
export interface Channel {
  readonly hasSubscribers: boolean;
  publish(message: unknown): void;
}

interface Host {
  document?: unknown;
  navigator?: { userAgent?: string };
  process?: NodeProcess;
  WebSocketPair?: unknown;
  [GLOBAL_DISPATCHER]?: Dispatcher;
}

const host: Host = globalThis as Host;

/** Reads an environment variable and trims it. One that is only whitespace, or cannot be read, counts as not set. */
export const env = (name: string): string | undefined =>
  // Deno throws without --allow-env.
  unlessThrows(() => host.process?.env?.[name]?.trim()) || undefined;

/**
 * Whether a program can set `User-Agent` in this runtime. Not in browsers: some ignore it, and others require that a server of
 * another origin permits it (CORS). Only browsers and their emulators call themselves Mozilla.
 */
export const canSetUserAgent = (): boolean =>
  host.document === undefined && !/^Mozilla/.test(host.navigator?.userAgent ?? "");

/** Emits a Node warning, so that Node's flags apply. In other runtimes, writes to the console. */
export function emitWarning(message: string, type: string, code: string): void {
  // In Cloudflare Workers (only they have WebSocketPair), emitWarning calls listeners but prints nothing.
  const isShown = host.WebSocketPair === undefined;
  if (isShown && host.process?.emitWarning) host.process.emitWarning(message, { type, code });
  else console.warn(message);
}

/** Returns a diagnostics channel; undefined in other runtimes, and in Node before 20.16, which lacks getBuiltinModule. */
export const diagnosticsChannel = (name: string): Channel | undefined =>
  host.process?.getBuiltinModule?.("node:diagnostics_channel")?.channel(name);

/**
 * Returns options for Node's `fetch` that disable undici's own timeouts, which end a request after 300 s. Requests still go
 * to the dispatcher of the process, so that its proxy is used.
 */
export const withoutUndiciTimeouts = (): { dispatcher?: unknown } =>
  host.process?.versions?.undici === undefined ? {} : { dispatcher: patient };

const patient: Dispatcher = {
  get isMockActive() {
    return host[GLOBAL_DISPATCHER]?.isMockActive ?? false;
  },
  // Only undici calls this, and it sets its own dispatcher no later than the first call of fetch.
  dispatch: (options, handler) =>
    host[GLOBAL_DISPATCHER]?.dispatch({ ...options, headersTimeout: 0, bodyTimeout: 0 }, handler) ?? false,
};
