/** The schemas of hey-api's resolved spec (`ir`), in the few kinds that models are generated from. */
import type { IR } from "@hey-api/openapi-ts";
import { constantCase, pascalCase } from "./names.ts";

type IrSchema = IR.SchemaObject;

/** A value as a model holds it. */
export type Kind =
  | { readonly kind: "string"; readonly format: string | undefined }
  | { readonly kind: "number" | "boolean" | "unknown" }
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "enum" | "reference"; readonly name: string }
  | { readonly kind: "array"; readonly item: Kind }
  | { readonly kind: "nullable"; readonly inner: Kind };

export interface Property {
  /** As on the wire. */
  readonly name: string;
  readonly kind: Kind;
  readonly required: boolean;
  readonly description: string | undefined;
  /** Sent where the caller gives none; for a response, read where the server gives none. */
  readonly fallback: unknown;
}

interface Named {
  readonly name: string;
  readonly description: string | undefined;
}

export interface EnumSchema extends Named {
  readonly type: "enum";
  readonly values: readonly string[];
  /** The exported list of its values. */
  readonly constant: string;
}

export interface ObjectSchema extends Named {
  readonly type: "object";
  readonly properties: readonly Property[];
}

/** One of several objects, told apart by a property that they all have. */
export interface VariantSchema extends Named {
  readonly type: "variant";
  /** The property, as on the wire. */
  readonly tag: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  /** The properties of all options, as on the wire. */
  readonly properties: readonly string[];
}

export type NamedSchema = EnumSchema | ObjectSchema | VariantSchema;

/** Named schemas by name; inline ones get the name of the place where they stand. */
export class SchemaReader {
  readonly schemas = new Map<string, NamedSchema>();
  readonly #components: Readonly<Record<string, IrSchema>>;
  /** Those whose definition is under way, which may refer to themselves. */
  readonly #open = new Set<string>();

  constructor(components: Readonly<Record<string, IrSchema>>) {
    this.#components = components;
  }

  /**
   * Reads a schema and all that it refers to.
   *
   * @throws {Error} naming the schema, where no model can express it.
   */
  read(schema: IrSchema, name: string): Kind {
    if (schema.$ref !== undefined) return this.#readReference(schema.$ref);
    if (typeof schema.const === "string") return { kind: "literal", value: schema.const };
    switch (schema.type) {
      case "string":
        return { kind: "string", format: schema.format };
      case "integer":
      case "number":
        return { kind: "number" };
      case "boolean":
      case "unknown":
        return { kind: schema.type };
      case "array":
        return { kind: "array", item: this.#readItems(schema, name) };
      case "enum":
        return this.#readEnum(schema, name);
      case "object":
        return schema.properties ? this.#define(this.#toObject(schema, name)) : { kind: "unknown" };
      case undefined:
        return this.#readComposite(schema, name);
      default:
        throw new Error(`${name}: a schema of type "${schema.type}" cannot be expressed as a model`);
    }
  }

  #readItems({ items = [] }: IrSchema, name: string): Kind {
    const [item, ...others] = items;
    return item && others.length === 0 ? this.read(item, name) : { kind: "unknown" };
  }

  #readReference(ref: string): Kind {
    const name = ref.split("/").at(-1) ?? ref;
    const component = this.#components[name];
    if (!component) throw new Error(`${ref}: no such schema`);
    const known = this.schemas.get(name);
    if (known) return kindOf(known);
    if (this.#open.has(name)) return { kind: "reference", name };
    this.#open.add(name);
    return this.read(component, name);
  }

  #readEnum(schema: IrSchema, name: string): Kind {
    const options = schema.items?.map((item) => item.const) ?? [];
    const values = options.filter((option) => typeof option === "string");
    if (values.length + Number(options.includes(null)) < options.length) {
      throw new Error(`${name}: an enum of other values than strings cannot be expressed as a model`);
    }
    const { description } = schema;
    const constant = constantCase(name);
    const kind = this.#define({ type: "enum", name, description, values, constant });
    return options.includes(null) ? { kind: "nullable", inner: kind } : kind;
  }

  #readComposite(schema: IrSchema, name: string): Kind {
    const options = schema.items ?? [];
    if (schema.logicalOperator === "and") return this.#define(this.#toObject(schema, name));
    const [inner, ...others] = options.filter((option) => option.type !== "null");
    if (inner && others.length === 0) return { kind: "nullable", inner: this.read(inner, name) };
    const { discriminator } = schema;
    // Nothing tells the options apart: the value passes as it is.
    if (!discriminator) return { kind: "unknown" };
    const named = Object.entries(discriminator.mapping ?? {}).map(([value, ref]) => {
      const option = this.#readReference(ref);
      if (option.kind === "reference") return { value, name: option.name };
      throw new Error(`${name}: its option ${ref} is not an object`);
    });
    const tag = discriminator.propertyName;
    const properties = named.flatMap((option) => {
      const read = this.schemas.get(option.name);
      return read?.type === "object" ? read.properties.map((property) => property.name) : [];
    });
    return this.#define({
      type: "variant",
      name,
      description: schema.description,
      tag,
      options: named,
      properties: [...new Set(properties)].filter((property) => property !== tag),
    });
  }

  #toObject(schema: IrSchema, name: string): ObjectSchema {
    return {
      type: "object",
      name,
      description: schema.description,
      properties: this.#propertiesOf(schema, name),
    };
  }

  /** Those of all parts of an `allOf`. */
  #propertiesOf(schema: IrSchema, name: string): Property[] {
    if (schema.$ref !== undefined) {
      const part = this.#components[schema.$ref.split("/").at(-1) ?? ""];
      return part ? this.#propertiesOf(part, name) : [];
    }
    if (schema.logicalOperator === "and") {
      return (schema.items ?? []).flatMap((part) => this.#propertiesOf(part, name));
    }
    return Object.entries(schema.properties ?? {}).map(([key, property]) => ({
      name: key,
      kind: this.read(property, name + pascalCase(key)),
      required: schema.required?.includes(key) ?? false,
      description: property.description,
      fallback: property.default,
    }));
  }

  #define(schema: NamedSchema): Kind {
    this.schemas.set(schema.name, schema);
    return kindOf(schema);
  }
}

const kindOf = ({ type, name }: NamedSchema): Kind => ({
  kind: type === "enum" ? "enum" : "reference",
  name,
});
