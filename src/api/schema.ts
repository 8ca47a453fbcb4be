/**
 * What the generated schemas are made of: data, which `wire.ts` translates by and `validate.ts` holds values against.
 *
 * hey-api writes schemas for valibot, whose names and shapes these are; `scripts/generate.ts` has them made with these
 * functions instead, since what of valibot would get into the bundle is a sixth of it. A test holds the two against
 * each other.
 */

/** A rule for values of the right type: as a message states it, and whether a value keeps it. */
export interface Rule<Value> {
  readonly rule: string;
  holds(value: Value): boolean;
  /** What a message shows of a value that breaks it, where that is not the value itself. */
  show?(value: Value): string;
}

export interface Entries {
  readonly [key: string]: WireSchema;
}

export type ObjectSchema = { readonly type: "object"; readonly entries: Entries };

export type StringSchema = { readonly type: "string"; readonly rules: readonly Rule<string>[] };
export type NumberSchema = { readonly type: "number"; readonly rules: readonly Rule<number>[] };
export type BooleanSchema = { readonly type: "boolean"; readonly rules: readonly Rule<boolean>[] };
export type PicklistSchema = { readonly type: "picklist"; readonly options: readonly string[] };
export type LiteralSchema = { readonly type: "literal"; readonly literal: string };
export type ArraySchema = { readonly type: "array"; readonly item: WireSchema };
export type OptionalSchema = {
  readonly type: "optional";
  readonly wrapped: WireSchema;
  /** What takes the place of nothing. */
  readonly fallback: unknown;
};
export type NullableSchema = { readonly type: "nullable"; readonly wrapped: WireSchema };
/** Of which nothing is known, or alternatives that nothing tells apart: it passes as it is. */
export type UnknownSchema = { readonly type: "unknown" };
export type VariantSchema = {
  readonly type: "variant";
  readonly key: string;
  readonly options: readonly ObjectSchema[];
};

export type WireSchema =
  | ObjectSchema
  | StringSchema
  | NumberSchema
  | BooleanSchema
  | PicklistSchema
  | LiteralSchema
  | ArraySchema
  | OptionalSchema
  | NullableSchema
  | UnknownSchema
  | VariantSchema;

/* The functions have no side effects, so that a bundler drops the schemas that nobody uses. */

/* @__NO_SIDE_EFFECTS__ */
export const object = <E extends Entries>(entries: E) => ({ type: "object", entries }) as const;

/* @__NO_SIDE_EFFECTS__ */
export const optional = (wrapped: WireSchema, fallback?: unknown): OptionalSchema => ({
  type: "optional",
  wrapped,
  fallback,
});

/* @__NO_SIDE_EFFECTS__ */
export const nullable = (wrapped: WireSchema): NullableSchema => ({ type: "nullable", wrapped });

/* @__NO_SIDE_EFFECTS__ */
export const nullish = (wrapped: WireSchema): OptionalSchema => optional(nullable(wrapped));

/* @__NO_SIDE_EFFECTS__ */
export const unknown = (): UnknownSchema => ({ type: "unknown" });

/* @__NO_SIDE_EFFECTS__ */
export const union = (_options: readonly WireSchema[]): UnknownSchema => unknown();

/* @__NO_SIDE_EFFECTS__ */
export const intersect = (objects: readonly ObjectSchema[]): ObjectSchema =>
  object(Object.assign({}, ...objects.map(({ entries }) => entries)));

/* @__NO_SIDE_EFFECTS__ */
export const array = (item: WireSchema): ArraySchema => ({ type: "array", item });

/* @__NO_SIDE_EFFECTS__ */
export const variant = (key: string, options: readonly ObjectSchema[]): VariantSchema => ({
  type: "variant",
  key,
  options,
});

/* @__NO_SIDE_EFFECTS__ */
export const picklist = (options: readonly string[]): PicklistSchema => ({ type: "picklist", options });

/* @__NO_SIDE_EFFECTS__ */
export const literal = (literal: string): LiteralSchema => ({ type: "literal", literal });

/** encodeURIComponent throws on a lone surrogate, and UTF-8 has none. */
const WELL_FORMED: Rule<string> = {
  rule: "must be well-formed Unicode",
  holds: (value) => value.isWellFormed(),
};

/* @__NO_SIDE_EFFECTS__ */
export const string = (): StringSchema => ({ type: "string", rules: [WELL_FORMED] });

const NOT_NAN: Rule<number> = { rule: "must be a number", holds: (value) => !Number.isNaN(value) };

/* @__NO_SIDE_EFFECTS__ */
export const number = (): NumberSchema => ({ type: "number", rules: [NOT_NAN] });

/* @__NO_SIDE_EFFECTS__ */
export const boolean = (): BooleanSchema => ({ type: "boolean", rules: [] });

/* @__NO_SIDE_EFFECTS__ */
export const pipe = <S extends StringSchema | NumberSchema>(
  schema: S,
  ...rules: S["rules"][number][]
): S => ({
  ...schema,
  rules: [...schema.rules, ...rules],
});

/** JSON Schema counts those, and not UTF-16 units. */
const codePoints = (value: string): number => [...value].length;

/** A length, as messages show it in place of a text that is too long or too short. */
export const characters = (value: string): string => {
  const count = codePoints(value);
  return count === 1 ? "1 character" : `${count} characters`;
};

/* @__NO_SIDE_EFFECTS__ */
export const minCodePoints = (least: number): Rule<string> => ({
  rule: least === 1 ? "must not be empty" : `must have at least ${least} characters`,
  holds: (value) => codePoints(value) >= least,
  ...(least > 1 && { show: characters }),
});

/* @__NO_SIDE_EFFECTS__ */
export const maxCodePoints = (most: number): Rule<string> => ({
  rule: `must have at most ${most} characters`,
  holds: (value) => codePoints(value) <= most,
  show: characters,
});

/* @__NO_SIDE_EFFECTS__ */
export const minValue = (least: number): Rule<number> => ({
  rule: `must be at least ${least}`,
  holds: (value) => value >= least,
});

/* @__NO_SIDE_EFFECTS__ */
export const maxValue = (most: number): Rule<number> => ({
  rule: `must be at most ${most}`,
  holds: (value) => value <= most,
});

/* @__NO_SIDE_EFFECTS__ */
export const gtValue = (bound: number): Rule<number> => ({
  rule: `must be more than ${bound}`,
  holds: (value) => value > bound,
});

/* @__NO_SIDE_EFFECTS__ */
export const ltValue = (bound: number): Rule<number> => ({
  rule: `must be less than ${bound}`,
  holds: (value) => value < bound,
});

/* @__NO_SIDE_EFFECTS__ */
export const regex = (pattern: RegExp): Rule<string> => ({
  rule: `must match ${pattern}`,
  holds: (value) => pattern.test(value),
});

/* @__NO_SIDE_EFFECTS__ */
export const integer = (): Rule<number> => ({ rule: "must be a whole number", holds: Number.isInteger });

/** "A valid email address" of the HTML standard, 4.10.5.1.5, which is what valibot means by the address of an RFC. */
const EMAIL_ADDRESS =
  /^[a-z\d.!#$%&'*+/=?^_`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/* @__NO_SIDE_EFFECTS__ */
export const rfcEmail = (): Rule<string> => ({
  rule: "must be an email address",
  holds: (value) => EMAIL_ADDRESS.test(value),
});
