import { show, toJson } from "./document.ts";
import { readSchema, type Schema } from "./schema.ts";
import { fold } from "./values.ts";

/** One of the schemas of a `oneOf` or `anyOf`. */
export interface Variant {
  readonly schema: Schema;
  /** The value of the discriminator, if it has one. */
  readonly tag: string | undefined;
}

/** The variants of a schema. One that is no union is its own only variant. */
export function variantsOf(union: Schema, tagField = ""): readonly Variant[] {
  const { document, options } = union;
  const schemas =
    options.length > 0
      ? options.map((option) => readSchema(document, option))
      : [{ ...union, isNullable: false }];
  const mapping = toJson(toJson(union.part["discriminator"])["mapping"]);
  return schemas.map((schema) => {
    const [value, ...others] = readSchema(document, schema.fields[tagField]).values ?? [];
    const isMapped = (tag: string) => show(mapping[tag]).split("/").at(-1) === schema.name;
    const tag = value ?? Object.keys(mapping).find(isMapped);
    return { schema, tag: others.length > 0 ? undefined : tag };
  });
}

const keyOf = ({ tag, schema }: Variant): string => tag ?? schema.name ?? show(schema.part);

/** Pairs the variants of two versions by tag, name or content; then the last one left of each. */
export function pairVariants(before: readonly Variant[], after: readonly Variant[]) {
  const pairs: (readonly [Variant, Variant])[] = [];
  const left = (variants: readonly Variant[]) =>
    variants.filter((variant) => !pairs.some((pair) => pair.includes(variant)));
  for (const key of [keyOf, (variant: Variant) => fold(keyOf(variant))]) {
    for (const old of left(before)) {
      const fresh = left(after).find((variant) => key(variant) === key(old));
      if (fresh) pairs.push([old, fresh]);
    }
  }
  const [[old, ...moreOld], [fresh, ...moreFresh]] = [left(before), left(after)];
  if (old && fresh && moreOld.length + moreFresh.length === 0) pairs.push([old, fresh]);
  return pairs;
}
