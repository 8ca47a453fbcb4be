import { stringify } from "yaml";
import type { Json } from "./document.ts";

/** YAML that readers of YAML 1.1 understand as well: they take an unquoted date for one. */
export const toYaml = (value: Json, comment: string): string =>
  `${comment.replace(/^/gm, "# ")}\n\n${stringify(value, {
    aliasDuplicateObjects: false,
    lineWidth: 110,
    schema: "yaml-1.1",
  })}`;
