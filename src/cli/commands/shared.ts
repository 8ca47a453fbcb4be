/** Shared by several commands. */
import { ArizeError, AuthenticationError, type Organization, type User } from "ax-users";
import { EXIT } from "../exit.ts";
import type { Column } from "../io/output.ts";

/** A role in the form of a roster: `member`, `custom:<id>`. */
export const roleText = (role: { type: string; name?: string; id?: string }): string =>
  role.type === "custom" ? `custom:${role.id}` : String(role.name);

/** The role that an option names. The client checks whether it exists. */
export function roleOf(text: string) {
  const custom = /^custom:(.+)$/i.exec(text)?.[1];
  return custom === undefined
    ? { type: "predefined" as const, name: text.toLowerCase() as never }
    : { type: "custom" as const, id: custom };
}

export const USER_COLUMNS: readonly Column<User>[] = [
  ["email", ({ email }) => email],
  ["name", ({ name }) => name],
  ["status", ({ status }) => status],
  ["role", ({ role }) => roleText(role)],
  ["developer", ({ isDeveloper }) => (isDeveloper ? "yes" : "no")],
  ["created", ({ createdAt }) => createdAt.toISOString().slice(0, 10)],
  ["id", ({ id }) => id],
];

export const ORGANIZATION_COLUMNS: readonly Column<Organization>[] = [
  ["name", ({ name }) => name],
  ["description", ({ description }) => description],
  ["created", ({ createdAt }) => createdAt.toISOString().slice(0, 10)],
  ["id", ({ id }) => id],
];

/** Reads a list: all items, or at most the first `most`. */
export async function take<Item>(
  items: AsyncIterable<Item>,
  most = Number.POSITIVE_INFINITY,
): Promise<Item[]> {
  const taken: Item[] = [];
  for await (const item of items) {
    taken.push(item);
    if (taken.length >= most) break;
  }
  return taken;
}

/** Each ID and each address once. Ignores the case of ASCII letters in addresses only, as the client does. */
export const distinct = (users: readonly string[]): string[] => [
  ...new Map(users.map((user) => [user.includes("@") ? asciiLower(user.trim()) : user, user])).values(),
];

const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The result for one of several targets, in the output. */
export interface TargetResult {
  readonly user: string;
  readonly status: string;
  readonly error?: string;
  readonly outcome?: string;
}

export const RESULT_COLUMNS: readonly Column<TargetResult>[] = [
  ["user", ({ user }) => user],
  ["status", ({ status }) => status],
  ["error", ({ error = "" }) => error],
];

/** The exit code for these errors. */
export function codeOfFailures(causes: readonly unknown[], isInterrupted: boolean): number {
  if (isInterrupted) return EXIT.interrupted;
  if (causes.some((cause) => cause instanceof AuthenticationError)) return EXIT.authentication;
  if (causes.some((cause) => cause instanceof ArizeError && cause.outcome === "unknown")) return EXIT.unknown;
  return causes.length > 0 ? EXIT.failed : EXIT.done;
}
