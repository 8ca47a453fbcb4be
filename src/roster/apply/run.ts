/** One run over a plan: what is decided about each change before and after its request. */
import type { ArizeClient, User } from "../../index.ts";
import type { PasswordStore } from "../journal/passwords.ts";
import type { ChangeResult } from "../journal/results.ts";
import type { Change, Plan } from "../plan/types.ts";
import { assess } from "./assess.ts";
import { endsRun, outcomeOf, requestIdOf, toChangeError } from "./errors.ts";
import { executeChanges, type Sent } from "./execute.ts";
import { oneByOne, type People, readPeople } from "./people.ts";
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

export class Run {
  readonly #settings: RunSettings;
  #people: People;

  private constructor(settings: RunSettings, people: People) {
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
    await checkLimits(plan, people, recorder);
    return new Run(settings, people);
  }

  /** Never rejects: what ends the run is on the results. */
  async execute(): Promise<void> {
    const { client, recorder } = this.#settings;
    let isFresh = true;
    for (const kinds of GROUPS) {
      const group = recorder.remaining.filter(({ kind }) => kinds.includes(kind));
      if (group.length === 0 || this.#isStopped()) continue;
      if (!isFresh) await this.#readAgain(group);
      isFresh = false;
      await executeChanges(client, group, {
        before: (change) => this.#before(change),
        after: (change, sent) => this.#after(change, sent),
      });
    }
  }

  /** What was read for the groups before is too old by now. */
  async #readAgain(group: readonly Change[]): Promise<void> {
    const { client, recorder, signal } = this.#settings;
    const count = group.filter((change) => readsPerson(change, recorder)).length;
    try {
      this.#people = await readPeople(client, { count, all: false }, signal);
    } catch (error) {
      recorder.stop(error);
    }
  }

  #isStopped(): boolean {
    const { recorder, signal } = this.#settings;
    if (signal?.aborted) recorder.stop(signal.reason);
    return recorder.stopped !== undefined;
  }

  async #before(change: Change): Promise<{ userId: string | undefined } | false> {
    const { recorder } = this.#settings;
    if (this.#isStopped()) return false;
    const userId = recorder.newUserId(change.email) ?? change.userId;
    // Somebody who was to be created, and is not there: what depends on that is tried again when it is.
    const isCreate = change.kind === "create";
    if (!isCreate && userId === undefined) return false;
    if (readsPerson(change, recorder)) {
      const news = await this.#assess(change, userId);
      if (news) await recorder.settle(change, news);
      if (news || this.#isStopped()) return false;
    }
    return (await recorder.intend(change)) && !this.#isStopped() && { userId };
  }

  /** The result where nothing is to be sent. */
  async #assess(change: Change, userId: string | undefined): Promise<News | undefined> {
    const { recorder } = this.#settings;
    const wasOpen = recorder.isOpen(change);
    let user: User | undefined;
    try {
      user = await find(this.#people, change, userId);
    } catch (error) {
      if (!this.#isStopped() && endsRun(error)) recorder.stop(error);
      if (this.#isStopped()) return undefined;
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

  async #after(change: Change, sent: Sent): Promise<void> {
    const { recorder } = this.#settings;
    await recorder.settle(
      change,
      sent.ok ? await this.#success(change, sent) : await this.#failure(change, sent),
    );
  }

  async #success(change: Change, sent: Sent & { ok: true }): Promise<News> {
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

  async #failure(change: Change, { error }: Sent & { ok: false }): Promise<News> {
    const { recorder } = this.#settings;
    if (endsRun(error)) recorder.stop(error);
    const isGone = error instanceof Error && error.name === "NotFoundError";
    if (isGone && (change.kind === "delete" || change.kind === "remove_member")) {
      return recorder.isOpen(change) ? { status: "done", outcome: "recovered" } : { status: "unchanged" };
    }
    const outcome = outcomeOf(error);
    if (outcome === "unknown" && !recorder.stopped) {
      const news = await this.#lookAgain(change);
      if (news) return news;
    }
    return failure(error, outcome);
  }

  /** Whether a request without a response took effect after all. That it did not, a read so soon does not prove. */
  async #lookAgain(change: Change): Promise<News | undefined> {
    const { client, recorder, signal } = this.#settings;
    if (change.kind === "ensure_member" || change.kind === "remove_member") return undefined;
    try {
      const user = await find(oneByOne(client, signal), change, change.userId);
      const verdict = assess(change, user, recorder.attemptedFor(change));
      return verdict.status === "in_place" ? await this.#inPlace(change, verdict.user, true) : undefined;
    } catch {
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
