import { type Json, show } from "./document.ts";
import { changed, type Finding, type Place } from "./findings.ts";
import { fold } from "./values.ts";

const KEYS = ["title", "summary", "description", "example", "examples"];

/** Compares the documentation and the examples of a part. Another spelling is no difference. */
export function compareTexts(place: Place, before: Json, after: Json): readonly Finding[] {
  if (KEYS.every((key) => JSON.stringify(before[key]) === JSON.stringify(after[key]))) return [];
  // Documentation is the same for readers in requests and in responses.
  const at: Place = { ...place, use: "operation" };
  const [old, fresh] = [sentencesOf(before), sentencesOf(after)];
  const prose = changed("documentation", at, without(old, fresh), without(fresh, old));
  return [...prose, ...compareExamples(at, before, after)];
}

const without = (sentences: readonly string[], others: readonly string[]): string =>
  sentences.filter((sentence) => !others.map(fold).includes(fold(sentence))).join(" ");

/** A capital or a backtick begins the next sentence, so `i.e.` does not end one. */
const sentencesOf = ({ title, summary, description }: Json): readonly string[] =>
  [title, summary, description]
    .flatMap((text) =>
      show(text)
        .replace(/\s+/g, " ")
        .trim()
        .split(/(?<=[.!?]) (?=[A-Z`])|(?<=;) /),
    )
    .filter((sentence) => sentence !== "");

/** Compares the values that both examples have. */
function compareExamples(place: Place, before: Json, after: Json): readonly Finding[] {
  const fresh = new Map(leavesOf([after["example"], after["examples"]]));
  return leavesOf([before["example"], before["examples"]]).flatMap(([path, old]) => {
    const is = fresh.get(path) ?? old;
    const isSame = fold(old) === fold(is);
    const name = path.split(".").findLast((key) => !/^\d*$/.test(key)) ?? place.name;
    return changed("example", { ...place, label: "", name }, isSame ? is : old, is);
  });
}

function leavesOf(part: unknown, path = ""): readonly (readonly [string, string])[] {
  if (part === undefined) return [];
  if (typeof part !== "object" || part === null) return [[path, show(part)]];
  return Object.entries(part).flatMap(([key, value]) => leavesOf(value, `${path}.${key}`));
}
