import { upgradeFromThreeToThreeOne } from "@scalar/openapi-upgrader/3.0-to-3.1";
import { dropUnusedComponents } from "./components.ts";
import { type Document, readDocument } from "./document.ts";
import { operationsIn, pickOperations } from "./operations.ts";
import { inOrderOf } from "./order.ts";
import { toYaml } from "./write.ts";

const COMMENT = `The part of the vendor's document that this package is about, in the vendor's words.
\`npm run upstream -- FILE_OR_URL\` writes this file; what we say differently is in overlay.yaml.`;

export interface Taken {
  /** The new text of `upstream.yaml`. */
  readonly text: string;
  /** Operations under our paths that the document has and that were not taken. */
  readonly left: readonly string[];
}

/**
 * Takes from the vendor's document the operations that `upstream.yaml` has, and those of `added`.
 *
 * @throws {Error} where the document is no OpenAPI 3.0 or 3.1, or lacks one of them.
 */
export function take(
  vendor: { readonly text: string; readonly source: string },
  upstream: string,
  added: readonly string[],
): Taken {
  const document = readDocument(vendor.text, vendor.source);
  const before = readDocument(upstream, "upstream.yaml");
  const wanted = [...new Set([...operationsIn(before), ...added])];
  const picked = dropUnusedComponents(pickOperations(document, wanted));
  const ordered = inOrderOf(toVersion31(picked), before);
  const left = operationsIn(document).filter((operation) => !wanted.includes(operation));
  return { text: toYaml(ordered, COMMENT), left: left.sort() };
}

/** All of 3.1 is one version here: its corrections change no document. */
const toVersion31 = (document: Document): Document => ({
  ...upgrade(document),
  openapi: "3.1.1",
});

// It changes what it is given.
const upgrade = (document: Document): Document =>
  upgradeFromThreeToThreeOne(structuredClone<object>(document)) as Document;
