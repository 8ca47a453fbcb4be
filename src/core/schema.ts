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
  /** What a message shows of a value that breaks it, where that is not the value. */
  show?(value: Value): unknown;
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
  | VariantSchema;

/** The type of what keeps to a schema. */
export type Infer<S> = S extends { type: "object"; entries: infer E }
  ? { -readonly [Key in keyof E as E[Key] extends { type: "optional" } ? never : Key]: Infer<E[Key]> } & {
      -readonly [Key in keyof E as E[Key] extends { type: "optional" } ? Key : never]?: Infer<E[Key]>;
    }
  : S extends { type: "optional"; wrapped: infer Wrapped }
    ? Infer<Wrapped>
    : S extends { type: "array"; item: infer Item }
      ? Infer<Item>[]
      : S extends { type: "variant"; options: readonly (infer Option)[] }
        ? Infer<Option>
        : S extends { type: "picklist"; options: readonly (infer Option)[] }
          ? Option
          : S extends { type: "literal"; literal: infer Literal }
            ? Literal
            : S extends StringSchema
              ? string
              : S extends NumberSchema
                ? number
                : boolean;

/* The functions have no side effects, so that a bundler drops the schemas that nobody uses. */

/* @__NO_SIDE_EFFECTS__ */
export const object = <const E extends Entries>(entries: E) => ({ type: "object", entries }) as const;

/* @__NO_SIDE_EFFECTS__ */
export const optional = <const S extends WireSchema>(wrapped: S, fallback?: unknown) =>
  ({ type: "optional", wrapped, fallback }) as const;

/* @__NO_SIDE_EFFECTS__ */
export const array = <const S extends WireSchema>(item: S) => ({ type: "array", item }) as const;

/* @__NO_SIDE_EFFECTS__ */
export const variant = <const O extends readonly ObjectSchema[]>(key: string, options: O) =>
  ({ type: "variant", key, options }) as const;

/* @__NO_SIDE_EFFECTS__ */
export const picklist = <const O extends readonly string[]>(options: O) =>
  ({ type: "picklist", options }) as const;

/* @__NO_SIDE_EFFECTS__ */
export const literal = <const L extends string>(literal: L) => ({ type: "literal", literal }) as const;

/** encodeURIComponent throws on a lone surrogate, and UTF-8 has none. */
const WELL_FORMED: Rule<string> = {
  rule: "must be well-formed Unicode",
  holds: (value) => value.isWellFormed(),
};

/* @__NO_SIDE_EFFECTS__ */
export const string = (): StringSchema => ({ type: "string", rules: [WELL_FORMED] });

const NOT_NAN: Rule<number> = { rule: "must be number", holds: (value) => !Number.isNaN(value) };

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

/* @__NO_SIDE_EFFECTS__ */
export const minCodePoints = (least: number): Rule<string> => ({
  rule: least === 1 ? "must not be empty" : `must have at least ${least} characters`,
  holds: (value) => codePoints(value) >= least,
  show: codePoints,
});

/* @__NO_SIDE_EFFECTS__ */
export const maxCodePoints = (most: number): Rule<string> => ({
  rule: `must have at most ${most} characters`,
  holds: (value) => codePoints(value) <= most,
  show: codePoints,
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
export const integer = (): Rule<number> => ({ rule: "must be a whole number", holds: Number.isInteger });

/** "A valid email address" of the HTML standard, 4.10.5.1.5, which is what valibot means by the address of an RFC. */
const EMAIL_ADDRESS =
  /^[a-z\d.!#$%&'*+/=?^_`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

/* @__NO_SIDE_EFFECTS__ */
export const rfcEmail = (): Rule<string> => ({
  rule: "must be an email address",
  holds: (value) => EMAIL_ADDRESS.test(value),
});
