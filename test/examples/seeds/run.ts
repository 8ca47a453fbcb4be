import type { Fault, SeedOrganization, SeedUser } from "ax-users/testing";
import type { Change } from "./account.ts";

/** A run of an example of the seeds. */
export interface SeedRun {
  /** What sets it apart from the file's other runs. */
  when?: string;
  users: SeedUser[];
  organizations?: SeedOrganization[];
  faults?: Fault[];
  /** All that it prints. Left out, nothing. */
  prints?: string | RegExp;
  /** What it complains of besides the warnings, and then it exits with 1. */
  complains?: string;
  /** The methods that warn: `users.list`. */
  warns: string[];
  /** What becomes of the account. Left out, nothing. */
  changes?: Change[];
  /** How many requests the server refuses with 400 for what they ask. Left out, 0. */
  refusals?: number;
}

/** The one of the account whom the guides call "your user". */
export const yourUser = (fields: Partial<SeedUser> = {}): SeedUser => ({
  id: "your-user-id",
  email: "user@example.com",
  name: "Your User",
  ...fields,
});

/** Others whose addresses contain this one, so that its own user is on a page where Python does not look. */
export const crowd = (email: string, count: number): SeedUser[] =>
  Array.from({ length: count }, (_, index) => ({ email: `${index}.${email}` }));
