import { readDocument } from "./document.ts";
import { applyOverlay, readOverlay } from "./overlay.ts";
import { renameSchemas } from "./schema-names.ts";
import { respell } from "./spelling.ts";
import { toYaml } from "./write.ts";

const COMMENT = `The spec: upstream.yaml with overlay.yaml, in our spelling. \`npm run spec\` writes this file;
README.md says how to change it.`;

/** The text of `arize-users.yaml`. */
export async function buildSpec(upstream: string, overlayText: string): Promise<string> {
  const overlay = readOverlay(overlayText);
  const changed = await applyOverlay(readDocument(upstream, "upstream.yaml"), overlay);
  const named = renameSchemas(changed, overlay["x-schema-names"]);
  return toYaml(respell(named, overlay["x-spellings"]), COMMENT);
}
