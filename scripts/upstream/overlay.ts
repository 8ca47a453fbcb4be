import { openapiOverlay } from "openapi-format";
import { parse } from "yaml";
import type { Document } from "./document.ts";
import type { SchemaName } from "./schema-names.ts";

type OverlaySet = Parameters<typeof openapiOverlay>[1]["overlaySet"];

/** `overlay.yaml`: an OpenAPI Overlay, and what an overlay cannot say. */
interface Overlay extends OverlaySet {
  readonly "x-schema-names": readonly SchemaName[];
  readonly "x-spellings": Readonly<Record<string, string>>;
}

/** @throws {Error} where an action gives no reason. */
export function readOverlay(text: string): Overlay {
  const overlay: Overlay = parse(text);
  const silent = overlay.actions.find(({ description }) => !description);
  if (silent)
    throw new Error(`overlay.yaml: the action on ${silent.target} needs a description: its reason.`);
  return overlay;
}

/** Applies the actions. One that matches nothing is an error: without it the API of users would be another one. */
export async function applyOverlay(document: Document, overlaySet: Overlay): Promise<Document> {
  const { data, resultData } = await openapiOverlay(structuredClone<object>(document), { overlaySet });
  const { unusedActions } = resultData as { readonly unusedActions: OverlaySet["actions"] };
  const [unused] = unusedActions;
  if (!unused) return data as Document;
  throw new Error(`overlay.yaml: the action on ${unused.target} (${unused.description}) matches nothing.`);
}
