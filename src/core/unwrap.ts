import type { InferOutput } from "valibot";
import type { Success } from "./exchange.ts";
import type { ParamsSchema } from "./validate.ts";
import { fromWire, WireMismatch } from "./wire.ts";
import type { FromWire } from "./wire-types.ts";

/**
 * The body of an answer in public names.
 *
 * @throws {UnexpectedResponseError} where it is not what the schema says, values unseen.
 */
export function unwrap<Schema extends ParamsSchema>(
  schema: Schema,
  success: Success,
): FromWire<InferOutput<Schema>> {
  const body = parse(success);
  try {
    // fromWire follows the schema that the type is inferred from.
    return fromWire(schema, body, "", success.onEnum) as FromWire<InferOutput<Schema>>;
  } catch (error) {
    if (error instanceof WireMismatch) throw success.unexpected(error.message);
    throw error;
  }
}

function parse({ text, contentType, unexpected }: Success): unknown {
  if (text === "") throw unexpected("the body is empty");
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected(`the body is not JSON (${contentType ?? "of no type"}, ${text.length} characters)`);
  }
}
