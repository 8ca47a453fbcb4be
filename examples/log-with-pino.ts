// Logs a client's requests with pino, as lines of JSON. Environment: LOG_LEVEL (default: info).
import { ArizeClient, type ClientEvent } from "ax-users";
import { pino } from "pino";

const log = pino({ level: process.env["LOG_LEVEL"] ?? "info" }).child({ module: "ax-users" });

// pino takes the object first, then the text.
const at = (level: "error" | "warn" | "info" | "debug") => (message: string, event: ClientEvent) =>
  log[level](event, message);

const client = new ArizeClient({
  logger: { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") },
  logLevel: "debug", // pino's own level decides what is written
});

const { data: users } = await client.users.list({ limit: 10 });
log.info({ count: users.length }, "users listed");
