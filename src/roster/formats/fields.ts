/** The rules of each column: which values are valid, and what they mean. */
import { isEmailAddress } from "../../index.ts";
import { emailIssue } from "../../users/email.ts";
import { shown } from "./problems.ts";

/** The parsed value, or the rule that it breaks. */
export type Field<T> = { readonly value: T } | { readonly wrong: string };

const ACCOUNT_ROLES = ["admin", "member", "annotator"];
const ORGANIZATION_ROLES = ["admin", "member", "read-only", "annotator"];
const INVITE_MODES = ["email_link", "none", "temporary_password"] as const;
const STATES = ["present", "absent"] as const;

const MAX_NAME_LENGTH = 255;

/** Whether a cell is blank. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

/** A key that is equal for two spellings of one address. Ignores the case of ASCII letters only, as mail servers do. */
export const emailKey = (email: string): string =>
  email.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Accepts what a lookup accepts: the account may have addresses with which nobody can be created today. */
export function emailField(value: unknown): Field<string> {
  const issue = emailIssue("email", value);
  return issue ? { wrong: issue.message } : { value: String(value).trim() };
}

/** A quoted local part, which may contain anything. */
const QUOTED = /^"(?:[^"\\]|\\.)*"(?=@)/s;

/**
 * Whether an address may be one, although nobody can be created with it: it may have an umlaut, or a quoted local part. A
 * lookup also accepts what is probably a mistake: two addresses in one text, or an address in single quotes.
 */
export const isLikelyAddress = (text: string): boolean =>
  emailIssue("email", text) === undefined &&
  isEmailAddress(
    text
      .trim()
      .replace(QUOTED, "quoted")
      .replace(/\P{ASCII}/gu, "x"),
  );

export function nameField(value: unknown): Field<string> {
  const text = textField(value);
  if ("wrong" in text) return text;
  return text.value.length > MAX_NAME_LENGTH
    ? { wrong: `must have at most ${MAX_NAME_LENGTH} characters, received ${text.value.length}` }
    : text;
}

/** A non-blank text. */
export function textField(value: unknown): Field<string> {
  if (typeof value !== "string") return { wrong: `must be a string, received ${shown(value)}` };
  return value.isWellFormed()
    ? { value: value.trim() }
    : { wrong: `must be well-formed Unicode, received ${shown(value)}` };
}

export const roleField = (value: unknown): Field<string> => roleOf(value, ACCOUNT_ROLES);

export const organizationRoleField = (value: unknown): Field<string> => roleOf(value, ORGANIZATION_ROLES);

export const inviteModeField = (value: unknown) => oneOf(value, INVITE_MODES);

export const stateField = (value: unknown) => oneOf(value, STATES);

export function developerField(value: unknown): Field<boolean> {
  if (typeof value === "boolean") return { value };
  const field = oneOf(value, ["true", "false"] as const);
  return "wrong" in field ? field : { value: field.value === "true" };
}

function roleOf(value: unknown, roles: readonly string[]): Field<string> {
  const custom = typeof value === "string" ? /^custom:\s*(\S+)$/i.exec(value.trim())?.[1] : undefined;
  if (custom) return { value: `custom:${custom}` };
  const field = oneOf(value, roles);
  return "wrong" in field ? { wrong: field.wrong.replace(", received", " or custom:<id>, received") } : field;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): Field<T> {
  const text = typeof value === "string" ? spelling(value) : undefined;
  const found = allowed.find((one) => text !== undefined && spelling(one) === text);
  return found === undefined
    ? { wrong: `must be one of ${allowed.join(", ")}, received ${shown(value)}` }
    : { value: found };
}

/** `READ_ONLY` and `read-only` are the same value. */
const spelling = (value: string): string => value.trim().toLowerCase().replaceAll("-", "_");
