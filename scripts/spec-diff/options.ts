import { type Both, type Finding, fieldOf, found, type Place, type Walk } from "./findings.ts";
import { show } from "./json.ts";
import type { Option, Shape } from "./shape.ts";
import { typeFinding } from "./types.ts";
import { compareValues, fold } from "./values.ts";

/** What is different between the schemas of which a value fits one. */
export function compareOptions({ before, after }: Both<Shape>, place: Place, walk: Walk): readonly Finding[] {
  const [old, fresh] = [optionsOf(before), optionsOf(after)];
  if (old.length < 2 && fresh.length < 2) return [];
  const pairs = pairOptions(old, fresh);
  const inside = pairs.flatMap((pair) => {
    const differences = walk({ before: pair.before.schema, after: pair.after.schema }, place);
    const owner = { ...place, label: pair.after.name ?? place.label };
    return differences.filter((finding) => !isOfTag(finding, owner, after.tagField));
  });
  const tags = compareTags(place, before, after);
  if (tags) return [...tags, ...inside];
  const [isWider, isNarrower] = [pairs.length < fresh.length, pairs.length < old.length];
  return [...typeFinding(place, isWider, isNarrower, { before, after }), ...inside];
}

const optionsOf = ({ options, part, name, types }: Shape): readonly Option[] =>
  options.length > 0 ? options : [{ schema: part, name, types, tag: undefined }];

/** What a variant's tag may be is told as the values of one field. */
function compareTags(place: Place, before: Shape, after: Shape): readonly Finding[] | undefined {
  const [old, fresh] = [before.tagField, after.tagField];
  if (old === undefined || fresh === undefined) return undefined;
  if (old !== fresh) return [found("unknown", place, `discriminator: ${old}`, `discriminator: ${fresh}`)];
  return compareValues(fieldOf(place, fresh), tagsOf(before), tagsOf(after));
}

const tagsOf = ({ options }: Shape): readonly string[] => options.flatMap(({ tag }) => tag ?? []);

/** Told already, with the tags of all options. */
const isOfTag = ({ kind, place }: Finding, owner: Place, tagField: string | undefined): boolean =>
  tagField !== undefined && kind.startsWith("enum-") && place.label === fieldOf(owner, tagField).label;

type Same = (before: Option, after: Option) => boolean;

/** By what options of a `oneOf` belong together, the surest first. */
const SAME: readonly Same[] = [
  (before, after) => before.tag !== undefined && before.tag === after.tag,
  (before, after) =>
    before.tag !== undefined && after.tag !== undefined && fold(before.tag) === fold(after.tag),
  (before, after) => before.name !== undefined && before.name === after.name,
  (before, after) => show(before.schema) === show(after.schema),
];

/** Which option of the new version is which of the old one. */
function pairOptions(before: readonly Option[], after: readonly Option[]): readonly Both<Option>[] {
  const pairs: Both<Option>[] = [];
  const isLeft = (side: keyof Both<Option>) => (option: Option) =>
    !pairs.some((pair) => pair[side] === option);
  for (const same of SAME) {
    for (const old of before.filter(isLeft("before"))) {
      const fresh = after.filter(isLeft("after")).find((option) => same(old, option));
      if (fresh) pairs.push({ before: old, after: fresh });
    }
  }
  const [[old, ...otherOld], [fresh, ...otherFresh]] = [
    before.filter(isLeft("before")),
    after.filter(isLeft("after")),
  ];
  const isOneLeft = otherOld.length === 0 && otherFresh.length === 0;
  return old && fresh && isOneLeft ? [...pairs, { before: old, after: fresh }] : pairs;
}
