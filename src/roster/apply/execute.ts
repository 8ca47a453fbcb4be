/**
 * Carries changes out by the public methods of the client, with one awaited step before a change's first request and one
 * after its response. What decides about a change is in `run.ts`; this file knows only how to send it.
 */
import type { ArizeClient, CreateUserParams } from "../../index.ts";
import type { Change, TargetUser } from "../plan/types.ts";

/** What a request came to. */
export type Sent =
  | {
      readonly ok: true;
      readonly userId: string;
      readonly outcome?: "created" | "existing" | "recovered";
      readonly temporaryPassword?: string;
    }
  | { readonly ok: false; readonly error: unknown };

/** The steps around a change's requests. Neither rejects. */
export interface Steps {
  /** The user to send the change for, undefined for a create; false where nothing is to be sent. */
  before(change: Change): Promise<{ readonly userId: string | undefined } | false>;
  /** Takes what the requests came to. */
  after(change: Change, sent: Sent): Promise<void>;
}

type AccountRole = "admin" | "member" | "annotator";

type OrganizationRole = AccountRole | "read-only";

/** So many changes are worked on at once; the client's rate-limit gate holds all of them back after a 429. */
const AT_ONCE = 8;

/** Carries out changes that do not depend on each other, in any order. */
export async function executeChanges(
  client: ArizeClient,
  changes: readonly Change[],
  { before, after }: Steps,
): Promise<void> {
  // One iterator for all: each takes the next change when it is done with one.
  const queue = changes.values();
  const work = async () => {
    for (const change of queue) {
      const target = await before(change);
      if (target) await after(change, await send(client, change, target.userId));
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, changes.length) }, work));
}

/** Without the caller's signal: what is sent is awaited, so that its result can be recorded. */
async function send(client: ArizeClient, change: Change, userId: string | undefined): Promise<Sent> {
  try {
    if (change.kind === "create" || change.kind === "renew") return await create(client, change);
    if (userId === undefined) throw new Error(`The user of ${change.kind} ${change.email} is not known.`);
    await sendFor(client, change, userId);
    return { ok: true, userId };
  } catch (error) {
    return { ok: false, error };
  }
}

async function create(client: ArizeClient, { email, to = {} }: Change): Promise<Sent> {
  const { id, outcome, temporaryPassword } = await client.users.create(invitation(email, to));
  return { ok: true, userId: id, outcome, ...(temporaryPassword !== undefined && { temporaryPassword }) };
}

function invitation(email: string, to: TargetUser): CreateUserParams {
  const { name = "", role = "member", inviteMode = "email_link", isDeveloper } = to;
  const account = assignment<AccountRole>(role);
  return { email, name, role: account, inviteMode, ...(isDeveloper !== undefined && { isDeveloper }) };
}

async function sendFor(client: ArizeClient, change: Change, userId: string): Promise<void> {
  const { kind, to = {}, organization, role = "member" } = change;
  if (kind === "update") {
    const { name, isDeveloper } = to;
    await client.users.update({
      userId,
      ...(name !== undefined && { name }),
      ...(isDeveloper !== undefined && { isDeveloper }),
    });
  } else if (kind === "delete") {
    await client.users.delete({ userId });
  } else {
    const member = { organizationId: organization?.id ?? "", userId };
    if (kind === "ensure_member") {
      await client.organizations.addUser({ ...member, role: assignment<OrganizationRole>(role) });
    } else await client.organizations.removeUser(member);
  }
}

/** `member` or `custom:<id>`, as the client takes it. The roster's reader has checked which roles there are. */
function assignment<Name extends string>(role: string) {
  const custom = /^custom:(.+)$/.exec(role)?.[1];
  return custom === undefined
    ? { type: "predefined" as const, name: role as Name }
    : { type: "custom" as const, id: custom };
}
