import { METHODS } from "../upstream/operations.ts";
import { type Json, resolve, show, toJson, toList } from "./document.ts";
import { readSchema, type Schema } from "./schema.ts";

export interface Operation {
  /** The operation ID, or else the route. */
  readonly name: string;
  /** `GET /v2/users/{user_id}` */
  readonly route: string;
  /** The route without the names of its parameters. */
  readonly target: string;
  readonly entry: Json;
  /** The parameters and the body, as the fields of one object. */
  readonly request: Schema;
  /** The headers and the body of each status, as the fields of one object. */
  readonly responses: ReadonlyMap<string, Schema>;
}

export function operationsOf(document: Json): readonly Operation[] {
  return Object.entries(toJson(document["paths"])).flatMap(([path, value]) => {
    const item = resolve(document, value).part;
    return METHODS.filter((method) => method in item).map((method) => {
      const entry = toJson(item[method]);
      const route = `${method.toUpperCase()} ${path}`;
      return {
        ...{ route, entry, target: route.replace(/\{[^}]*\}/g, "{}") },
        name: show(entry["operationId"] ?? route),
        request: requestOf(document, path, entry, toList(item["parameters"])),
        responses: responsesOf(document, entry),
      };
    });
  });
}

/** Parameters of the path have no name that matters, so they are `{1}`, `{2}` … here. */
function requestOf(document: Json, path: string, entry: Json, shared: readonly unknown[]): Schema {
  const inPath: readonly string[] = path.match(/\{[^}]*\}/g) ?? [];
  const parameters = [...shared, ...toList(entry["parameters"])]
    .map((parameter) => resolve(document, parameter).part)
    .map((part): [string, Json] => {
      const name = show(part["name"]);
      return [part["in"] === "path" ? `{${inPath.indexOf(`{${name}}`) + 1}}` : name, part];
    });
  return objectOf(document, Object.fromEntries(parameters), resolve(document, entry["requestBody"]).part);
}

function responsesOf(document: Json, entry: Json): ReadonlyMap<string, Schema> {
  return new Map(
    Object.entries(toJson(entry["responses"])).map(([status, response]) => {
      const { headers, ...part } = resolve(document, response).part;
      const parts = Object.entries(toJson(headers)).map(([name, header]) => [
        name,
        resolve(document, header).part,
      ]);
      return [status, objectOf(document, Object.fromEntries(parts), { ...part, required: true })];
    }),
  );
}

function objectOf(document: Json, members: Readonly<Record<string, Json>>, bodyPart: Json): Schema {
  const { description, ...body } = bodyPart;
  const all = Object.entries({ ...members, ...(body["content"] ? { body } : {}) });
  const required = all.filter(([, member]) => member["required"] === true).map(([name]) => name);
  const properties = Object.fromEntries(all.map(([name, member]) => [name, schemaOf(member)]));
  return readSchema(document, { type: "object", description, properties, required });
}

/** The schema of a parameter, a header or a body, with the other members beside it. */
function schemaOf({ content, name, required, ...own }: Json): Json {
  const media = toJson(content);
  const [first] = Object.values(media);
  const { schema, ...others } = { ...toJson(media["application/json"] ?? first), ...own };
  const formats = content === undefined ? {} : { content: Object.keys(media).sort().join(", ") };
  return { ...toJson(schema), ...others, ...formats };
}

/** Pairs operations by method and path or, where those changed, by ID. */
export function pairOperations(before: readonly Operation[], after: readonly Operation[]) {
  const moved = after.filter(({ target }) => !before.some((old) => old.target === target));
  return before.flatMap((old): (readonly [Operation, Operation])[] => {
    const stayed = after.find(({ target }) => target === old.target);
    const fresh = stayed ?? moved.find(({ name }) => name === old.name);
    return fresh ? [[old, fresh]] : [];
  });
}
