import type { ArizeClient, BulkUserDeletionResult, User } from "ax-users";
import type { MemoryJournal, Plan } from "ax-users/roster";
import type { Sandbox } from "ax-users/testing";
import type { Screen, ScreenOptions } from "./screen.ts";

export interface DemoOptions extends ScreenOptions {
  /** Of 250 made-up users. Left out, one is started, with a network's delay, and closed in the end. */
  sandbox?: Sandbox;
}

/** What a step works with. */
export interface Demo {
  readonly client: ArizeClient;
  readonly sandbox: Sandbox;
  readonly screen: Screen;
  /** What the steps of the roster hand on. */
  readonly roster: { text: string; plan?: Plan; readonly journal: MemoryJournal };
  /** Shows what holds, and throws where it does not. */
  expect(condition: boolean, what: string): void;
}

export const USERS = 250;

export async function countUsers(client: ArizeClient): Promise<number> {
  let users = 0;
  for await (const _ of client.users.list({ limit: 100 })) users += 1;
  return users;
}

/** What a call fails with, which it is expected to do. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error("This call should fail, and does not.");
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
