import { ValidationError, type ValidationIssue } from "../../index.ts";

/** More than this nobody reads in one message. */
const MOST_SHOWN = 20;

/** Everything that is wrong with a roster, by place. */
export class Problems {
  readonly #source: string;
  readonly #issues: ValidationIssue[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** `path` is the place, and the column where it is about one. */
  add(path: string, message: string): void {
    this.#issues.push({ path, message });
  }

  /** @throws {ValidationError} where anything is wrong. */
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

/** A value for a message; a long one is cut. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
