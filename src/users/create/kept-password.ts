import { UnexpectedResponseError } from "../../errors/errors.ts";
import type { SuccessResponse } from "../../transport/send-once.ts";
import { isRecord, ownMember } from "../../util/members.ts";
import { emailKey } from "../email.ts";

/** A string of JSON that is the value of one of these members. */
const IN_TEXT = /"(temporary_?password|email)"\s*:\s*("(?:[^"\\]|\\.)*")/gi;

/**
 * Keeps the one-time password of a 201 that is not what the API specifies on its error: the server gives it only once. The
 * response has to be to this call's own create, as far as it names an address.
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

/** How deep a gateway may have wrapped the user: `{ "data": { "user": … } }`, `[…]`. */
const DEEPEST = 4;

function readCreated(text: string): CreatedParts[] {
  try {
    return [...partsIn(JSON.parse(text), DEEPEST)];
  } catch {
    return [scan(text)];
  }
}

/** Of each object of a body. */
function* partsIn(value: unknown, depth: number): Generator<CreatedParts> {
  if (isRecord(value)) {
    const own = (name: string) => textIn(ownMember(value, name));
    yield { password: own("temporary_password") ?? own("temporaryPassword"), email: own("email") };
  }
  if (depth === 0 || typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) yield* partsIn(inner, depth - 1);
}

/** Of JSON that is broken, what can be read of it. */
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
