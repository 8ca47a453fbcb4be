import { ORGANIZATION_ROUTES } from "../organizations/routes.ts";
import type { SandboxRequest } from "../types.ts";
import { USER_ROUTES } from "../users/routes.ts";
import type { Account } from "./endpoint.ts";
import { badRequest, Rejection, type SandboxResponse } from "./problems.ts";

const ROUTES = [...USER_ROUTES, ...ORGANIZATION_ROUTES];

/** Executes a request. A rejected request changes nothing. */
export function route(account: Account, request: SandboxRequest): SandboxResponse {
  const { method, path } = request;
  // The path is matched as sent, since an escaped slash is part of an ID.
  decode(path);
  for (const { path: pattern, methods } of ROUTES) {
    const match = pattern.exec(path);
    if (!match) continue;
    const handler = methods[method];
    if (handler) return handler({ ...account, request }, decode(match[1] ?? ""), decode(match[2] ?? ""));
    const allow = Object.keys(methods).join(", ");
    throw new Rejection(405, `The method ${method} is not allowed here; allowed: ${allow}.`, { allow });
  }
  throw new Rejection(404, `There is no resource '${path}'.`);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw badRequest("The path has a malformed percent-escape.");
  }
}
