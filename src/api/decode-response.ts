import { RESPONSE_MEMBERS } from "../../generated/models.gen.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import { asciiLower } from "../util/ascii.ts";
import { bareObject, isRecord } from "../util/members.ts";
import { snakeCase } from "../util/names.ts";
import type { ApiCall } from "./client-context.ts";
import { DecodeError, type Path, type SeenEnum } from "./decoding.ts";

/** What a request names, by the fields in which its response must say the same. */
type Asked<Model> = { readonly [Field in keyof Model & keyof typeof SAME]?: string };

/**
 * Decodes the body of a success.
 *
 * @throws {UnexpectedResponseError} where the body is not what the spec says, or differs from `asked`, so that it belongs to
 * another request. The message holds no value of the body.
 */
export function decodeResponse<Model>(
  { client: { enumCase, server } }: ApiCall,
  result: CallResult,
  decode: (value: unknown, at: Path | undefined, seen: SeenEnum) => Model,
  asked: Asked<Model> = {},
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
  for (const field of Object.keys(asked) as (keyof typeof asked)[]) {
    // Those fields hold text.
    if (SAME[field](String(model[field]), String(asked[field]))) continue;
    const name = snakeCase(field);
    throw result.unexpected(`the response belongs to another request: its ${name} is not the one asked for`);
  }
  server.isAPI = true;
  return model;
}

function parse({ text, headers, unexpected }: CallResult): unknown {
  if (text === "") throw unexpected("the body is empty");
  try {
    return JSON.parse(text, isObjectExtended() ? withoutPrototype : undefined);
  } catch {
    const type = headers.get("content-type") ?? "of no type";
    throw unexpected(`the body is not JSON (${type}, ${text.length} characters)`);
  }
}

/** Whether other code has extended Object.prototype, where a member would be found that a response does not have. */
const isObjectExtended = (): boolean => RESPONSE_MEMBERS.some((name) => name in Object.prototype);

const withoutPrototype = (_: string, value: unknown): unknown =>
  isRecord(value) ? Object.assign(bareObject(), value) : value;

/** Whether two IDs are one: global IDs are base64, which some write without padding, or in its URL-safe alphabet. */
export const isSameId = (one: string, other: string): boolean => one === other || bare(one) === bare(other);

const bare = (id: string): string => id.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");

/** A server may normalize a name: its whitespace, its case, the composition of its characters. */
const plain = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** Whether two values of a field mean the same. */
const SAME = {
  id: isSameId,
  userId: isSameId,
  organizationId: isSameId,
  email: (one: string, other: string) => asciiLower(one) === asciiLower(other),
  name: (one: string, other: string) => plain(one) === plain(other),
};
