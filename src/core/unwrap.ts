import type { Success } from "./exchange.ts";
import type { Infer, ObjectSchema } from "./schema.ts";
import { fromWire, WireMismatch } from "./wire.ts";
import type { FromWire } from "./wire-types.ts";

/**
 * The body of an answer in public names.
 *
 * @throws {UnexpectedResponseError} where it is not what the schema says, values unseen.
 */
export function unwrap<Schema extends ObjectSchema>(
  schema: Schema,
  success: Success,
  // Not inferred from what it is used for: that has no end.
): NoInfer<FromWire<Infer<Schema>>> {
  const body = parse(success);
  try {
    // fromWire follows the schema that the type is inferred from.
    return fromWire(schema, body, "", success.onEnum) as NoInfer<FromWire<Infer<Schema>>>;
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
