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
import { loadOrganizations } from "./list.ts";
import type { Organization } from "./types.ts";

/** The arguments that name an organization. */
export const NAMING = ["organization", "organizationId"] as const;

/** Reads them; just one is given. */
export function readOrganization(call: ApiCall, params: object): Reference {
  const { text, isId } = readReference(call, "organization", params);
  if (isId || isGlobalId(text.trim())) return { text: text.trim(), isId: true };
  assertValid(call.method, requestIssues(vOrganizationsListQuery.entries.name, text, "organization"));
  return { text, isId };
}

/** Base64 of `Organization:…`, padded or not. Other text may be base64 by chance: that of "Operations" decodes. */
function isGlobalId(text: string): boolean {
  try {
    return /^Organization:./s.test(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return false;
  }
}

/** The organization that a reference means. */
export const requireOrganization = (call: ApiCall, { text, isId }: Reference): Promise<Organization> =>
  isId ? loadOrganization(call, text) : findOrganization(call, text);

/** The ID of the organization that the arguments of a method name. They are checked before anything is sent. */
export async function organizationIdOf(call: ApiCall, params: object, exactly?: boolean): Promise<string> {
  const { text, isId } = readOrganization(call, params);
  return isId ? text : (await findOrganization(call, text, exactly)).id;
}

/**
 * The organization with a name, whatever the case of its ASCII letters where just one fits; else the one with an ID. With
 * `exactly`, what differs from a name or an ID in anything is neither.
 *
 * Whether there is such an ID is asked before it is used, since a refusal of the call itself can have other reasons;
 * what is used then is the ID that the server gives.
 *
 * @throws {NotFoundError} which tells of no other name.
 * @throws {AmbiguousMatchError} where several have the name.
 */
async function findOrganization(call: ApiCall, name: string, exactly = false): Promise<Organization> {
  const alike = await filterPages(
    (cursor) => loadOrganizations(call, sameForms({ name, ...largestPage(cursor) })),
    (organization) => asciiLower(organization.name) === asciiLower(name),
  );
  const exact = alike.filter((organization) => organization.name === name);
  const named = onlyOne(exactly || exact.length > 0 ? exact : alike, "organizations go by this name");
  if (named) return named;
  const id = name.trim();
  const found = alike.length > 0 ? null : await readIfAny(call, id);
  // A server that reads this text as another organization's ID does not mean the one that is asked for.
  if (found && isSameId(found.id, id) && (!exactly || found.id === name)) return found;
  const hint = exactly ? " To delete one, its name must match exactly." : "";
  throw notFoundError(
    `${call.method}: no organization has this name or ID, or none that this key may read.${hint}`,
  );
}

/** The organization that the server gives for an ID, if any. */
async function readIfAny(call: ApiCall, id: string): Promise<Organization | null> {
  try {
    return await loadOrganization(call, id, {});
  } catch (error) {
    // The API may say 400 of an ID that is none; a 400 of somebody else says nothing about it.
    if (error instanceof NotFoundError || (error instanceof BadRequestError && !isForeign(error)))
      return null;
    throw error;
  }
}

/** The organization with a checked ID; with no ID in `asked`, whichever the server gives for it. */
async function loadOrganization(call: ApiCall, id: string, asked: { id?: string } = { id }) {
  const request = { path: { org_id: id } };
  const result = await callOperation(call, "organizations_get", organizationsGet<true>, request);
  return decodeResponse(call, result, decodeOrganization, asked);
}

/** Takes the 404 of a removal for a success where an earlier request of it got no response: that one removed it. */
export function ignoreRepeatedRemoval(error: unknown): void {
  if (!(error instanceof NotFoundError && error.outcome === "unknown")) throw error;
}
