/** Sends a change with the public methods of a client. `run.ts` decides whether to send it. */
import type { CreatedUser, CreateUserParams } from "../../index.ts";
import type { Change, TargetUser } from "../plan/types.ts";
import type { BatchClient } from "./batch.ts";

/** The result of a request. */
export interface Sent {
  readonly userId: string;
  /** Of a create. */
  readonly created?: CreatedUser;
}

type AccountRole = "admin" | "member" | "annotator";

type OrganizationRole = AccountRole | "read-only";

/** Sends a change for a user. A create has no user ID yet. */
export async function send(client: BatchClient, change: Change, userId: string | undefined): Promise<Sent> {
  if (change.kind === "create" || change.kind === "renew") return create(client, change);
  if (userId === undefined) throw new Error(`The user of ${change.kind} ${change.email} is not known.`);
  await sendFor(client, change, userId);
  return { userId };
}

async function create(client: BatchClient, { email, to = {} }: Change): Promise<Sent> {
  const created = await client.users.create(invitation(email, to));
  return { userId: created.id, created };
}

function invitation(email: string, to: TargetUser): CreateUserParams {
  const { name = "", role = "member", inviteMode = "email_link", isDeveloper } = to;
  const account = assignment<AccountRole>(role);
  return { email, name, role: account, inviteMode, ...(isDeveloper !== undefined && { isDeveloper }) };
}

async function sendFor(client: BatchClient, change: Change, userId: string): Promise<void> {
  const { kind, to = {}, organization, role = "member" } = change;
  if (kind === "update") {
    await client.users.update({ userId, name: to.name, isDeveloper: to.isDeveloper });
  } else if (kind === "delete") {
    await client.users.delete({ userId });
  } else {
    const member = { organizationId: organization?.id ?? "", userId };
    if (kind === "ensure_member") {
      await client.organizations.addUser({ ...member, role: assignment<OrganizationRole>(role) });
    } else await client.organizations.removeUser(member);
  }
}

/** Converts `member` or `custom:<id>` to the form of the client. The parser of the roster has checked the role. */
function assignment<Name extends string>(role: string) {
  const custom = /^custom:(.+)$/.exec(role)?.[1];
  return custom === undefined
    ? { type: "predefined" as const, name: role as Name }
    : { type: "custom" as const, id: custom };
}
