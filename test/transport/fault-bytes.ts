import { STATUS_CODES } from "node:http";
import type { Answer } from "./fault-answer.ts";

/** An answer as it goes over the wire. A body that is text goes as it is. */
export function message(
  { status, body }: Answer,
  headers: Record<string, string> = {},
  extraLength = 0,
): string {
  const text = body === undefined || typeof body === "string" ? (body ?? "") : JSON.stringify(body);
  const all = {
    "content-type": status < 400 ? "application/json" : "application/problem+json",
    // RFC 9110, 8.6: not with 204. One connection a request, so that none is lost with the one before.
    ...((status !== 204 || extraLength > 0) && { "content-length": String(text.length + extraLength) }),
    connection: "close",
    ...headers,
  };
  const fields = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${fields.join("")}\r\n${text}`;
}

/** The first part of a message: up to the middle of its body or, where it has none, of its head. */
export function cutIn(text: string, { body }: Answer): string {
  const bodyAt = text.indexOf("\r\n\r\n") + 4;
  return text.slice(0, body === undefined ? bodyAt / 2 : (bodyAt + text.length) / 2);
}
