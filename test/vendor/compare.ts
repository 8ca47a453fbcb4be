import { APIError } from "ax-users";
import type { Sandbox } from "ax-users/testing";

/** What became of a call: what it gave, or the HTTP status of its refusal. */
export type Settled = { gave: unknown } | Refused;

interface Refused {
  status: unknown;
  message: string;
  /** The server's, which theirs has in the message only. */
  detail?: unknown;
}

export async function settle(call: Promise<unknown>): Promise<Settled> {
  try {
    return { gave: comparable(await call) };
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): Refused {
  if (error instanceof APIError) {
    const { status, message, detail = "" } = error;
    return { status, message, detail };
  }
  if (!(error instanceof Error)) throw error;
  const { name, message } = error;
  if ("statusCode" in error) return { status: error.statusCode, message };
  // Theirs for a name that no organization has.
  return { status: name === "ResolutionError" ? 404 : name, message };
}

/** When the sandbox made the newest of its seeds; what is created later has a time of its own. */
const LAST_SEED = "2024-12-31";

/** Without what differs from run to run, and without what only ours has; enum values in lower case. */
export const comparable = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value), simplify);

function simplify(key: string, value: unknown): unknown {
  if (key === "createdAt" && typeof value === "string") return value > LAST_SEED ? "now" : value;
  if (key === "temporaryPassword") return typeof value;
  if (key === "outcome") return undefined;
  if (key === "status" || key === "inviteMode") return lower(value);
  return key === "role" ? lowerRole(value) : value;
}

/** The name of a custom role is free text. */
function lowerRole(role: unknown): unknown {
  const { type, name, ...rest } = role as Record<string, unknown>;
  return { ...rest, type: lower(type), name: "id" in rest ? name : lower(name) };
}

const lower = (value: unknown): unknown =>
  value === "READ_ONLY" ? "read-only" : typeof value === "string" ? value.toLowerCase() : value;

/** All that a sandbox holds. */
export const stateOf = (sandbox: Sandbox): unknown =>
  comparable({
    users: sandbox.users(),
    removed: sandbox.removedUsers(),
    organizations: sandbox.organizations(),
    mails: sandbox.mails,
  });

/** What changed something, as it went over the wire; requests in flight together come in any order. */
export const writesTo = ({ requests }: Sandbox): unknown[] =>
  requests
    .filter(({ method, status = 0 }) => method !== "GET" && status < 300)
    .map(({ method, path, body }) => ({ method, path, body }))
    .sort((one, other) => (one.method + one.path < other.method + other.path ? -1 : 1));
