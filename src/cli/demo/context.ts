import type { ArizeClient, BulkUserDeletionResult, User } from "ax-users";
import type { MemoryJournal, Plan } from "ax-users/roster";
import type { Sandbox } from "ax-users/testing";
import type { Screen, ScreenOptions } from "./screen.ts";

export interface DemoOptions extends ScreenOptions {
  /**
   * A sandbox of 250 generated users. By default, the demo starts one with the latency of a network, and closes it at the
   * end.
   */
  sandbox?: Sandbox;
}

/** The context of a step. */
export interface Demo {
  readonly client: ArizeClient;
  readonly sandbox: Sandbox;
  readonly screen: Screen;
  /** Shared by the steps of the roster. */
  readonly roster: { text: string; plan?: Plan; readonly journal: MemoryJournal };
  /** Prints the check. Throws if the condition is false. */
  expect(condition: boolean, what: string): void;
}

export const USERS = 250;

export async function countUsers(client: ArizeClient): Promise<number> {
  let users = 0;
  for await (const _ of client.users.list({ limit: 100 })) users += 1;
  return users;
}

/** Returns the error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error("This call should fail, but it succeeded.");
}

export function showError(screen: Screen, { name, message }: Error): void {
  screen.item(`${name}:`, message);
}

export const nameOf = ({ email, userId }: BulkUserDeletionResult): string => email ?? userId ?? "";

export const roleOf = ({ role }: User): string =>
  role.type === "predefined" ? role.name : (role.name ?? role.id);

/** An ID in the API's form. */
export const toUserId = (number: number): string => Buffer.from(`User:${number}`).toString("base64");

export const firstSentence = (text: string): string => text.replace(/(?<=\.)\s.*/s, "");
