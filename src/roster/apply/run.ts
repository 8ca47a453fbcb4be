/** Runs a plan: decides about each change before and after its request. */
import { contextOf } from "../../facade/client-registry.ts";
import { type ArizeClient, ArizeError, NotFoundError, type User } from "../../index.ts";
import { onAbort } from "../../util/on-abort.ts";
import type { PasswordStore } from "../journal/passwords.ts";
import type { Change, Plan } from "../plan/types.ts";
import { assess } from "./assess.ts";
import { type BatchClient, runBatch } from "./batch.ts";
import { failure, keptPassword, type News, stale, toChangeError } from "./errors.ts";
import { type Sent, send } from "./execute.ts";
import { findPerson, type KnownPeople, oneByOne, readPeople, readsPerson } from "./people.ts";
import { checkLimits, needsWholeList } from "./preflight.ts";
import type { Recorder } from "./recorder.ts";

/** The parts of a run. */
export interface RunSettings {
  readonly client: ArizeClient;
  readonly plan: Plan;
  readonly recorder: Recorder;
  readonly passwords: PasswordStore | undefined;
  /** The store of the runs before, if it is another one. */
  readonly earlierPasswords?: PasswordStore | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Groups of changes, in order. The changes of a group do not depend on each other. */
const GROUPS: readonly (readonly Change["kind"][])[] = [
  ["create", "renew"],
  ["update"],
  ["ensure_member"],
  ["remove_member"],
  ["delete"],
];

const NOT_ATTEMPTED: News = { status: "not_attempted" };

export class Run {
  readonly #settings: RunSettings;
  #people: KnownPeople | undefined;

  /** The plan must have been checked. Without `people`, each person is looked up. */
  constructor(settings: RunSettings, people?: KnownPeople) {
    this.#settings = settings;
    this.#people = people;
  }

  /**
   * Reads the account, checks that it is the account of the plan, and checks the limits.
   *
   * @throws {PlanRefusedError} if it is another account, or if a limit is broken.
   */
  static async prepare(settings: RunSettings): Promise<Run> {
    const { client, plan, recorder, signal } = settings;
    const { remaining } = recorder;
    const count = remaining.filter((change) => readsPerson(change, recorder)).length;
    const people = await readPeople(client, { count, all: needsWholeList(plan, remaining), plan }, signal);
    if (people) await checkLimits(plan, people, recorder);
    return new Run(settings, people);
  }

  /** Never rejects: the results say why the run ended. */
  async execute(): Promise<void> {
    const { recorder, signal } = this.#settings;
    const abort = () => recorder.stop(signal?.reason);
    if (signal?.aborted) abort();
    const release = onAbort(signal, abort);
    let isFresh = true;
    for (const kinds of GROUPS) {
      const group = recorder.remaining.filter(({ kind }) => kinds.includes(kind));
      if (group.length === 0 || recorder.stopped) continue;
      if (!isFresh) await this.#readAgain(group);
      isFresh = false;
      await this.#executeGroup(group);
    }
    release();
  }

  async #executeGroup(group: readonly Change[]): Promise<void> {
    const { client, recorder } = this.#settings;
    const end = await runBatch<Change, News>(contextOf(client, "applyPlan"), {
      method: "applyPlan",
      targets: group,
      options: { signal: recorder.signal },
      before: (change, own) => this.#before(change, own),
      send: (change, own) => this.#send(change, own),
      fail: (_, { cause, outcome }, isEnd) =>
        isEnd ? { ...NOT_ATTEMPTED, error: toChangeError(cause) } : failure(cause, outcome),
      after: (change, news, requestId) =>
        recorder.settle(change, { ...(requestId !== undefined && { requestId }), ...news }),
    });
    if (end) recorder.stop(end.error);
  }

