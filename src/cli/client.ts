import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { ArizeClient, type ClientEvent, type Region } from "ax-users";
import type { Context } from "./args/command.ts";
import { UsageError } from "./exit.ts";

/** Creates the client from the options and the environment. */
export async function openClient({ args, io, output }: Context): Promise<ArizeClient> {
  const { env } = io;
  const apiKey = await readKey({ args, io, output });
  const region = args.text("region") as Region | undefined;
  const baseUrl = args.text("base-url") ?? (region === undefined ? env["ARIZE_BASE_URL"] : undefined);
  return new ArizeClient({
    apiKey: apiKey ?? "",
    baseUrl,
    region: region ?? (baseUrl === undefined ? (env["ARIZE_REGION"] as Region | undefined) : undefined),
    prereleaseWarnings: false,
    onEvent: args.flag("verbose") ? (event) => io.warn(`${eventLine(event)}\n`) : undefined,
  });
}

async function readKey({ args, io }: Context): Promise<string | undefined> {
  const file = args.text("key-file");
  if (file !== undefined && args.flag("key-stdin")) {
    throw new UsageError("--key-file and --key-stdin cannot be combined.");
  }
  if (file !== undefined) return (await readFile(file, "utf8")).trim();
  if (args.flag("key-stdin")) return (await text(io.stdin)).trim();
  return io.env["ARIZE_API_KEY"];
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
