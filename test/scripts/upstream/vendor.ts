import { readFile } from "node:fs/promises";
import { type Document, parseDocument } from "yaml";
import { seededRandom } from "../../helpers/seeded-random.ts";

export const readOpenapi = (name: string): Promise<string> =>
  readFile(new URL(`../../../openapi/${name}`, import.meta.url), "utf8");

export const upstream = await readOpenapi("upstream.yaml");
export const overlay = await readOpenapi("overlay.yaml");

export type Edit = (document: Document) => void;

/** `upstream.yaml` with changes of the vendor's. */
export function edited(...edits: readonly Edit[]): string {
  const document = parseDocument(upstream);
  for (const edit of edits) edit(document);
  return document.toString();
}

/** A document of the whole API, of which ours is a small part. */
export interface Whole {
  openapi: string;
  paths: Record<string, unknown>;
  components: Record<string, Record<string, unknown>>;
  tags: unknown[];
  webhooks?: Record<string, unknown>;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** Ours among `count` resources of others, some of which share our components, have our names, or form rings. */
export function amongStrangers(ours: Whole, count: number): Whole {
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  const responses: Record<string, unknown> = {};
  for (let n = 0; n < count; n++) {
    const next = `Stranger${(n + 1) % count}`;
    schemas[`Stranger${n}`] = {
      type: "object",
      required: ["kind", "id"],
      properties: { id: { type: "string" }, kind: { enum: ["A_KIND"] }, next: ref(next), owner: ref("User") },
    };
    responses[`Stranger${n}Response`] = {
      description: "One.",
      content: { "application/json": { schema: ref(next) } },
    };
    paths[`/v2/strangers${n}`] = {
      get: {
        operationId: `list_strangers${n}`,
        tags: ["strangers"],
        security: [{ strangersKey: [] }],
        parameters: [{ $ref: "#/components/parameters/Limit" }],
        responses: { 200: { $ref: `#/components/responses/Stranger${n}Response` } },
      },
    };
  }
  const { components } = ours;
  return {
    ...ours,
    // The first letters are ours, and they are no paths of ours.
    paths: {
      ...paths,
      ...ours.paths,
      "/v2/users-of-models": paths["/v2/strangers0"],
      "/v3/users": paths["/v2/strangers1"],
    },
    components: {
      ...components,
      schemas: { ...schemas, ...components["schemas"] },
      responses: { ...responses, ...components["responses"] },
      securitySchemes: { ...components["securitySchemes"], strangersKey: { type: "http", scheme: "basic" } },
      links: { unused: { operationId: "list_strangers0" } },
    },
    tags: [...ours.tags, { name: "strangers", description: "Those of others." }],
    webhooks: { changed: { post: { responses: { 200: { description: "Taken." } } } } },
  };
}

const UNORDERED = ["allOf", "anyOf", "enum", "oneOf", "parameters", "required", "security", "tags", "type"];

/** The same document with everything in another order whose order means nothing. */
export function shuffled<Value>(value: Value, seed: number): Value {
  const random = seededRandom(seed);
  const shuffle = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => [random(), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  const visit = (part: unknown, key: string): unknown => {
    if (Array.isArray(part)) {
      const items = part.map((item) => visit(item, ""));
      return UNORDERED.includes(key) ? shuffle(items) : items;
    }
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(
      shuffle(Object.entries(part)).map(([name, field]) => [name, visit(field, name)]),
    );
  };
  return visit(value, "") as Value;
}

/** A document of OpenAPI 3.1 as 3.0 has it. */
export function toVersion30(document: Whole): Whole {
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== "object" || part === null) return part;
    const fields = Object.entries(part).map(([key, value]): [string, unknown][] => {
      if (key === "examples") return [["example", value.default.value]];
      if (key === "type" && Array.isArray(value))
        return [
          ["type", value.find((type) => type !== "null")],
          ["nullable", true],
        ];
      return [[key, visit(value)]];
    });
    return Object.fromEntries(fields.flat());
  };
  return { ...(visit(document) as Whole), openapi: "3.0.3" };
}