  /** The people that were read for earlier groups are out of date by now. */
  async #readAgain(group: readonly Change[]): Promise<void> {
    const { client, recorder } = this.#settings;
    const count = group.filter((change) => readsPerson(change, recorder)).length;
    try {
      this.#people = await readPeople(client, { count, all: false }, recorder.signal);
    } catch (error) {
      recorder.stop(error);
    }
  }

  /** Returns the result if no request is needed. */
  async #before(change: Change, own: BatchClient): Promise<News | undefined> {
    const { recorder } = this.#settings;
    const userId = this.#userIdOf(change);
    // The person was not created, so changes that depend on it are not attempted. A resumed run tries again.
    if (change.kind !== "create" && userId === undefined) return NOT_ATTEMPTED;
    const news = readsPerson(change, recorder) ? await this.#assess(change, userId, own) : undefined;
    if (news) return news;
    return !recorder.stopped && (await recorder.intend(change)) ? undefined : NOT_ATTEMPTED;
  }

  #userIdOf(change: Change): string | undefined {
    return this.#settings.recorder.newUserId(change.email) ?? change.userId;
  }

  /** Returns the result if the person must not be changed, or needs no change. */
  async #assess(change: Change, userId: string | undefined, own: BatchClient): Promise<News | undefined> {
    const { recorder } = this.#settings;
    const wasOpen = recorder.isOpen(change);
    let user: User | undefined;
    try {
      user = await findPerson(this.#people ?? oneByOne(own), change, userId);
    } catch (error) {
      if (own.ends(error)) return NOT_ATTEMPTED;
      return failure(error, wasOpen ? "unknown" : "not_applied");
    }
    const verdict = assess(change, user, recorder.attemptedFor(change));
    if (verdict.status === "in_place") {
      if (wasOpen) return this.#recovered(change, verdict.user, own);
      // The account was like this before.
      return { status: "unchanged", ...(verdict.user && { userId: verdict.user.id }) };
    }
    if (verdict.status === "stale") return stale(change, verdict.reason, wasOpen);
    const before = recorder.isOnlyRead(change);
    return before && { ...before };
  }

  /** The result of a change that a request of this plan made, as the account shows. */
  async #recovered(change: Change, user: User | undefined, own: BatchClient): Promise<News> {
    const done: News = { status: "done", outcome: "recovered" };
    if (!user) return done;
    const failed = await this.#completeCreate(change, user, own);
    return failed ?? { ...done, userId: user.id, ...(await this.#passwordLost(change, user)) };
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

  async #passwordLost({ to }: Change, { id }: User): Promise<{ passwordLost?: true }> {
    if (to?.inviteMode !== "temporary_password") return {};
    const { passwords, earlierPasswords } = this.#settings;
    for (const store of [passwords, earlierPasswords]) {
      if (await store?.has?.(id).catch(() => false)) return {};
    }
    return { passwordLost: true };
  }

  async #send(change: Change, own: BatchClient): Promise<News> {
    let sent: Sent;
    try {
      sent = await send(own, change, this.#userIdOf(change));
    } catch (error) {
      const news = await this.#explain(change, own, error);
      const kept = keptPassword(error);
      const saved =
        kept && (await this.#savePassword(change, news?.userId ?? kept.userId, kept.temporaryPassword));
      if (!news) throw error;
      const { passwordLost: _, ...rest } = news;
      return saved ? { ...rest, ...saved } : news;
    }
    return this.#success(change, sent, own);
  }

  async #success(change: Change, { userId, created }: Sent, own: BatchClient): Promise<News> {
    if (!created) return { status: "done", userId };
    const { outcome, temporaryPassword } = created;
    if (outcome === "existing") {
      const wasOpen = this.#settings.recorder.isOpen(change);
      return wasOpen ? this.#recovered(change, created, own) : { status: "unchanged", outcome, userId };
    }
    const isLost =
      temporaryPassword === undefined
        ? await this.#passwordLost(change, created)
        : await this.#savePassword(change, userId, temporaryPassword);
    return { status: "done", userId, outcome, ...isLost };
  }

  async #savePassword({ email }: Change, userId: string, temporaryPassword: string): Promise<Partial<News>> {
    try {
      await this.#settings.passwords?.add({ email, userId, temporaryPassword });
      return {};
    } catch (error) {
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
      return verdict.status === "in_place" ? await this.#recovered(change, verdict.user, own) : undefined;
    } catch (error) {
      // Other changes of the batch may be waiting for a permit that never comes.
      own.ends(error);
      return undefined;
    }
  }
}
