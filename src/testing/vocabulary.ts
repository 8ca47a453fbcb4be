/** The statuses that the API lists by default. */
export const LISTED_STATUSES = ["active", "invited", "expired"] as const;
export const STATUSES = [...LISTED_STATUSES, "inactive"] as const;
export const ROLE_NAMES = ["admin", "member", "annotator"] as const;
export const ORGANIZATION_ROLE_NAMES = ["admin", "member", "read-only", "annotator"] as const;
export const INVITE_MODES = ["none", "email_link", "temporary_password"] as const;

export type InviteMode = (typeof INVITE_MODES)[number];

export const isOneOf = <Value extends string>(values: readonly Value[], value: unknown): value is Value =>
  values.some((known) => known === value);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** Counts code points, as JSON Schema does, not UTF-16 units. */
export const characters = (text: string): number => [...text].length;

// As strict as ajv-formats' `email`, which validators use to check every response against the spec.
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN = /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)+$/i;

export function isEmailAddress(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const at = value.indexOf("@");
  return LOCAL_PART.test(value.slice(0, Math.max(at, 0))) && DOMAIN.test(value.slice(at + 1));
}

/** The form in which the API compares email addresses. */
export const emailKey = (email: string): string => email.toLowerCase();
