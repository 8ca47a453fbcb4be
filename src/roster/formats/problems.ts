import { ValidationError, type ValidationIssue } from "../../index.ts";
import { show } from "../../util/show.ts";

/** Nobody reads more than this in one message. */
const MOST_SHOWN = 20;

/** Collects the problems of a roster, by place. */
export class Problems {
  readonly #source: string;
  readonly #issues: ValidationIssue[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** `path` is the place, and the column if the problem is about one. */
  add(path: string, message: string): void {
    this.#issues.push({ path, message });
  }

  /** @throws {ValidationError} if there are problems. */
  throwIfAny(): void {
    if (this.#issues.length === 0) return;
    const shown = this.#issues.slice(0, MOST_SHOWN);
    const more = this.#issues.length - shown.length;
    if (more > 0) shown.push({ path: "", message: `and ${more} more` });
    throw new ValidationError(this.#source, shown);
  }

  /** @throws {ValidationError} with this problem and those before it. */
  fail(path: string, message: string): never {
    this.add(path, message);
    this.throwIfAny();
    throw new Error("unreachable");
  }
}

/** A value for a message, as JSON where it has a form in JSON. A long one is truncated. */
export function shown(value: unknown): string {
  const text = toJson(value) ?? show(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A bigint, or an object that contains itself, as an alias in YAML can.
    return undefined;
  }
}
