import type { ServerResponse } from "node:http";
import type { Fault } from "../types.ts";
import type { SandboxResponse } from "./problems.ts";

/** Sends a response, or the part of it that `socket` allows. Returns the status that was sent, if any. */
export function deliver(
  response: ServerResponse,
  answer: SandboxResponse | undefined,
  socket: Fault["socket"],
): number | undefined {
  const isPartial = socket === "cut" || socket === "stall-body";
  if (!answer || socket === "drop" || socket === "stall" || (isPartial && answer.body === "")) {
    if (socket === "drop" || socket === "cut") response.destroy();
    return undefined;
  }
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...contentLength(answer, body), ...answer.headers });
  if (!isPartial) {
    response.end(body);
    return answer.status;
  }
  response.flushHeaders();
  response.write(body.subarray(0, body.length / 2), () => {
    if (socket === "cut") response.destroy();
  });
  return answer.status;
}

/** Content-Length is not allowed with a 204 (RFC 9110, 8.6) or with a transfer coding (RFC 9112, 6.2). */
function contentLength({ status, headers }: SandboxResponse, body: Buffer): Record<string, number> {
  const isOmitted = status === 204 || status === 304 || headers["transfer-encoding"] !== undefined;
  return isOmitted ? {} : { "content-length": body.length };
}
