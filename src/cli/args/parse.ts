import { parseArgs } from "node:util";
import { UsageError } from "../exit.ts";
import type { Option } from "./option.ts";

/** The arguments of a command, checked. */
export class Args {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals;
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  list(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** @throws {UsageError} if the option is missing. */
  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UsageError(`--${name} is required.`);
    return value;
  }

  /** @throws {UsageError} if the value is not a whole number, or is less than `least` or more than `most`. */
  whole(name: string, least: number, most?: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && !(value > (most ?? value))) return value;
    const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new UsageError(`--${name} must be a whole number ${range}, received ${JSON.stringify(text)}.`);
  }
}

/**
 * Parses the words after a command's name. Errors do not show the value of an unknown option: it may be a key.
 *
 * @throws {UsageError} if the command does not accept an option or an argument.
 */
export function parse(
  words: readonly string[],
  options: Readonly<Record<string, Option>>,
  names: readonly string[],
): Args {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { value, short }]) => [
      name,
      { type: value ? ("string" as const) : ("boolean" as const), ...(short && { short }) },
    ]),
  );
  const { tokens } = parseArgs({ args: [...words], options: config, strict: false, tokens: true });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind === "option") addOption(values, token, options);
  }
  if (!values.has("help")) checkCount(positionals, names);
  return new Args(positionals, values);
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  /** Whether name and value are one word: `--name=value`. */
  readonly inlineValue: boolean | undefined;
}

function addOption(
  values: Map<string, string[]>,
  token: OptionToken,
  options: Readonly<Record<string, Option>>,
): void {
  const { name, rawName, value } = token;
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) throw new UsageError(`Unknown option ${rawName}${hintFor(name, Object.keys(options))}`);
  checkValue(option, token);
  const before = values.get(name) ?? [];
  if (option.value && !option.multiple && before.length > 0)
    throw new UsageError(`${rawName} was passed twice.`);
  values.set(name, [...before, toChoice(option, value)]);
}

function checkValue(option: Option, { name, rawName, value, inlineValue }: OptionToken): void {
  if (option.value && value === undefined) throw new UsageError(`${rawName} needs a value: ${option.value}.`);
  if (!option.value && value !== undefined) throw new UsageError(`${rawName} takes no value.`);
  // The next option, and probably no value.
  if (inlineValue === false && /^-\D/.test(value ?? "")) {
    const advice = `Write --${name}=VALUE if it begins with -.`;
    throw new UsageError(`${rawName} needs a value: ${option.value}. ${advice}`);
  }
  if (option.choices && value !== undefined && !option.choices.includes(value.toLowerCase())) {
    throw new UsageError(
      `${rawName} must be one of ${option.choices.join(", ")}, received ${JSON.stringify(value)}.`,
    );
  }
}

const toChoice = ({ choices }: Option, value = ""): string => (choices ? value.toLowerCase() : value);

function checkCount(positionals: readonly string[], names: readonly string[]): void {
  const isMany = names.at(-1)?.endsWith("...") ?? false;
  const least = names.filter((name) => !name.startsWith("[")).length;
  if (positionals.length < least) throw new UsageError(`${names[positionals.length]} is missing.`);
  if (!isMany && positionals.length > names.length) {
    throw new UsageError(`Too many arguments: expected ${names.join(" ") || "none"}.`);
  }
  if (positionals.includes("")) throw new UsageError("An argument is empty.");
}

/** The end of an error about an unknown word: the known word that it probably means. */
export function hintFor(word: string, known: readonly string[]): string {
  const near = known.find((one) => distance(one, word) <= Math.max(1, Math.floor(one.length / 4)));
  return near === undefined ? "." : `; did you mean ${near}?`;
}

/** How many letters must be inserted, removed or replaced (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
