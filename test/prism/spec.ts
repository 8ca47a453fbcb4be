import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { alphaSpecFile, toCurrentSpec } from "../../scripts/current-spec.ts";
import type { Dialect } from "../testing/dialects.ts";

/** An answer that the spec documents. */
export interface DocumentedAnswer {
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
  content?: Record<string, { example?: unknown }>;
}

const alpha = await readFile(alphaSpecFile, "utf8");

/** The spec of each dialect. */
export const specs: Readonly<Record<Dialect, Spec>> = {
  alpha: parse(alpha),
  current: parse(toCurrentSpec(alpha)),
};

/** Every status of every operation. */
export function documentedAnswers(dialect: Dialect): DocumentedAnswer[] {
  const { paths, components } = specs[dialect];
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const { operationId = "", responses = {} } = item[method] ?? {};
      return Object.entries(responses).map(([status, answer]) => ({
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

const exampleOf = ({ content = {} }: Answer): unknown => Object.values(content)[0]?.example;
