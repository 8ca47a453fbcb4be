import { type Document, type Fields, isFields, type Json } from "./document.ts";

/**
 * Drops the components that the rest of the document does not reference, directly or through others.
 *
 * `openapi-format` also drops empty schemas (`additionalProperties: {}`), and Redocly's bundler keeps unused schemas
 * that reference each other.
 */
export function dropUnusedComponents(document: Document): Document {
  const { components = {}, ...rest } = document;
  const used = new Set<string>();
  const visit = (part: Json): void => {
    for (const name of referencesIn(part)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(componentAt(components, name));
    }
  };
  visit(rest);
  const kept = Object.entries(components).flatMap(([kind, parts]) => {
    const rows = Object.entries(parts).filter(([name]) => used.has(`${kind}/${name}`));
    return rows.length > 0 ? [[kind, Object.fromEntries(rows)] as const] : [];
  });
  return { ...document, components: Object.fromEntries(kept) };
}

function componentAt(components: Readonly<Record<string, Fields>>, name: string): Json {
  const [kind = "", key = ""] = name.split("/");
  const component = components[kind]?.[key];
  if (component === undefined) throw new Error(`The document references components/${name}, and has none.`);
  return component;
}

/** What a part references, as `schemas/User`. */
function referencesIn(part: Json): string[] {
  if (Array.isArray(part)) return part.flatMap(referencesIn);
  if (!isFields(part)) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === "$ref" && typeof value === "string") return [referenceOf(value)];
    if (key === "mapping" && isFields(value)) return Object.values(value).map(mappedTo);
    return [...(key === "security" ? schemesOf(value) : []), ...referencesIn(value)];
  });
}

function referenceOf(ref: string): string {
  const [, name] = /^#\/components\/(\w+\/[^/]+)/.exec(ref) ?? [];
  if (name === undefined) throw new Error(`The document references ${ref}, which is no component.`);
  return name;
}

/** A discriminator names a schema by a reference or by its bare name. */
const mappedTo = (value: Json): string =>
  String(value).startsWith("#") ? referenceOf(String(value)) : `schemas/${value}`;

const schemesOf = (security: Json): string[] =>
  Array.isArray(security)
    ? security.flatMap((scheme) =>
        (isFields(scheme) ? Object.keys(scheme) : []).map((name) => `securitySchemes/${name}`),
      )
    : [];
