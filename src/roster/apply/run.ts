/** Runs a plan: decides about each change before and after its request. */
import { contextOf } from "../../facade/client-registry.ts";
import type { ArizeClient, User } from "../../index.ts";
import { onAbort } from "../../util/on-abort.ts";
import type { Change, Plan } from "../plan/types.ts";
import { assess } from "./assess.ts";
import { type BatchClient, runBatch } from "./batch.ts";
import { causeOf, failure, isTemporary, type News, stale, toChangeError } from "./errors.ts";
import { findPerson, type KnownPeople, oneByOne, type People, readPeople, readsPerson } from "./people.ts";
import { checkLimits, needsWholeList } from "./preflight.ts";
import { ChangeSender, type SenderSettings } from "./send-change.ts";

/** The parts of a run. */
export interface RunSettings extends SenderSettings {
  readonly client: ArizeClient;
  readonly plan: Plan;
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

/** How long a list of people is used. Then each person is read alone, so that a slow run sees what has changed. */
const LIST_VALID_MS = 10_000;

const NOT_ATTEMPTED: News = { status: "not_attempted" };

export class Run {
  readonly #settings: RunSettings;
  readonly #sender: ChangeSender;
  #people: KnownPeople | undefined;
  #readAt: number;
  /** The changes of earlier runs whose person could not be read. They stay open. */
  readonly #unread = new Set<Change>();

  /** The plan must have been checked. Without `people`, each person is looked up. */
  constructor(settings: RunSettings, people?: KnownPeople) {
    this.#settings = settings;
    this.#sender = new ChangeSender(settings);
    this.#people = people;
    this.#readAt = this.#now();
  }

  #now(): number {
    return contextOf(this.#settings.client, "applyPlan").clock.now();
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
      send: (change, own) => this.#sender.send(change, this.#userIdOf(change), own),
      fail: (_, failed, ended) => {
        const { cause, outcome } = failed;
        // The run ended before the request was sent again.
        const isWaiting = (ended || recorder.stopped) && outcome === "not_applied" && isTemporary(cause);
        if (failed === ended || isWaiting) return { ...NOT_ATTEMPTED, error: toChangeError(cause) };
        return failure(causeOf(cause), outcome);
      },
      after: (change, news, requestId) =>
        recorder.settle(
          change,
          { ...(requestId !== undefined && { requestId }), ...news },
          !this.#unread.has(change),
        ),
    });
    if (end) recorder.stop(end.error);
  }

  /** The people that were read for earlier groups are out of date by now. */
  async #readAgain(group: readonly Change[]): Promise<void> {
    const { client, recorder } = this.#settings;
    const count = group.filter((change) => readsPerson(change, recorder)).length;
    try {
      this.#people = await readPeople(client, { count, all: false }, recorder.signal);
      this.#readAt = this.#now();
    } catch (error) {
      recorder.stop(error);
    }
  }

  /**
   * The list that was read, or each person alone once it is out of date. It is not read again during the changes: its pages shift
   * while this run removes people.
   */
  #knownPeople(own: BatchClient): People {
    if (this.#now() - this.#readAt > LIST_VALID_MS) this.#people = undefined;
    return this.#people ?? oneByOne(own);
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
      user = await findPerson(this.#knownPeople(own), change, userId);
    } catch (error) {
      return own.ends(error) ? NOT_ATTEMPTED : this.#notRead(change, error, wasOpen);
    }
    const verdict = assess(change, user, recorder.attemptedFor(change));
    if (verdict.status === "in_place") {
      if (wasOpen) return this.#sender.recovered(change, verdict.user, own);
      // The account was like this before.
      return { status: "unchanged", ...(verdict.user && { userId: verdict.user.id }) };
    }
    if (verdict.status === "stale") return stale(change, verdict.reason, wasOpen);
    const before = recorder.isOnlyRead(change);
    return before && { ...before };
  }

  #notRead(change: Change, error: unknown, wasOpen: boolean): News {
    if (!wasOpen) return failure(error, "not_applied");
    this.#unread.add(change);
    return failure(error, "unknown");
  }
}
