import { decodeOrganization } from "../../generated/models.gen.ts";
import { organizationsGet } from "../../generated/sdk.gen.ts";
import { vOrganizationsListQuery } from "../../generated/valibot.gen.ts";
import { callOperation } from "../api/call-operation.ts";
import type { ApiCall } from "../api/client-context.ts";
import { decodeResponse, isSameId } from "../api/decode-response.ts";
import { sameForms } from "../api/request.ts";
import { assertValid, requestIssues } from "../api/request-issues.ts";
import { BadRequestError, NotFoundError } from "../errors/errors.ts";
import { isForeign, notFoundError } from "../errors/response/problem.ts";
import { filterPages, largestPage, onlyOne } from "../facade/all-pages.ts";
import { type Reference, readReference } from "../facade/params.ts";
import { asciiLower } from "../util/ascii.ts";
import { unlessThrows } from "../util/call-safely.ts";
import { loadOrganizations } from "./list.ts";
import type { Organization } from "./types.ts";

/** The arguments that name an organization; exactly one must be given. */
export const NAMING = ["organization", "organizationId"] as const;

/** The operations that find an organization by its name. */
export const FIND = ["organizations_list", "organizations_get"] as const;

/** Reads `organization` or `organizationId`. */
export function readOrganization(call: ApiCall, params: object): Reference {
  const { text, isId } = readReference(call, "organization", params);
  if (isId || isGlobalId(text.trim())) return { text: text.trim(), isId: true };
  assertValid(call.method, requestIssues(vOrganizationsListQuery.entries.name, text.trim(), "organization"));
  return { text, isId };
}

/** Whether a text is base64 of `Organization:…`, padded or not. A name may be valid base64 by chance, as "Operations" is. */
function isGlobalId(text: string): boolean {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return /^Organization:./s.test(unlessThrows(() => atob(base64)) ?? "");
}

/** Returns the organization that a reference names. */
export const requireOrganization = (call: ApiCall, { text, isId }: Reference): Promise<Organization> =>
  isId ? loadOrganization(call, text) : findOrganization(call, text);

/** Returns the ID of the organization that the params name. Checks them before it sends anything. */
export async function organizationIdOf(call: ApiCall, params: object, exactly?: boolean): Promise<string> {
  const { text, isId } = readOrganization(call, params);
  return isId ? text : (await findOrganization(call, text, exactly)).id;
}

/**
 * Returns the organization with a name; if there is none, the one with this ID. Whitespace around the name is ignored if no name
 * has it, and so is ASCII case if only one name matches that way. With `exactly`, the name or the ID must match character by
 * character.
 *
 * An ID is looked up before it is used: a rejection of the actual call could have other reasons. The ID that the server returns
 * is used from then on.
 *
 * @throws {NotFoundError} without other names in its message.
 * @throws {AmbiguousMatchError} if several organizations have the name.
 */
async function findOrganization(call: ApiCall, name: string, exactly = false): Promise<Organization> {
  const trimmed = name.trim();
  const spellings = [asciiLower(name), asciiLower(trimmed)];
  const alike = await filterPages(
    (cursor) => loadOrganizations(call, sameForms({ name: trimmed, ...largestPage(cursor) })),
    (organization) => spellings.includes(asciiLower(organization.name)),
  );
  const exact = alike.filter((organization) => organization.name === name);
  const equal = exact.length > 0 ? exact : alike.filter((organization) => organization.name === trimmed);
  const matches = exactly ? exact : equal.length > 0 ? equal : alike;
  const named = onlyOne(matches, "organizations have this name");
  if (named) return named;
  // No ID contains whitespace.
  const mayBeId = alike.length === 0 && !/\s/.test(trimmed);
  const found = mayBeId ? await readIfAny(call, trimmed) : null;
  // A server may read this text as the ID of another organization; that is not a match.
  if (found && isSameId(found.id, trimmed) && (!exactly || found.id === name)) return found;
  const hint = exactly ? " To delete one, its name must match exactly." : "";
  throw notFoundError(
    `${call.method}: no organization has this name or ID, or this key may not read it.${hint}`,
  );
}

/** Returns the organization that the server returns for an ID, or null. */
async function readIfAny(call: ApiCall, id: string): Promise<Organization | null> {
  try {
    return await loadOrganization(call, id, {});
  } catch (error) {
    // The reason of an abort may be the error of another call.
    if (error === call.signal?.reason) throw error;
    // The API may respond 400 to a malformed ID. A 400 that is not from the API proves nothing.
    if (error instanceof NotFoundError || (error instanceof BadRequestError && !isForeign(error)))
      return null;
    throw error;
  }
}

/** Loads the organization with an ID, which is checked already. Without an ID in `asked`, the response may have another one. */
async function loadOrganization(call: ApiCall, id: string, asked: { id?: string } = { id }) {
  const request = { path: { org_id: id } };
  const result = await callOperation(call, "organizations_get", organizationsGet<true>, request);
  return decodeResponse(call, result, decodeOrganization, asked);
}

/** Treats the 404 of a removal as success if an earlier request of the call got no response: that one removed it. */
export function ignoreRepeatedRemoval({ signal }: ApiCall, error: unknown): void {
  const isNotFound = error instanceof NotFoundError && error !== signal?.reason;
  if (!(isNotFound && error.outcome === "unknown")) throw error;
}
