/** The type-level counterpart of `wire.ts`: public types made of the generated ones. */

type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** A type of the wire in public names: camelCase, and `Date` where the name ends in `_at`. */
export type FromWire<T> = T extends readonly (infer Item)[]
  ? FromWire<Item>[]
  : T extends object
    ? {
        [Key in keyof T as CamelCase<Key>]: Key extends `${string}_at`
          ? Date | Extract<T[Key], null>
          : FromWire<Exclude<T[Key], undefined>>;
      }
    : T;

type Underscores<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscores<Tail>}`
  : Name;

/** An enum value in the spelling of either era: `"read-only" | "READ_ONLY"`. */
export type EitherCase<Value extends string> = Value | Uppercase<Underscores<Value>>;

/**
 * What callers may give for a type of the wire: camelCase, enum values in either case, and `undefined` for
 * whatever may be left out.
 */
export type Input<T> = T extends string
  ? string extends T
    ? T
    : EitherCase<T>
  : T extends readonly (infer Item)[]
    ? readonly Input<Item>[]
    : T extends object
      ? { [Key in keyof T as CamelCase<Key>]: Input<T[Key]> | UndefinedIfOptional<T, Key> }
      : T;

type UndefinedIfOptional<T, Key extends keyof T> =
  Record<never, never> extends Pick<T, Key> ? undefined : never;
