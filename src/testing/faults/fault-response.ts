import { validateHeaderName, validateHeaderValue } from "node:http";
import type { SandboxResponse } from "../http/problems.ts";
import { complaint, requireKind, requireWhole } from "../require.ts";
import type { Fault } from "../types.ts";
import { isRecord } from "../vocabulary.ts";

/** The response that replaces the real one, if any. */
export function readFaultAnswer(fault: Fault): SandboxResponse | undefined {
  if (fault.status === undefined) {
    requireOtherThanStatus(fault);
    return undefined;
  }
  const status = readStatus(fault.status, fault.socket);
  const { body, headers } = fault;
  if (body !== undefined && (status === 204 || status === 304)) {
    throw new TypeError(complaint("fault.body", `left out with status ${status}, which has none`, body));
  }
  return { status, headers: { ...contentType(status, body), ...readHeaders(headers) }, body: toText(body) };
}

function requireOtherThanStatus({ body, headers, socket }: Fault): void {
  if (body !== undefined) throw new TypeError(complaint("fault.body", "left out without a status", body));
  if (headers !== undefined)
    throw new TypeError(complaint("fault.headers", "left out without a status", headers));
  if (socket === undefined) throw new TypeError("fault must have a status or a socket, received neither");
}

function readStatus(status: number, socket: Fault["socket"]): number {
  if (socket === "drop" || socket === "stall") {
    throw new TypeError(complaint("fault.status", `left out with the socket ${socket}`, status));
  }
  return requireWhole("fault.status", status, 200, 599);
}

function contentType(status: number, body: unknown): Record<string, string> {
  if (body === undefined) return {};
  if (typeof body === "string") return { "content-type": "text/html" };
  return { "content-type": status >= 400 ? "application/problem+json" : "application/json" };
}

function toText(body: unknown): string {
  if (body === undefined || typeof body === "string") return body ?? "";
  const text = toJSON(body);
  if (text === undefined)
    throw new TypeError(complaint("fault.body", "a string, or a value that JSON can represent", body));
  return text;
}

function toJSON(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch {
    return undefined;
  }
}

function readHeaders(headers: Record<string, string> = {}): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(requireKind("fault.headers", headers, "an object", isRecord))) {
    read[name.toLowerCase()] = requireKind(
      `fault.headers[${JSON.stringify(name)}]`,
      value,
      "a string, with a name and a value that HTTP permits",
      (text) => isHeader(name, text),
    );
  }
  return read;
}

function isHeader(name: string, value: unknown): value is string {
  if (typeof value !== "string") return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
