import { resolve } from "./document.ts";
import type { Both } from "./findings.ts";
import { type Json, show, toJson, toList } from "./json.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

export interface Operation {
  /** Its ID or, where it has none, what it is reached by. */
  readonly name: string;
  /** `GET /v2/users/{user_id}` */
  readonly route: string;
  /** The same, whatever the path calls its parameters. */
  readonly target: string;
  readonly entry: Json;
  /** By name. */
  readonly parameters: Json;
}

export function operationsOf(document: Json): readonly Operation[] {
  return Object.entries(toJson(document["paths"])).flatMap(([path, value]) => {
    const item = resolve(document, value).part;
    return METHODS.filter((method) => method in item).map((method) => {
      const entry = toJson(item[method]);
      const route = `${method.toUpperCase()} ${path}`;
      const parameters = [...toList(item["parameters"]), ...toList(entry["parameters"])]
        .map((parameter) => resolve(document, parameter).part)
        .map((parameter) => [show(parameter["name"]), parameter] as const);
      return {
        name: show(entry["operationId"] ?? route),
        route,
        target: route.replace(/\{[^}]*\}/g, "{}"),
        entry,
        parameters: Object.fromEntries(parameters),
      };
    });
  });
}

interface Pairs {
  readonly both: readonly Both<Operation>[];
  readonly gone: readonly Operation[];
  readonly come: readonly Operation[];
}

/** Operations belong together by where they are, or else by what they are called. */
export function pairOperations(before: readonly Operation[], after: readonly Operation[]): Pairs {
  const targets = new Map(after.map((operation) => [operation.target, operation]));
  const stayed = new Set(before.map(({ target }) => target));
  const moved = new Map(
    after
      .filter((operation) => !stayed.has(operation.target))
      .map((operation) => [operation.name, operation]),
  );
  const both = before.flatMap((old) => {
    const fresh = targets.get(old.target) ?? moved.get(old.name);
    return fresh ? [{ before: old, after: fresh }] : [];
  });
  return {
    both,
    gone: before.filter((old) => !both.some((pair) => pair.before === old)),
    come: after.filter((fresh) => !both.some((pair) => pair.after === fresh)),
  };
}

const pathParametersOf = ({ route }: Operation): readonly string[] =>
  [...route.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);

/** The parameters of the old version by the names that the path has for them in the new one. */
export function parametersAsNamedIn(after: Operation, before: Operation): Json {
  const [old, fresh] = [pathParametersOf(before), pathParametersOf(after)];
  if (old.length !== fresh.length) return before.parameters;
  const name = (key: string) => fresh[old.indexOf(key)] ?? key;
  return Object.fromEntries(
    Object.entries(before.parameters).map(([key, parameter]) => [name(key), parameter]),
  );
}
