import type { InferOutput } from "valibot";
import type { Success } from "./call.ts";
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
  { body, unexpected }: Success,
): FromWire<InferOutput<Schema>> {
  if (body === undefined) throw unexpected("the body is empty");
  try {
    // fromWire follows the schema that the type is inferred from.
    return fromWire(schema, body, "") as FromWire<InferOutput<Schema>>;
  } catch (error) {
    if (error instanceof WireMismatch) throw unexpected(error.message);
    throw error;
  }
}
