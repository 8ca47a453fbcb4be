/** One run over a plan: what is decided about each change before and after its request. */
import { type ArizeClient, ArizeError, NotFoundError, type User } from "../../index.ts";
import { onAbort } from "../../util/on-abort.ts";
import type { PasswordStore } from "../journal/passwords.ts";
import type { ChangeResult } from "../journal/results.ts";
import type { Change, Plan } from "../plan/types.ts";
import { assess } from "./assess.ts";
import { type BatchClient, runBatch } from "./batch.ts";
import { requestIdOf, toChangeError } from "./errors.ts";
import { type Sent, send } from "./execute.ts";
import { type KnownPeople, oneByOne, type People, readPeople } from "./people.ts";
import { checkLimits, needsWholeList } from "./preflight.ts";
import type { Recorder } from "./recorder.ts";

/** What a run takes. */
export interface RunSettings {
  readonly client: ArizeClient;
  readonly plan: Plan;
  readonly recorder: Recorder;
  readonly passwords: PasswordStore | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Changes that do not depend on each other, in the order of their groups. */
const GROUPS: readonly (readonly Change["kind"][])[] = [
  ["create", "renew"],
  ["update"],
  ["ensure_member"],
  ["remove_member"],
  ["delete"],
];

type News = Omit<ChangeResult, "id" | "kind" | "email">;

const NOT_ATTEMPTED: News = { status: "not_attempted" };

export class Run {
  readonly #settings: RunSettings;
  #people: KnownPeople | undefined;

  /** Of a plan that has been checked; without `people`, each person is looked up. */
  constructor(settings: RunSettings, people?: KnownPeople) {
    this.#settings = settings;
    this.#people = people;
  }

  /**
   * Reads the account, and checks that it is that of the plan, and the limits.
   *
   * @throws {PlanRefusedError} where it is not, or a limit is broken.
   */
  static async prepare(settings: RunSettings): Promise<Run> {
    const { client, plan, recorder, signal } = settings;
    const { remaining } = recorder;
    const count = remaining.filter((change) => readsPerson(change, recorder)).length;
    const people = await readPeople(client, { count, all: needsWholeList(plan, remaining), plan }, signal);
    if (people) await checkLimits(plan, people, recorder);
    return new Run(settings, people);
  }

  /** Never rejects: what ends the run is on the results. */
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
    const end = await runBatch<Change, News>(client, {
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

  /** What was read for the groups before is too old by now. */
  async #readAgain(group: readonly Change[]): Promise<void> {
    const { client, recorder } = this.#settings;
    const count = group.filter((change) => readsPerson(change, recorder)).length;
    try {
      this.#people = await readPeople(client, { count, all: false }, recorder.signal);
    } catch (error) {
      recorder.stop(error);
    }
  }

  /** The result where nothing is to be sent. */
  async #before(change: Change, own: BatchClient): Promise<News | undefined> {
    const { recorder } = this.#settings;
    const userId = this.#userIdOf(change);
    // Somebody who was to be created, and is not there: what depends on that is tried again when it is.
    if (change.kind !== "create" && userId === undefined) return NOT_ATTEMPTED;
    const news = readsPerson(change, recorder) ? await this.#assess(change, userId, own) : undefined;
    if (news) return news;
    return !recorder.stopped && (await recorder.intend(change)) ? undefined : NOT_ATTEMPTED;
  }

  #userIdOf(change: Change): string | undefined {
    return this.#settings.recorder.newUserId(change.email) ?? change.userId;
  }

  /** The result where the person is not, or no longer, to be changed. */
  async #assess(change: Change, userId: string | undefined, own: BatchClient): Promise<News | undefined> {
    const { recorder } = this.#settings;
    const wasOpen = recorder.isOpen(change);
    let user: User | undefined;
    try {
      user = await find(this.#people ?? oneByOne(own), change, userId);
    } catch (error) {
      if (own.ends(error)) return NOT_ATTEMPTED;
      return failure(error, wasOpen ? "unknown" : "not_applied");
    }
    const verdict = assess(change, user, recorder.attemptedFor(change));
    if (verdict.status === "in_place") return this.#inPlace(change, verdict.user, wasOpen);
    if (verdict.status === "stale") return stale(change, verdict.reason, wasOpen);
    const before = recorder.isOnlyRead(change);
    return before && { ...before };
  }

