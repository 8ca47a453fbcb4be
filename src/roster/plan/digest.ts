/**
 * Digests of plans, changes and accounts. Uses SHA-256 in JavaScript: the runtime's own returns a promise for each digest.
 * For the 50,000 changes of a large account, that takes 100 MB and most of the time.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Change, Plan } from "./types.ts";

/** Half of SHA-256 is enough: no two changes of a plan have the same ID by chance. */
const ID_DIGITS = 32;

/** Keeps the parts separate: `["ab", "c"]` and `["a", "bc"]` differ. */
export function changeId({ kind, email, userId, organization }: Omit<Change, "id">): string {
  const parts = [kind, email.toLowerCase(), userId ?? null, organization?.id ?? null];
  return digestOf(JSON.stringify(parts)).slice(0, ID_DIGITS);
}

/**
 * The digest of everything in a plan except the digest itself. Ignores the order of keys. Hashes change by change, since
 * there may be many.
 */
export function planDigest({
  digest: _,
  changes,
  ...plan
}: Omit<Plan, "digest"> & { digest?: string }): string {
  const hash = sha256.create();
  for (const part of [plan, ...changes]) hash.update(utf8ToBytes(`${JSON.stringify(part, inOrder)}\n`));
  return bytesToHex(hash.digest());
}

const inOrder = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** How many of the oldest users identify an account. Several, since some may be removed later. */
const ACCOUNT_USERS = 5;
const ACCOUNT_DIGITS = 16;

/** Identifies the account by its oldest users that the plan does not remove. Expects users oldest first. */
export const accountDigest = (userIds: readonly string[]): string =>
  userIds.slice(0, ACCOUNT_USERS).map(accountPart).join(".");

/** The part of an account's digest for one user. */
export const accountPart = (userId: string): string => digestOf(`account ${userId}`).slice(0, ACCOUNT_DIGITS);

const digestOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
