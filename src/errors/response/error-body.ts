import { isRecord, membersOf } from "../../util/members.ts";
import { HIDDEN, isCredentialName } from "../redaction/credentials.ts";
import type { Redact } from "../redaction/redact.ts";
import { copyText } from "./bound-error-body.ts";

/** Enough of a page to recognise it by. */
const EXCERPT_LENGTH = 200;

/** More than any problem document has; a longer body is shown by its start, and not parsed. */
const LONGEST_DOCUMENT = 65_536;

/** What is searched for secrets to find an excerpt. */
const LONGEST_SEARCHED = 16_384;

const DEEPEST = 16;

/** What may be shown of the body of an error response. */
export interface ErrorBody {
  /** The body as an object, if it is one, without credentials. */
  readonly members: Record<string, unknown> | undefined;
  /** Its start, for a body that is no problem document. */
  excerpt(): string;
}

export function readErrorBody(text: string, redact: Redact): ErrorBody {
  const body = parse(text, redact);
  return {
    members: isRecord(body) ? membersOf(body) : undefined,
    excerpt: () =>
      body === undefined ? excerptOf(redact(text.slice(0, LONGEST_SEARCHED))) : excerptOf(shownAs(body)),
  };
}

const shownAs = (body: unknown): string => JSON.stringify(body);

const excerptOf = (text: string): string => copyText(text.trim().slice(0, EXCERPT_LENGTH));

/** A body of JSON without credentials, or undefined. */
function parse(text: string, redact: Redact): unknown {
  if (text.length > LONGEST_DOCUMENT) return undefined;
  try {
    return cleaned(JSON.parse(text), redact, DEEPEST);
  } catch {
    return undefined;
  }
}

function cleaned(value: unknown, redact: Redact, depth: number): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      isNameOfCredential(value[index - 1]) ? HIDDEN : cleaned(item, redact, depth - 1),
    );
  }
  const members = Object.entries(value);
  const isAboutCredential = members.some(([, member]) => isNameOfCredential([member].flat().at(-1)));
  return Object.fromEntries(
    members.flatMap(([name, member]) => {
      if (isCredentialName(name)) return [];
      const isHidden = isAboutCredential && GIVEN.test(name);
      return [[redact(name), isHidden ? HIDDEN : cleaned(member, redact, depth - 1)]];
    }),
  );
}

/** Where a server repeats a value beside the name of its field: `{ "field": "temporary_password", "value": … }`. */
const GIVEN = /val(ue)?$|^(input|content|text|given|received|actual|got|data)$/i;

const isNameOfCredential = (value: unknown): boolean =>
  typeof value === "string" && /^[\w.$-]{1,80}$/.test(value) && isCredentialName(value);
