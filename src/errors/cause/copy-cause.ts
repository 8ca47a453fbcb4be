import { fieldOf, textOf } from "../field-of.ts";
import { letGo } from "../let-go.ts";
import type { Redact } from "../redaction/redact.ts";
import { copyText } from "../response/bound-error-body.ts";

const MOST_COPIES = 30;
const DEEPEST = 8;
const MOST_FRAMES = 5;

/** What is kept of a text: somebody else's message may be a whole page, and a bulk call has as many as targets. */
const LONGEST_TEXT = 2_000;

/** What is searched for secrets to find it. */
const LONGEST_SEARCHED = 16_384;

/** What a system says of its errors. Anything else, such as the raw bytes of a response, may hold a secret. */
const FIELDS = ["code", "errno", "syscall", "hostname", "address", "port"];

/**
 * What another program threw, as an error of our own with nothing in it but its name, its message, what the system says,
 * and its causes. The original may hold whatever was sent and received.
 */
export const copyOfCause = (cause: unknown, redact: Redact): unknown =>
  copyOf(cause, { redact: shortened(redact), copies: new Map(), depth: DEEPEST });

/** Redacts first, since a secret that is cut is not recognized. */
const shortened =
  (redact: Redact): Redact =>
  (text) => {
    const shown = redact(text.slice(0, LONGEST_SEARCHED));
    return text.length > LONGEST_TEXT ? copyText(`${shown.slice(0, LONGEST_TEXT)}…`) : shown;
  };

interface Copying {
  readonly redact: Redact;
  /** By original, since errors may be each other's cause. */
  readonly copies: Map<object, object>;
  readonly depth: number;
}

function copyOf(value: unknown, copying: Copying): unknown {
  const { redact, copies, depth } = copying;
  if (typeof value === "string") return redact(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol")
    return redact(String(value)) === String(value) ? value : redact(String(value));
  if (typeof value !== "object" || value === null) return value;
  const known = copies.get(value);
  if (known || depth === 0 || copies.size >= MOST_COPIES) return known;
  const copied = shallowCopy(value, redact);
  copies.set(value, copied);
  const inner = (link: unknown) => copyOf(link, { ...copying, depth: depth - 1 });
  const cause = fieldOf(value, "cause");
  if (cause !== undefined) hide(copied, "cause", inner(cause));
  const errors = fieldOf(value, "errors");
  if (Array.isArray(errors)) hide(copied, "errors", errors.slice(0, MOST_COPIES).map(inner));
  return copied;
}

function shallowCopy(value: object, redact: Redact): object {
  const name = textOf(value, "name");
  const message = fieldOf(value, "message");
  const isError = name !== undefined || message !== undefined;
  const copied = isError ? letGo(new Error(typeof message === "string" ? redact(message) : "")) : {};
  if (typeof message === "number") hide(copied, "message", message);
  if (name !== undefined && name !== "Error") hide(copied, "name", redact(name));
  Object.assign(copied, systemFieldsOf(value, redact));
  if (isError) hide(copied, "stack", stackOf(String(copied), value, redact));
  return copied;
}

function systemFieldsOf(value: object, redact: Redact): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of FIELDS) {
    const given = fieldOf(value, name);
    if (typeof given === "number") fields[name] = given;
    if (typeof given === "string") fields[name] = redact(given);
  }
  return fields;
}

/** Where it was thrown. The first lines of a stack repeat the message. */
function stackOf(head: string, value: object, redact: Redact): string {
  const frames = (textOf(value, "stack") ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return [head, ...frames.slice(0, MOST_FRAMES).map(redact)].join("\n");
}

/** As `cause`, `name` and `stack` are on errors: not enumerable. */
const hide = (target: object, name: string, value: unknown): void => {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
};
