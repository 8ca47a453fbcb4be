/** Reads the account for a plan. Sends only GET requests. */
import { AmbiguousMatchError, type ArizeClient, NotFoundError, type User } from "../../index.ts";
import { emailKey } from "../formats/fields.ts";
import { shown } from "../formats/problems.ts";
import type { SeenUser } from "./types.ts";

/** Everybody in the account, oldest first. */
export interface Account {
  readonly users: readonly User[];
  readonly byEmail: ReadonlyMap<string, User>;
}

/** An organization that a roster names. */
export interface NamedOrganization {
  readonly id: string;
  readonly name: string;
}

/**
 * Reads the whole list, all pages.
 *
 * @throws {AmbiguousMatchError} if two users have one address.
 */
export async function readAccount(client: ArizeClient, signal: AbortSignal | undefined): Promise<Account> {
  // The pages shift while people join and leave, so a person may be on two pages.
  const byId = new Map<string, User>();
  for await (const user of client.users.list({ limit: 100 }, { signal })) byId.set(user.id, user);
  const users = [...byId.values()].sort((one, other) => Number(one.createdAt) - Number(other.createdAt));
  const byEmail = new Map<string, User>();
  for (const user of users) {
    const known = byEmail.get(emailKey(user.email));
    if (known) {
      const ids = [known.id, user.id];
      throw new AmbiguousMatchError(`Two users have the address ${user.email}: ${ids.join(", ")}.`, ids);
    }
    byEmail.set(emailKey(user.email), user);
  }
  return { users, byEmail };
}

/** Converts a role to the form of rosters and plans: `member`, `custom:<id>`. */
export const roleText = (role: User["role"]): string =>
  role.type === "custom" ? `custom:${role.id}` : role.name;

export const seenOf = ({ status, name, role, isDeveloper }: User): SeenUser => ({
  status,
  name,
  role: roleText(role),
  isDeveloper,
});

/** The organizations of a roster, by reference. */
interface Organizations {
  readonly found: Map<string, NamedOrganization>;
  /** For each reference that is unknown or ambiguous, the message. */
  readonly wrong: Map<string, string>;
}

/** Resolves organizations by the rules of the client. */
export async function readOrganizations(
  client: ArizeClient,
  references: Iterable<string>,
  signal: AbortSignal | undefined,
): Promise<Organizations> {
  const found = new Map<string, NamedOrganization>();
  const wrong = new Map<string, string>();
  for (const reference of references) {
    const organization = await readOrganization(client, reference, signal);
    if (typeof organization === "string") wrong.set(reference, organization);
    else found.set(reference, organization);
  }
  return { found, wrong };
}

/** Returns the organization, or what is wrong with the reference. */
async function readOrganization(
  client: ArizeClient,
  organization: string,
  signal: AbortSignal | undefined,
): Promise<NamedOrganization | string> {
  try {
    const { id, name } = await client.organizations.get({ organization }, { signal });
    return { id, name };
  } catch (error) {
    if (error instanceof NotFoundError) return `is unknown: ${shown(organization)}`;
    if (!(error instanceof AmbiguousMatchError)) throw error;
    return `is ambiguous: ${shown(organization)} is the name of ${error.matchingIds.join(", ")}`;
  }
}
