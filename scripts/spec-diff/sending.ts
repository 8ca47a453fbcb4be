import { type Both, type Finding, found, type Place } from "./findings.ts";
import { show, toJson } from "./json.ts";
import { sayKeyword } from "./keywords.ts";
import { ANYTHING, type Shape } from "./shape.ts";

/** The format of every body that the package sends. */
export const FORMAT = "application/json";

export const isSendable = (content: unknown): boolean => FORMAT in toJson(content);

/** What of a parameter the package cannot send: it knows no cookies, and repeats what is an array in the query. */
function unsendableIn({ part, types, options }: Shape): string | undefined {
  const { in: where, style = "form", explode = style === "form" } = part;
  if (where === "cookie") return "in: cookie";
  if (where !== "query") return undefined;
  if (types.includes("object") && types !== ANYTHING) return "type: object";
  if (![...types, ...options.flatMap((option) => option.types)].includes("array")) return undefined;
  if (style !== "form") return `style: ${show(style)}`;
  return explode === true ? undefined : "explode: false";
}

/** What is different in how a parameter is written, which is the package's business as long as it can. */
export function compareWriting({ before, after }: Both<Shape>, place: Place): readonly Finding[] {
  const kind = unsendableIn(after) && !unsendableIn(before) ? "unsendable" : "noted";
  return ["in", "style", "explode"].flatMap((key) => {
    const [old, fresh] = [sayKeyword(key, before.part[key]), sayKeyword(key, after.part[key])];
    return old === fresh ? [] : [found(kind, place, old, fresh)];
  });
}
