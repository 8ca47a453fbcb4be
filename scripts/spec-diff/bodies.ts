import { type Both, type Finding, found, type Place } from "./findings.ts";
import { type Json, toJson, without } from "./json.ts";
import { compareSchemas } from "./schemas.ts";
import { FORMAT, isSendable } from "./sending.ts";

/** What of a request, an answer or a parameter is written as a whole. */
interface Media {
  readonly types: string;
  readonly schema: unknown;
  readonly examples: Json;
}

function mediaOf(holder: Json): Media {
  const content = toJson(holder["content"]);
  const [first] = Object.values(content);
  const { schema, example, examples } = toJson(content[FORMAT] ?? first);
  return {
    types: Object.keys(content).sort().join(", "),
    schema,
    examples: {
      ...(example === undefined ? {} : { example }),
      ...(examples === undefined ? {} : { examples }),
    },
  };
}

/** What is different between two request bodies, or two answers. */
export function compareBodies(documents: Both<Json>, holders: Both<Json>, place: Place): readonly Finding[] {
  const media = { before: mediaOf(holders.before), after: mediaOf(holders.after) };
  const isRequired = (holder: Json) => place.use !== "request" || holder["required"] === true;
  const schemas = {
    before: asSchema(media.before, isRequired(holders.before)),
    after: asSchema(media.after, isRequired(holders.after)),
  };
  const [old, fresh] = [media.before.types, media.after.types];
  const isOther = old !== fresh && old !== "" && fresh !== "";
  const isLost =
    place.use === "request" && isSendable(holders.before["content"]) && !isSendable(holders.after["content"]);
  const kind = isLost ? "unsendable" : "noted";
  return [
    ...(isOther ? [found(kind, { ...place, label: "body", name: "body" }, old, fresh)] : []),
    ...compareSchemas(documents, schemas, place),
  ];
}

/** A body is compared as the only field of an object. */
function asSchema({ schema, examples }: Media, isRequired: boolean): Json {
  if (schema === undefined) return { type: "object" };
  return {
    type: "object",
    properties: { body: { ...toJson(schema), ...examples } },
    required: isRequired ? ["body"] : [],
  };
}

/** Parameters and headers are compared as the fields of an object. */
export function asFields(parameters: Json): Json {
  const fields = Object.entries(parameters).map(([name, value]) => {
    const parameter = toJson(value);
    const schema = toJson(parameter["schema"] ?? mediaOf(parameter).schema);
    return [name, { ...schema, ...without(parameter, "name", "required", "schema", "content") }] as const;
  });
  const required = Object.keys(parameters).filter((name) => toJson(parameters[name])["required"] === true);
  return { type: "object", properties: Object.fromEntries(fields), required };
}
