import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export const specFile = fileURLToPath(new URL("../../openapi/arize-users.yaml", import.meta.url));

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

/** Every status of every operation. */
export async function documentedAnswers(): Promise<DocumentedAnswer[]> {
  const { paths, components }: Spec = parse(await readFile(specFile, "utf8"));
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
