import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import type { Dialect } from "../testing/dialects.ts";

/** A response that the spec documents. */
export interface DocumentedAnswer {
  /** As `arize-users.yaml` has it: the vendor's differ from ours. */
  operationId: string;
  /** `GET /v2/users/{user_id}`. */
  route: string;
  status: number;
  /** The example of its body. */
  example: unknown;
}

const METHODS = ["get", "put", "post", "patch", "delete"] as const;

interface Spec {
  paths: Record<string, Partial<Record<(typeof METHODS)[number], Operation>>>;
  components: { responses: Record<string, Answer> };
}

interface Operation {
  operationId: string;
  responses: Record<string, Answer | { $ref: string }>;
}

interface Answer {
  content?: Record<string, { examples?: Record<string, { value: unknown }> }>;
}

const readSpec = async (name: string): Promise<Spec> =>
  parse(await readFile(new URL(`../../openapi/${name}`, import.meta.url), "utf8"));

/** The spec of each dialect. */
export const specs: Readonly<Record<Dialect, Spec>> = {
  alpha: await readSpec("arize-users.yaml"),
  current: await readSpec("upstream.yaml"),
};

/** Every status of every operation. */
export function documentedAnswers(dialect: Dialect): DocumentedAnswer[] {
  const { paths, components } = specs[dialect];
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operationId = specs.alpha.paths[path]?.[method]?.operationId ?? "";
      return Object.entries(item[method]?.responses ?? {}).map(([status, answer]) => ({
        operationId,
        route: `${method.toUpperCase()} ${path}`,
        status: Number(status),
        example: exampleOf("$ref" in answer ? referred(components, answer.$ref) : answer),
      }));
    }),
  );
}

function referred({ responses }: Spec["components"], ref: string): Answer {
  const answer = responses[ref.replace("#/components/responses/", "")];
  if (!answer) throw new Error(`The spec has no ${ref}.`);
  return answer;
}

const exampleOf = ({ content = {} }: Answer): unknown =>
  Object.values(Object.values(content)[0]?.examples ?? {})[0]?.value;
