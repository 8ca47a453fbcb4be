import { readFile } from "node:fs/promises";
import { ArizeClient, type ClientEvent, type Logger, type Region } from "ax-users";
import type { Context } from "./args/command.ts";
import type { Args } from "./args/parse.ts";
import { reasonOf, UsageError } from "./exit.ts";
import { printable } from "./io/colour.ts";
import { readInput } from "./io/input.ts";
import type { Io } from "./io/io.ts";

type Listener = (event: ClientEvent) => void;

/** Creates the client from the options and the environment. */
export async function openClient({ args, io, apiKey }: Context, onEvent?: Listener): Promise<ArizeClient> {
  const region = args.text("region") as Region | undefined;
  const baseUrl =
    args.text("base-url") ?? (region === undefined ? variable(io, "ARIZE_BASE_URL") : undefined);
  return new ArizeClient({
    apiKey: apiKey ?? "",
    baseUrl,
    allowHttp: args.flag("allow-http"),
    region:
      region ?? (baseUrl === undefined ? (variable(io, "ARIZE_REGION") as Region | undefined) : undefined),
    prereleaseWarnings: false,
    onEvent: (event) => {
      onEvent?.(event);
      if (args.flag("verbose")) warn(io, eventLine(event));
    },
    // Standard output is for results. Without a logger, the client writes its log there, too.
    logger: variable(io, "ARIZE_LOG") === undefined ? undefined : loggerOf(io),
  });
}

/**
 * Creates a client for one write after the other, and the signal for its calls. An interrupt ends a call only between two
 * requests: the response to a write that was sent is awaited, so that the command can report it.
 */
export async function openWriter(context: Context): Promise<{ client: ArizeClient; signal: AbortSignal }> {
  const { signal } = context.io;
  const controller = new AbortController();
  let isSent = false;
  const end = () => {
    if (signal.aborted && !isSent) controller.abort(signal.reason);
  };
  const client = await openClient(context, ({ type, method }) => {
    // A response is no end: the call still reads it. If the call needs another request, another event follows.
    if (type !== "response") isSent = type === "request" && method !== "GET" && !signal.aborted;
    end();
  });
  signal.addEventListener("abort", end, { once: true });
  end();
  return { client, signal: controller.signal };
}

/**
 * Reads the API key. A file may be readable only once, so call this once.
 *
 * @throws {UsageError} if the file cannot be read.
 */
export async function readKey(args: Args, io: Io): Promise<string | undefined> {
  const file = args.text("key-file");
  if (file !== undefined && args.flag("key-stdin")) {
    throw new UsageError("--key-file and --key-stdin cannot be combined.");
  }
  if (file !== undefined) return readKeyFile(file);
  if (args.flag("key-stdin")) return (await readInput(io)).toString().trim();
  return keyInEnvironment(io);
}

export const keyInEnvironment = (io: Io): string | undefined => variable(io, "ARIZE_API_KEY");

/** Errors do not show the name of the file: it may be the key. */
async function readKeyFile(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw new UsageError(`the file of --key-file: ${reasonOf(error)}`);
  }
}

/** Reads an environment variable. One that is only whitespace counts as not set, as in the client. */
const variable = ({ env }: Io, name: string): string | undefined => env[name]?.trim() || undefined;

const warn = (io: Io, line: string): void => io.warn(`${printable(line)}\n`);

function loggerOf(io: Io): Logger {
  const log = (message: string) => warn(io, message);
  return { error: log, warn: log, info: log, debug: log };
}

/** Events contain no secrets and no addresses. */
function eventLine(event: ClientEvent): string {
  const { type, method, path, attempt } = event;
  const what = `${type} ${method} ${path} #${attempt}`;
  if (type === "response")
    return `${what}: HTTP ${event.status}, ${Math.round(event.durationMs)} ms ${event.requestId ?? ""}`;
  if (type === "retry" || type === "rate_limited") return `${what}: waits ${event.waitMs} ms`;
  return type === "failed" ? `${what}: ${event.error}, ${event.outcome}` : what;
}
