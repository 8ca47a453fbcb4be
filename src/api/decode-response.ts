import type { SuccessResponse } from "../transport/send-once.ts";
import type { ObjectSchema } from "./schema.ts";
import { fromWire, WireMismatch } from "./wire.ts";
import type { FromWire } from "./wire-types.ts";

/**
 * The body of an answer in public names: `Body` and the schema are both generated from the same part of the spec.
 *
 * `differsIn` names the field, if any, by which the body is about something else than the request was.
 *
 * @throws {UnexpectedResponseError} where it is not what the schema says, or about something else, values unseen.
 */
export function unwrap<Body>(
  schema: ObjectSchema,
  success: SuccessResponse,
  differsIn: (body: FromWire<Body>) => string | undefined = () => undefined,
): FromWire<Body> {
  const body = read<Body>(schema, success);
  const field = differsIn(body);
  if (field)
    throw success.unexpected(
      `the response belongs to another request: its ${field} is not the one asked for`,
    );
  success.understood();
  return body;
}

/** Whether two IDs are one: global IDs are base64, which some write without padding, or in its URL-safe alphabet. */
export const isSameId = (one: string, other: string): boolean => bare(one) === bare(other);

const bare = (id: string): string => id.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");

function read<Body>(schema: ObjectSchema, success: SuccessResponse): FromWire<Body> {
  const body = parse(success);
  try {
    return fromWire(schema, body, success.onEnum) as FromWire<Body>;
  } catch (error) {
    if (error instanceof WireMismatch) throw success.unexpected(error.message);
    throw error;
  }
}

function parse({ text, contentType, unexpected }: SuccessResponse): unknown {
  if (text === "") throw unexpected("the body is empty");
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected(`the body is not JSON (${contentType ?? "of no type"}, ${text.length} characters)`);
  }
}
