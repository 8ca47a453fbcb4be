import type { WholeAnswer } from "./problem.ts";
import { isRecord } from "./wire.ts";

/**
 * Whether a response is the API's own word: its problem documents (RFC 9457) have a title and repeat the status. What a
 * proxy, a gateway or a cache answers with the same status has neither, or another one.
 */
export function isApiProblem({ status, text }: Pick<WholeAnswer, "status" | "text">): boolean {
  try {
    const body: unknown = JSON.parse(text);
    if (!isRecord(body) || !Object.hasOwn(body, "title") || !Object.hasOwn(body, "status")) return false;
    return typeof body["title"] === "string" && body["status"] === status;
  } catch {
    return false;
  }
}
