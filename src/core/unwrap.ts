import type { Success } from "./exchange.ts";
import type { ObjectSchema } from "./schema.ts";
import { fromWire, WireMismatch } from "./wire.ts";
import type { FromWire } from "./wire-types.ts";

/**
 * The body of an answer in public names: `Body` and the schema are both generated from the same part of the spec.
 *
 * @throws {UnexpectedResponseError} where it is not what the schema says, values unseen.
 */
export function unwrap<Body>(schema: ObjectSchema, success: Success): FromWire<Body> {
  const body = parse(success);
  try {
    return fromWire(schema, body, success.onEnum) as FromWire<Body>;
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
