import { fieldOf, textOf } from "../field-of.ts";
import { letGo } from "../let-go.ts";
import { type Redact, redactStart } from "../redaction/redact.ts";
import { copyText } from "../response/bound-error-body.ts";

const MOST_COPIES = 30;
const DEEPEST = 8;
const MOST_FRAMES = 5;

/** The longest text that is kept: a message from other code may be a whole page, and a bulk call may have one for each target. */
const LONGEST_TEXT = 2_000;

/** The fields to copy: the message and those of system errors. Others, such as raw bytes of a response, may hold a secret. */
const FIELDS = ["message", "code", "errno", "syscall", "hostname", "address", "port"];

/**
 * Copies a thrown value to a new error: its name, its message, the fields of system errors, and its causes. The original may hold
 * everything that was sent and received. It is recognized by its shape, since an error of another realm is not an
 * `instanceof Error`.
 */
export function copyOfCause(thrown: unknown, redact: Redact): unknown {
  /** By original; causes may form a cycle. */
  const copies = new Map<object, object>();
  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value !== "object" || value === null) return copyOfPrimitive(value, redact);
    const known = copies.get(value);
    if (known || depth === 0 || copies.size === MOST_COPIES) return known;
    const copied = shallowCopy(value, redact);
    copies.set(value, copied);
    const cause = fieldOf(value, "cause");
    if (cause !== undefined) hide(copied, "cause", copy(cause, depth - 1));
    const errors = itemsOf(fieldOf(value, "errors"))?.map((one) => copy(one, depth - 1));
    if (errors) hide(copied, "errors", errors);
    return copied;
  };
  return copy(thrown, DEEPEST);
}

function copyOfPrimitive(value: unknown, redact: Redact): unknown {
  if (typeof value === "function") return "a function";
  if (typeof value !== "string" && typeof value !== "symbol") return value;
  const text = cleaned(String(value), redact);
  return text === String(value) ? value : text;
}

/** The items of a list, which may be a proxy that throws. One `undefined` stands for all items beyond the limit. */
function itemsOf(list: unknown): unknown[] | undefined {
  const length = fieldOf(list, "length");
  if (typeof length !== "number") return undefined;
  const items = Array.from({ length: Math.min(length, MOST_COPIES) }, (_, index) => fieldOf(list, index));
  return length > MOST_COPIES ? [...items, undefined] : items;
}

function cleaned(text: string, redact: Redact): string {
  const shown = redactStart(text, LONGEST_TEXT, redact);
  return text.length > LONGEST_TEXT ? copyText(`${shown}…`) : shown;
}

function shallowCopy(value: object, redact: Redact): object {
  const name = textOf(value, "name");
  const isError = name !== undefined || fieldOf(value, "message") !== undefined;
  const copied = isError ? letGo(new Error("")) : {};
  if (name !== undefined && name !== "Error") hide(copied, "name", cleaned(name, redact));
  for (const field of FIELDS) {
    const given = fieldOf(value, field);
    const kept = typeof given === "string" ? cleaned(given, redact) : given;
    if (typeof kept === "string" || typeof kept === "number") Object.assign(copied, { [field]: kept });
  }
  if (isError) hide(copied, "stack", stackOf(String(copied), value, redact));
  return copied;
}

/** The frames of the original stack under a new head line. The original's first lines repeat the message. */
function stackOf(head: string, value: object, redact: Redact): string {
  const frames = (textOf(value, "stack") ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return [head, ...frames.slice(0, MOST_FRAMES).map((line) => cleaned(line, redact))].join("\n");
}

/** Defines a property that is not enumerable, as `cause`, `name` and `stack` of errors are. */
const hide = (target: object, name: string, value: unknown): void => {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
};