  /** Done where a request of this plan had been sent; else it had been so before. */
  async #inPlace(change: Change, user: User | undefined, wasOpen: boolean): Promise<News> {
    const own = user && { userId: user.id };
    if (!wasOpen) return { status: "unchanged", ...own };
    return { status: "done", outcome: "recovered", ...own, ...(await this.#passwordLost(change, user)) };
  }

  async #passwordLost({ to }: Change, user: User | undefined): Promise<{ passwordLost?: true }> {
    if (to?.inviteMode !== "temporary_password" || !user) return {};
    const isKept = await this.#settings.passwords?.has?.(user.id).catch(() => false);
    return isKept ? {} : { passwordLost: true };
  }

  async #send(change: Change, own: BatchClient): Promise<News> {
    let sent: Sent;
    try {
      sent = await send(own, change, this.#userIdOf(change));
    } catch (error) {
      const news = await this.#explain(change, own, error);
      if (news) return news;
      throw error;
    }
    return this.#success(change, sent);
  }

  async #success(change: Change, sent: Sent): Promise<News> {
    const { userId, outcome, temporaryPassword } = sent;
    const wasOpen = this.#settings.recorder.isOpen(change);
    if (outcome === "existing" && !wasOpen) return { status: "unchanged", outcome, userId };
    const done: News = { status: "done", userId, ...(outcome && { outcome }) };
    if (outcome === "existing") done.outcome = "recovered";
    if (temporaryPassword !== undefined) {
      return { ...done, ...(await this.#keepPassword({ email: change.email, userId, temporaryPassword })) };
    }
    const givesPassword = change.to?.inviteMode === "temporary_password";
    return givesPassword ? { ...done, passwordLost: true } : done;
  }

  async #keepPassword(password: Parameters<PasswordStore["add"]>[0]): Promise<Partial<News>> {
    try {
      await this.#settings.passwords?.add(password);
      return {};
    } catch (error) {
      // Further passwords would be lost as well.
      this.#settings.recorder.stop(error);
      return { passwordLost: true, error: toChangeError(error) };
    }
  }

  /** Where a failure turns out to be none. */
  async #explain(change: Change, own: BatchClient, error: unknown): Promise<News | undefined> {
    if (!(error instanceof ArizeError)) return undefined;
    const { recorder } = this.#settings;
    const isUnknown = error.outcome === "unknown";
    if (error instanceof NotFoundError && (change.kind === "delete" || change.kind === "remove_member")) {
      const isOurs = isUnknown || recorder.isOpen(change);
      return isOurs ? { status: "done", outcome: "recovered" } : { status: "unchanged" };
    }
    return isUnknown && !own.ends(error) ? this.#lookAgain(change, own) : undefined;
  }

  /** Whether a request without a response took effect after all. That it did not, a read so soon does not prove. */
  async #lookAgain(change: Change, own: BatchClient): Promise<News | undefined> {
    const { recorder } = this.#settings;
    if (change.kind === "ensure_member" || change.kind === "remove_member") return undefined;
    try {
      const user = await find(oneByOne(own), change, change.userId);
      const verdict = assess(change, user, recorder.attemptedFor(change));
      return verdict.status === "in_place" ? await this.#inPlace(change, verdict.user, true) : undefined;
    } catch (error) {
      // Others of the batch may wait for a permit that never comes.
      own.ends(error);
      return undefined;
    }
  }
}

/** Whether the person is read before the change: always but for a create that was never sent, and for newcomers. */
function readsPerson(change: Change, recorder: Recorder): boolean {
  if (change.kind === "create") return recorder.isOpen(change);
  return change.kind === "renew" || !recorder.isNewcomer(change.email);
}

/** A renewed invitation may have another ID. */
async function find(people: People, change: Change, userId: string | undefined): Promise<User | undefined> {
  if (change.kind === "create") return people.byEmail(change.email);
  const user = userId === undefined ? undefined : await people.byId(userId);
  return user ?? (change.kind === "renew" ? people.byEmail(change.email) : undefined);
}

/** That somebody who is still there was not deleted is certain; of other requests that were sent before, nothing is. */
function stale({ kind }: Change, reason: string, wasOpen: boolean): News {
  const error = { name: "StaleError", message: reason };
  return wasOpen && kind !== "delete"
    ? { status: "unknown", outcome: "unknown", error }
    : { status: "stale", error };
}

function failure(error: unknown, outcome: "not_applied" | "unknown"): News {
  const requestId = requestIdOf(error);
  return {
    status: outcome === "unknown" ? "unknown" : "failed",
    outcome,
    error: toChangeError(error),
    ...(requestId !== undefined && { requestId }),
  };
}
