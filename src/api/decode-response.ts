import type { CallResult } from "../transport/send-with-retries.ts";
import type { ApiCall } from "./client-context.ts";
import { DecodeError, type Path, type SeenEnum } from "./decoding.ts";

/** A generated decoder. */
export type Decode<Model> = (value: unknown, at: Path | undefined, seen: SeenEnum) => Model;

/**
 * Decodes the body of a success. `differsIn` names the field, if any, by which the body is about something else than the
 * request was.
 *
 * @throws {UnexpectedResponseError} where the body is not what the spec says, or belongs to another request. The message
 * holds no value of the body.
 */
export function decodeResponse<Model>(
  { client: { enumCase, server } }: ApiCall,
  result: CallResult,
  decode: Decode<Model>,
  differsIn: (model: Model) => string | undefined = () => undefined,
): Model {
  const body = parse(result);
  const seen: SeenEnum = {};
  let model: Model;
  try {
    model = decode(body, undefined, seen);
  } catch (error) {
    if (error instanceof DecodeError) throw result.unexpected(error.message);
    throw error;
  }
  if (seen.value !== undefined) enumCase.learnFrom(seen.value);
  const field = differsIn(model);
  if (field) {
    throw result.unexpected(`the response belongs to another request: its ${field} is not the one asked for`);
  }
  server.isAPI = true;
  return model;
}

function parse({ text, contentType, unexpected }: CallResult): unknown {
  if (text === "") throw unexpected("the body is empty");
  try {
    return JSON.parse(text);
  } catch {
    throw unexpected(`the body is not JSON (${contentType ?? "of no type"}, ${text.length} characters)`);
  }
}

/** Whether two IDs are one: global IDs are base64, which some write without padding, or in its URL-safe alphabet. */
export const isSameId = (one: string, other: string): boolean => bare(one) === bare(other);

const bare = (id: string): string => id.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
