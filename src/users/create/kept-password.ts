import { UnexpectedResponseError } from "../../errors/errors.ts";
import type { SuccessResponse } from "../../transport/send-once.ts";
import { isRecord, ownMember } from "../../util/members.ts";
import { emailKey } from "../email.ts";

/** A JSON string that is the value of one of these members. */
const IN_TEXT = /"(temporary_?password|email)"\s*:\s*("(?:[^"\\]|\\.)*")/gi;

/**
 * Keeps the one-time password of an unexpected 201 on its error, because the server returns it only once. If the response
 * contains an email address, it must be the requested one.
 */
export function keepPassword(error: unknown, { text }: Pick<SuccessResponse, "text">, asked: string): void {
  if (!(error instanceof UnexpectedResponseError)) return;
  const isAsked = ({ password, email }: CreatedParts) =>
    password && (email === undefined || emailKey(email) === emailKey(asked));
  const password = readCreated(text).find(isAsked)?.password;
  if (!password) return;
  Object.defineProperty(error, "temporaryPassword", { value: password });
  error.message += " The user was created; the error's temporaryPassword has the password.";
}

interface CreatedParts {
  password?: string | undefined;
  email?: string | undefined;
}

/** How deep to search: a gateway may have wrapped the user, as in `{ "data": { "user": … } }` or `[…]`. */
const DEEPEST = 4;

function readCreated(text: string): CreatedParts[] {
  try {
    return [...partsIn(JSON.parse(text), DEEPEST)];
  } catch {
    return [scan(text)];
  }
}

/** Reads the parts of each object in a body. */
function* partsIn(value: unknown, depth: number): Generator<CreatedParts> {
  if (isRecord(value)) {
    const own = (name: string) => textIn(ownMember(value, name));
    yield { password: own("temporary_password") ?? own("temporaryPassword"), email: own("email") };
  }
  if (depth === 0 || typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) yield* partsIn(inner, depth - 1);
}

/** Reads the parts from broken JSON, as far as possible. */
function scan(text: string): CreatedParts {
  const parts: CreatedParts = {};
  for (const [, name = "", value = ""] of text.matchAll(IN_TEXT)) {
    const part = name.toLowerCase() === "email" ? "email" : "password";
    parts[part] ??= parsedText(value);
  }
  return parts;
}

function parsedText(json: string): string | undefined {
  try {
    return textIn(JSON.parse(json));
  } catch {
    return undefined;
  }
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
