/** Sends a change with the public methods of a client. `run.ts` decides whether to send it. */
import {
  ArizeError,
  type CreatedUser,
  type CreateUserParams,
  NotFoundError,
  type User,
} from "../../index.ts";
import type { PasswordStore } from "../journal/passwords.ts";
import { type Change, isInvitation, type TargetUser } from "../plan/types.ts";
import { assess } from "./assess.ts";
import type { BatchClient } from "./batch.ts";
import { failure, keptPassword, type News, toChangeError, withoutPassword } from "./errors.ts";
import { findPerson, oneByOne } from "./people.ts";
import type { Recorder } from "./recorder.ts";

/** What a sender uses of a run. */
export interface SenderSettings {
  readonly recorder: Recorder;
  readonly passwords: PasswordStore | undefined;
  /** The stores of the runs before. */
  readonly earlierPasswords?: readonly PasswordStore[];
}

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
  if (isInvitation(change)) return create(client, change);
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

const NOT_RENEWED = "the invitation is still expired: the server did not renew it";

/** Sends the changes of a run, and finds out what they did. */
export class ChangeSender {
  readonly #settings: SenderSettings;

  constructor(settings: SenderSettings) {
    this.#settings = settings;
  }

  /** The result of a change that a request of this plan made, as the account shows. */
  async recovered(change: Change, user: User | undefined, own: BatchClient): Promise<News> {
    const done: News = { status: "done", outcome: "recovered" };
    if (!user) return done;
    const failed = await this.#completeCreate(change, user, own);
    return { ...(failed ?? { ...done, userId: user.id }), ...(await this.#passwordLost(change, user)) };
  }

  /** A create that the server did not accept `isDeveloper` with may have ended before the update that sets it. */
  async #completeCreate({ to, ...change }: Change, user: User, own: BatchClient): Promise<News | undefined> {
    const isDeveloper = to?.isDeveloper;
    if (isDeveloper === undefined || isDeveloper === user.isDeveloper) return undefined;
    const { recorder } = this.#settings;
    try {
      if (!(await recorder.intend(change))) throw recorder.stopped?.error;
      await own.users.update({ userId: user.id, isDeveloper });
      return undefined;
    } catch (error) {
      own.ends(error);
      // The next run tries again.
      return { ...failure(error, "unknown"), userId: user.id };
    }
  }

  async #passwordLost(change: Change, { id }: User): Promise<{ passwordLost?: true }> {
    if (change.to?.inviteMode !== "temporary_password") return {};
    const { passwords, earlierPasswords = [], recorder } = this.#settings;
    if (recorder.wasPasswordStored(change)) return {};
    for (const store of [passwords, ...earlierPasswords]) {
      if (await store?.has?.(id).catch(() => false)) return {};
    }
    return { passwordLost: true };
  }

  /** Sends a change, and returns its result. Rejects if the request failed. */
  async send(change: Change, userId: string | undefined, own: BatchClient): Promise<News> {
    let sent: Sent;
    try {
      sent = await send(own, change, userId);
    } catch (error) {
      const news = await this.#explain(change, own, error);
      const kept = keptPassword(error);
      const saved =
        kept && (await this.#savePassword(change, news?.userId ?? kept.userId, kept.temporaryPassword));
      if (!news && saved?.passwordLost) return { ...failure(error, "unknown"), ...saved };
      if (!news) throw error;
      const { passwordLost: _, ...rest } = news;
      return saved ? { ...rest, ...saved } : news;
    }
    return this.#success(change, sent, own);
  }

  async #success(change: Change, { userId, created }: Sent, own: BatchClient): Promise<News> {
    if (!created) return { status: "done", userId };
    const { outcome, temporaryPassword } = created;
    if (outcome === "existing") return this.#existed(change, created, own);
    const isLost =
      temporaryPassword === undefined
        ? await this.#passwordLost(change, created)
        : await this.#savePassword(change, userId, temporaryPassword);
    return { status: "done", userId, outcome, ...isLost };
  }

  /** The result if the server responded that the person existed. */
  async #existed(change: Change, user: CreatedUser, own: BatchClient): Promise<News> {
    const isRenewal = change.kind === "renew";
    // A renewed user has the creation date of the first invitation, so that the client cannot know.
    const isOurs = this.#settings.recorder.isOpen(change) || (isRenewal && own.wasRetried);
    if (isRenewal && user.status === "expired")
      return { ...failure(new ArizeError(NOT_RENEWED), "not_applied"), userId: user.id };
    return isOurs
      ? this.recovered(change, user, own)
      : { status: "unchanged", outcome: "existing", userId: user.id };
  }

  async #savePassword({ email }: Change, userId: string, temporaryPassword: string): Promise<Partial<News>> {
    try {
      await this.#settings.passwords?.add({ email, userId, temporaryPassword });
      return {};
    } catch (thrown) {
      const error = withoutPassword(thrown, temporaryPassword);
      // Stop: further passwords would be lost, too.
      this.#settings.recorder.stop(error);
      return { passwordLost: true, error: toChangeError(error) };
    }
  }

  /** Finds failures that were successes after all. */
  async #explain(change: Change, own: BatchClient, error: unknown): Promise<News | undefined> {
    if (!(error instanceof ArizeError)) return undefined;
    const { recorder } = this.#settings;
    const isUnknown = error.outcome === "unknown";
    if (error instanceof NotFoundError && (change.kind === "delete" || change.kind === "remove_member")) {
      const isOurs = isUnknown || recorder.isOpen(change);
      return isOurs ? { status: "done", outcome: "recovered" } : { status: "unchanged" };
    }
    // The client has tried to complete the create.
    if (error.user) return undefined;
    return isUnknown && !own.ends(error) ? this.#lookAgain(change, own) : undefined;
  }

  /** Whether a request without a response took effect. If a read does not show it yet, that proves nothing. */
  async #lookAgain(change: Change, own: BatchClient): Promise<News | undefined> {
    const { recorder } = this.#settings;
    if (change.kind === "ensure_member" || change.kind === "remove_member") return undefined;
    try {
      const user = await findPerson(oneByOne(own), change, change.userId);
      const verdict = assess(change, user, recorder.attemptedFor(change));
      return verdict.status === "in_place" ? await this.recovered(change, verdict.user, own) : undefined;
    } catch (error) {
      // Other changes of the batch may be waiting for a permit that never comes.
      own.ends(error);
      return undefined;
    }
  }
}
