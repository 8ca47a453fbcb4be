import { type Finding, found, type Place } from "./findings.ts";
import { type Json, leavesOf, show, toText } from "./json.ts";
import { fold } from "./values.ts";

/** What is said otherwise in the prose and in the examples of a part; spelling does not count. */
export function compareTexts(place: Place, before: Json, after: Json): readonly Finding[] {
  // It says the same to readers, whatever the operation does with it.
  const read: Place = { ...place, use: "operation" };
  const isSame = (...keys: readonly string[]) => keys.every((key) => show(before[key]) === show(after[key]));
  return [
    ...(isSame("title", "summary", "description") ? [] : compareProse(read, before, after)),
    ...(isSame("example", "examples") ? [] : compareExamples(read, before, after)),
  ];
}

function compareProse(place: Place, before: Json, after: Json): readonly Finding[] {
  const [old, fresh] = [sentencesOf(before), sentencesOf(after)];
  const gone = old.filter((sentence) => !includes(fresh, sentence));
  const come = fresh.filter((sentence) => !includes(old, sentence));
  return gone.length + come.length > 0 ? [found("documentation", place, gone.join(" "), come.join(" "))] : [];
}

const includes = (sentences: readonly string[], sentence: string): boolean =>
  sentences.some((other) => fold(other) === fold(sentence));

/** `i.e.` and the like end no sentence: a capital or a backtick has to follow. */
const sentencesOf = ({ title, summary, description }: Json): readonly string[] =>
  [title, summary, description]
    .flatMap((text) =>
      toText(text)
        .replace(/\s+/g, " ")
        .trim()
        .split(/(?<=[.!?]) (?=[A-Z`])|(?<=;) /),
    )
    .filter((sentence) => sentence !== "");

/** Examples come and go with the fields that they show. */
function compareExamples(place: Place, before: Json, after: Json): readonly Finding[] {
  const fresh = examplesOf(after);
  return [...examplesOf(before)].flatMap(([path, old]) => {
    const is = fresh.get(path);
    if (is === undefined || fold(old) === fold(is)) return [];
    const name = path.split(".").findLast((key) => !/^\d+$/.test(key)) ?? place.name;
    return [found("example", { ...place, label: "", name }, old, is)];
  });
}

/** By their paths. */
const examplesOf = ({ example, examples }: Json): ReadonlyMap<string, string> =>
  new Map(leavesOf([example, examples]).map(([path, value]) => [path, show(value)]));
