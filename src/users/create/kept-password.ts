import type { UnexpectedResponseError } from "../../errors/errors.ts";
import { unescaped } from "../../errors/redaction/escapes.ts";
import { copyText } from "../../errors/response/bound-error-body.ts";
import type { CompleteResponse } from "../../errors/response/problem.ts";
import { unlessThrows } from "../../util/call-safely.ts";
import { emailKey } from "../email.ts";

/** Of a longer body, only the surroundings of the first password are searched. A user has a few hundred characters. */
const MOST_CHARACTERS = 128 * 1024;

/** How deep to search: a gateway may have wrapped the user, as in `{ "data": { "user": … } }`, `[…]` or a string of JSON. */
const DEEPEST = 5;

const PASSWORD = "temporary(?:[_-]|%5f)?password";
const NAME = `(${PASSWORD}|email)`;

/** Text without these is not read. The name may be escaped. */
const MENTION = /temporary|\\u/i;

/** A password that is a number. */
const NUMBER = new RegExp(`("${PASSWORD}"\\s*:\\s*)(-?\\d[\\w.+-]*)(?=\\s*[,}\\]])`, "gi");

/** `"name": "value"` */
const IN_JSON = new RegExp(`"${NAME}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, "gi");

/** `<name>value</name>`, `<name><![CDATA[value]]></name>` and `name="value"`. Bounded, so that the search is fast on any text. */
const IN_XML = new RegExp(
  `<(?:[\\w-]{1,40}:)?${NAME}(?:\\s[^<>]*)?>(?:<!\\[CDATA\\[(.{0,999}?)\\]\\]>|([^<]*))</|\\s${NAME}=(["'])(.{0,999}?)\\5`,
  "gis",
);

/** The end of a form that was cut in the password. */
const CUT_VALUE = new RegExp(`(?:^\\s*|&)${PASSWORD}=[^&]*$`, "i");

type Body = Pick<CompleteResponse, "text" | "isCut">;

/** Keeps the one-time password of an unexpected response on its error, because the server returns it only once. */
export function keepPassword(error: UnexpectedResponseError, body: Body, email: string): void {
  const password = findPassword(body, email);
  if (password === undefined) return;
  Object.defineProperty(error, "temporaryPassword", { value: password });
  error.message += " The user was created; the error's temporaryPassword has the password.";
}

/**
 * Finds the one-time password of a new user in a body of any form. If an email address is next to it or around it, it must be that
 * of the user.
 */
export function findPassword({ text, isCut }: Body, email: string): string | undefined {
  const read = isCut || text.length > MOST_CHARACTERS ? surroundings(text).replace(CUT_VALUE, "") : text;
  for (const found of foundIn(read, DEEPEST)) {
    if (found.password && (found.email === undefined || emailKey(found.email) === emailKey(email))) {
      return copyText(found.password);
    }
  }
  return undefined;
}

function surroundings(text: string): string {
  const at = Math.max(0, text.search(new RegExp(PASSWORD, "i")));
  return text.slice(Math.max(0, at - MOST_CHARACTERS / 2), at + MOST_CHARACTERS / 2);
}

interface Found {
  password?: string | undefined;
  email?: string | undefined;
}

/** Reads what each object in a body has, including objects in its strings. */
function* foundIn(value: unknown, depth: number, outerEmail?: string): Generator<Found> {
  const part = typeof value === "string" ? readText(value) : value;
  if (typeof part !== "object" || part === null) return;
  const found = readMembers(part, outerEmail);
  yield found;
  if (depth === 0) return;
  for (const [name, member] of Object.entries(part)) {
    // A name is chosen by people, and may contain anything.
    if (name !== "name") yield* foundIn(member, depth - 1, found.email);
  }
}

function readMembers(part: object, outerEmail: string | undefined): Found {
  const found: Found = { email: outerEmail };
  for (const [name, member] of Object.entries(part)) {
    const plainName = name.toLowerCase().replace(/[_-]/g, "");
    if (plainName === "temporarypassword") found.password ??= textOf(member) || undefined;
    if (plainName === "email" && typeof member === "string") found.email = member;
  }
  return found;
}

/** Reads JSON, or else what can be found in JSON that is cut short, a form or XML. */
function readText(text: string): unknown {
  if (!MENTION.test(text)) return undefined;
  // As a number, a password would lose digits.
  const json = text.replace(NUMBER, '$1"$2"');
  const value = unlessThrows(() => JSON.parse(json)) ?? scan(json);
  return typeof value === "string" ? readText(value) : value;
}

/** If a name occurs more than once, the first value counts. */
function scan(text: string): object {
  const inJson = [...text.matchAll(IN_JSON)].map(([, name, json = ""]) => [
    name,
    unlessThrows(() => JSON.parse(json)),
  ]);
  const inXml = [...text.matchAll(IN_XML)].map(([, element, cdata, content, attribute, , value]) => [
    element ?? attribute,
    cdata ?? (content?.trim() ?? value)?.replace(/&#?\w+;/g, (reference) => unescaped(reference)),
  ]);
  const inForm = [...new URLSearchParams(text.trim())];
  return Object.fromEntries([...inJson, ...inXml, ...inForm].reverse());
}

/** The text of a password that may not be a string. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) return undefined;
  const [only, ...others] = Object.values(value);
  const isWrapped = others.length === 0 && (typeof only !== "object" || only === null);
  return isWrapped ? textOf(only) : unlessThrows(() => JSON.stringify(value));
}
