import { isObjectExtended } from "../../generated/models.gen.ts";
import { PROBLEM_TYPE } from "../errors/response/problem.ts";
import type { CallResult } from "../transport/send-with-retries.ts";
import { asciiLower } from "../util/ascii.ts";
import { unlessThrows } from "../util/call-safely.ts";
import { bareObject, isRecord, ownMember } from "../util/members.ts";
import { snakeCase } from "../util/names.ts";
import type { ApiCall } from "./client-context.ts";
import { DecodeError, type Path, type SeenEnum } from "./decoding.ts";

/** Values of a request that must equal the fields of its response. */
type Asked<Model> = { readonly [Field in keyof Model & keyof typeof SAME]?: string };

/**
 * Decodes the body of a successful response.
 *
 * @throws {UnexpectedResponseError} if the body does not match the spec, or differs from `asked` and so belongs to another
 * request. The message contains no value of the body.
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
    // These fields are strings.
    if (SAME[field](String(model[field]), String(asked[field]))) continue;
    const name = snakeCase(field);
    throw result.unexpected(`the response belongs to another request: its ${name} is not the one asked for`);
  }
  server.isAPI = true;
  return model;
}

/**
 * Checks a successful response whose body the API does not specify, such as that of a 202.
 *
 * @throws {UnexpectedResponseError} if the body is a page of a proxy, or a problem document.
 */
export function checkNoContent({ text, headers, unexpected }: CallResult): void {
  const type = headers.get("content-type") ?? "";
  if (/^\s*</.test(text) || (/html/i.test(type) && text.includes("<")))
    throw unexpected("the body is HTML or XML");
  const body = unlessThrows<unknown>(() => JSON.parse(text));
  const isProblem = isRecord(body) && typeof ownMember(body, "title") === "string";
  if (isProblem && (typeof ownMember(body, "status") === "number" || PROBLEM_TYPE.test(type)))
    throw unexpected("the body is a problem document");
}

function parse({ text, headers, unexpected }: CallResult): unknown {
  if (text === "") throw unexpected("the body is empty");
  const body: unknown = unlessThrows(() =>
    JSON.parse(text, isObjectExtended() ? withoutPrototype : undefined),
  );
  if (body !== undefined) return body;
  const type = headers.get("content-type") ?? "no content type";
  throw unexpected(`the body is not JSON (${type}, ${text.length} characters)`);
}

/** Otherwise, a response would seem to have the members that other code has added to Object.prototype. */
const withoutPrototype = (_: string, value: unknown): unknown =>
  isRecord(value) ? Object.assign(bareObject(), value) : value;

/** Whether two IDs are the same. */
export const isSameId = (one: string, other: string): boolean =>
  one === other || canonicalId(one) === canonicalId(other);

/** A form that is equal for all spellings of an ID. Global IDs are base64, which may lack padding or use the URL-safe alphabet. */
export const canonicalId = (id: string): string =>
  id.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");

/** A name in the form that is compared. A server may normalize whitespace, case and the composition of characters. */
const plain = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** For each field, whether two values mean the same. */
const SAME = {
  id: isSameId,
  userId: isSameId,
  organizationId: isSameId,
  email: (one: string, other: string) => asciiLower(one) === asciiLower(other),
  name: (one: string, other: string) => plain(one) === plain(other),
};
