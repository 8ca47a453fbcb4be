import type { Era } from "./era.ts";
import type { Organizations } from "./organizations/organizations.ts";
import { ORGANIZATION_ROUTES } from "./organizations/routes.ts";
import { type Answer, badRequest, Refusal } from "./problems.ts";
import type { SandboxRequest } from "./types.ts";
import { USER_ROUTES } from "./users/routes.ts";
import type { Users } from "./users/users.ts";

/** What the endpoints work on. */
export interface Account {
  users: Users;
  organizations: Organizations;
  era: Era;
}

/** A request to an endpoint. */
export interface Call extends Account {
  request: SandboxRequest;
}

/** What a path answers to, by method. The groups of the path are the IDs that its handlers take. */
export interface Route {
  path: RegExp;
  methods: Readonly<Record<string, (call: Call, id: string, userId: string) => Answer>>;
}

const ROUTES = [...USER_ROUTES, ...ORGANIZATION_ROUTES];

/** Carries a request out; one that is refused has changed nothing. */
export function route(account: Account, request: SandboxRequest): Answer {
  const { method, path } = request;
  // The path is matched as it was sent: an escaped slash belongs to an ID.
  decode(path);
  for (const { path: pattern, methods } of ROUTES) {
    const match = pattern.exec(path);
    if (!match) continue;
    const handler = methods[method];
    if (handler) return handler({ ...account, request }, decode(match[1] ?? ""), decode(match[2] ?? ""));
    const allow = Object.keys(methods).join(", ");
    throw new Refusal(405, `The method ${method} is not allowed here; ${allow} is.`, { allow });
  }
  throw new Refusal(404, `There is no resource '${path}'.`);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw badRequest("The path has a malformed percent-escape.");
  }
}
