import type { StoredUser } from "./account.ts";
import { generateUsers } from "./generated-users.ts";
import type { RateLimit } from "./rate-limit.ts";
import { requireKind, requireMembers, requireNumber, requireOneOf, requireWhole } from "./require.ts";
import { seedUsers } from "./seed.ts";
import type { SandboxOptions } from "./types.ts";

/** The options, checked and completed. */
export interface Settings {
  users: StoredUser[];
  apiKey: string;
  latencyMs: number;
  rateLimit?: RateLimit;
  port: number;
}

/** A timer of Node's that is set for longer fires at once. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export function readOptions(options: SandboxOptions): Settings {
  requireMembers("options", options, ["users", "apiKey", "era", "latencyMs", "rateLimit", "port"]);
  const { users = 0, apiKey = "sandbox-key", era = "alpha", latencyMs = 0, rateLimit, port = 0 } = options;
  requireOneOf("options.era", era, ["alpha"]);
  return {
    users: readUsers(users),
    apiKey: requireKind("options.apiKey", apiKey, "visible ASCII characters without blanks", isKey),
    latencyMs: readLatency(latencyMs),
    port: requireWhole("options.port", port, 0, 65_535),
    ...(rateLimit !== undefined && { rateLimit: readRateLimit(rateLimit) }),
  };
}

function readLatency(latencyMs: number): number {
  const inRange = (ms: number) => ms >= 0 && ms <= LONGEST_WAIT_MS;
  return requireNumber("options.latencyMs", latencyMs, `a number from 0 to ${LONGEST_WAIT_MS}`, inRange);
}

function readUsers(users: NonNullable<SandboxOptions["users"]>): StoredUser[] {
  if (isArray(users)) return seedUsers(users);
  const rule = "a whole number of at least 0, or an array of seeds";
  return generateUsers(requireNumber("options.users", users, rule, (n) => Number.isSafeInteger(n) && n >= 0));
}

function readRateLimit(rateLimit: RateLimit): RateLimit {
  requireMembers("options.rateLimit", rateLimit, ["perSecond", "burst", "retryAfterSeconds"]);
  const { perSecond, burst, retryAfterSeconds } = rateLimit;
  const isRate = (value: number) => value > 0 && Number.isFinite(value);
  requireNumber("options.rateLimit.perSecond", perSecond, "a finite number above 0", isRate);
  requireWhole("options.rateLimit.burst", burst, 1);
  if (retryAfterSeconds === undefined) return { perSecond, burst };
  requireWhole("options.rateLimit.retryAfterSeconds", retryAfterSeconds, 0);
  return { perSecond, burst, retryAfterSeconds };
}

const isKey = (value: unknown): value is string => typeof value === "string" && /^[\x21-\x7e]+$/.test(value);

/** Array.isArray does not tell a readonly array from what else there may be. */
const isArray = <Item>(value: number | readonly Item[]): value is readonly Item[] => Array.isArray(value);
