import { type Dialect, dialectOf } from "./dialect.ts";
import type { RateLimit } from "./http/rate-limit.ts";
import { generateOrganizations } from "./organizations/generate-organizations.ts";
import type { StoredOrganization } from "./organizations/organizations.ts";
import { seedOrganizations } from "./organizations/seed-organizations.ts";
import { requireKind, requireMembers, requireNumber, requireOneOf, requireWhole } from "./require.ts";
import type { SandboxOptions } from "./types.ts";
import { generateUsers } from "./users/generate-users.ts";
import { seedUsers } from "./users/seed-users.ts";
import type { StoredUser } from "./users/users.ts";

/** The options, checked and completed. */
export interface Settings {
  users: StoredUser[];
  organizations: StoredOrganization[];
  dialect: Dialect;
  apiKey: string;
  latencyMs: number;
  rateLimit?: RateLimit;
  port: number;
}

/** Node's timers fire at once if the delay is longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

const MEMBERS = [
  ...["users", "organizations", "apiKey", "dialect", "createIsDeveloper", "latencyMs", "rateLimit", "port"],
];

export function readOptions(options: SandboxOptions): Settings {
  requireMembers("options", options, MEMBERS);
  const { apiKey = "sandbox-key", dialect = "alpha", latencyMs = 0, rateLimit, port = 0 } = options;
  const { users: userSeeds = 0, organizations = 0, createIsDeveloper } = options;
  const users = readUsers(userSeeds);
  return {
    users,
    organizations: readOrganizations(organizations, users),
    dialect: readDialect(dialect, createIsDeveloper),
    apiKey: requireKind("options.apiKey", apiKey, "printable ASCII without whitespace", isKey),
    latencyMs: readLatency(latencyMs),
    port: requireWhole("options.port", port, 0, 65_535),
    ...(rateLimit !== undefined && { rateLimit: readRateLimit(rateLimit) }),
  };
}

function readDialect(dialect: string, createIsDeveloper: SandboxOptions["createIsDeveloper"]): Dialect {
  const named = requireOneOf("options.dialect", dialect, ["alpha", "current"]);
  if (createIsDeveloper === undefined) return dialectOf(named);
  return dialectOf(
    named,
    requireOneOf<"refuse" | "ignore">("options.createIsDeveloper", createIsDeveloper, ["refuse", "ignore"]),
  );
}

function readUsers(users: NonNullable<SandboxOptions["users"]>): StoredUser[] {
  return isArray(users) ? seedUsers(users) : generateUsers(readCount("options.users", users));
}

function readOrganizations(
  organizations: NonNullable<SandboxOptions["organizations"]>,
  users: readonly StoredUser[],
): StoredOrganization[] {
  if (isArray(organizations)) return seedOrganizations(organizations, users);
  return generateOrganizations(readCount("options.organizations", organizations));
}

function readCount(argument: string, count: number): number {
  const rule = "a whole number of at least 0, or an array of seeds";
  return requireNumber(argument, count, rule, (n) => Number.isSafeInteger(n) && n >= 0);
}

function readLatency(latencyMs: number): number {
  const inRange = (ms: number) => ms >= 0 && ms <= LONGEST_WAIT_MS;
  return requireNumber("options.latencyMs", latencyMs, `a number from 0 to ${LONGEST_WAIT_MS}`, inRange);
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

/** Array.isArray does not narrow the type of a readonly array. */
const isArray = <Item>(value: number | readonly Item[]): value is readonly Item[] => Array.isArray(value);
