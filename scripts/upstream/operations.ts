import { type Document, type Fields, isFields } from "./document.ts";

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const OUR_PATHS = /^\/v2\/(users|organizations)(\/|$)/;

/** The operations of a document under `/v2/users` and `/v2/organizations`, as `GET /v2/users`. */
export const operationsIn = ({ paths }: Document): string[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    OUR_PATHS.test(path)
      ? METHODS.filter((method) => item[method]).map((method) => nameOf(method, path))
      : [],
  );

const nameOf = (method: string, path: string): string => `${method.toUpperCase()} ${path}`;

/** The part of a document that is these operations, with what they reference and nothing else. */
export function pickOperations(document: Document, wanted: readonly string[]): Document {
  const found = operationsIn(document);
  const missing = wanted.filter((operation) => !found.includes(operation));
  if (missing.length > 0) throw new Error(`The document lacks ${missing.join(", ")}.`);
  const paths: Record<string, Fields> = {};
  for (const [path, item] of Object.entries(document.paths)) {
    const kept = Object.entries(item).filter(
      ([key]) => !METHODS.includes(key) || wanted.includes(nameOf(key, path)),
    );
    if (kept.some(([key]) => METHODS.includes(key))) paths[path] = Object.fromEntries(kept);
  }
  const { tags, webhooks: _, ...rest } = document;
  const used = tagsIn(paths);
  return {
    ...rest,
    ...(Array.isArray(tags) && { tags: tags.filter((tag) => isFields(tag) && used.has(tag["name"])) }),
    paths,
  };
}

const tagsIn = (paths: Readonly<Record<string, Fields>>): ReadonlySet<unknown> =>
  new Set(
    Object.values(paths)
      .flatMap((item) => Object.values(item))
      .flatMap((operation) => (isFields(operation) ? operation["tags"] : [])),
  );
