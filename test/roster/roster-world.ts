/**
 * An account in this process, and programs that plan, apply and resume on it: a program can be killed at any of its writes,
 * which are requests, lines of the journal, and passwords. What it had written stays.
 */
import type { ArizeClient } from "ax-users";
import type { Journal, JournalEntry, PasswordStore, TemporaryPassword } from "ax-users/roster";
import type { SeedUser } from "ax-users/testing";
import { readLines, toLine } from "../../src/roster/journal/lines.ts";
import type { Account } from "../../src/testing/http/endpoint.ts";
import { problem, Rejection, type SandboxResponse } from "../../src/testing/http/problems.ts";
import { route } from "../../src/testing/http/routes.ts";
import { readOptions } from "../../src/testing/options.ts";
import { Organizations } from "../../src/testing/organizations/organizations.ts";
import { Users } from "../../src/testing/users/users.ts";
import { clientWith } from "../helpers/virtual-client.ts";
import { turn, VirtualClock } from "../helpers/virtual-clock.ts";

/** What befalls a request: lost or answered with an error, before or after it takes effect. */
export type Fate = "fine" | "lost before" | "lost after" | "500 before" | "500 after" | "429" | "401";

export interface SentRequest {
  readonly method: string;
  readonly path: string;
}

const never = new Promise<never>(() => {});

export class RosterWorld {
  readonly users: Users;
  readonly organizations: Organizations;
  readonly requests: SentRequest[] = [];
  readonly passwords: TemporaryPassword[] = [];
  /** The journal file. */
  journal = "";
  readonly #account: Account;
  readonly #nextFate: () => Fate;

  /** Each user needs an ID. */
  constructor(users: SeedUser[], organizations: string[], nextFate: () => Fate = () => "fine") {
    // Every other user is a member of the first organization.
    const members = users.flatMap(({ id = "", role }, index) => {
      const isAnnotator = typeof role === "object" && role.type === "predefined" && role.name === "annotator";
      const name = isAnnotator ? ("annotator" as const) : ("member" as const);
      return index % 2 === 0 ? [{ userId: id, role: { type: "predefined" as const, name } }] : [];
    });
    const seeds = organizations.map((name, index) => ({ name, members: index === 0 ? members : [] }));
    const options = readOptions({ users, organizations: seeds });
    this.users = new Users(options.users);
    this.organizations = new Organizations(options.organizations);
    this.#account = { users: this.users, organizations: this.organizations, dialect: options.dialect };
    this.#nextFate = nextFate;
  }

  /** A program that is killed at its write of this number, counted from 1; of an even number after it took effect. */
  program(killAt = Number.POSITIVE_INFINITY): Program {
    return new Program(this, killAt);
  }

  carryOut(method: string, url: URL, headers: Headers, body: string): SandboxResponse {
    const request = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: Object.fromEntries(headers),
      receivedAtMs: 0,
      ...(body !== "" && { body: JSON.parse(body) }),
    };
    try {
      return route(this.#account, request);
    } catch (error) {
      if (error instanceof Rejection) return problem(error, url.pathname);
      throw error;
    }
  }

  fate(): Fate {
    return this.#nextFate();
  }

  /** What the account is like, without what depends on the order of requests. */
  state() {
    const all = this.users.all(() => true);
    const emailOf = new Map(all.map(({ id, email }) => [id, email]));
    const members = this.organizations
      .all()
      .flatMap(({ name, members: own }) =>
        own.map(({ userId, role }) => `${name}: ${emailOf.get(userId)} ${JSON.stringify(role)}`),
      );
    return {
      users: all
        .map(({ email, name, status, role, isDeveloper }) => ({ email, name, status, role, isDeveloper }))
        .sort((one, other) => (one.email < other.email ? -1 : 1)),
      members: members.sort(),
      mails: this.users.mails.map(({ to, kind }) => `${kind} ${to}`).sort(),
    };
  }
}

export class Program {
  readonly client: ArizeClient;
  readonly journal: Journal;
  readonly passwords: PasswordStore;
  readonly #world: RosterWorld;
  readonly #clock = new VirtualClock();
  readonly #killAt: number;
  #writes = 0;
  #isDead = false;
  #onDeath = () => {};
  readonly #death = new Promise<"killed">((resolve) => {
    this.#onDeath = () => resolve("killed");
  });

  constructor(world: RosterWorld, killAt: number) {
    this.#world = world;
    this.#killAt = killAt;
    const fetch: typeof globalThis.fetch = (input, init = {}) => this.#fetch(new URL(String(input)), init);
    this.client = clientWith({ fetch, maxRetries: 2, enumCase: "lower" }, { clock: this.#clock });
    this.journal = this.#openJournal();
    this.passwords = {
      add: (password) => this.#write(() => void world.passwords.push(password)),
      has: async (userId) => world.passwords.some((one) => one.userId === userId),
    };
  }

  /** What the promise gives, or `killed`. Time passes only while the program waits for it. */
  async run<T>(promise: Promise<T>): Promise<T | "killed"> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    const ended = Promise.race([promise, this.#death]);
    ended.then(settle, settle);
    while (!isSettled) {
      // Digests come from other threads, of which a virtual clock knows nothing.
      for (let turns = 0; turns < 3 && !isSettled; turns += 1) await turn();
      const [next] = this.#clock.pending;
      if (!isSettled && next !== undefined) await this.#clock.advance(next);
    }
    return ended;
  }

  /** Carries a write out, unless the program is killed before, or with it. `torn` is what a kill in its midst leaves. */
  async #write<T>(effect: () => T, torn: () => void = () => {}): Promise<T> {
    if (this.#isDead) return never;
    this.#writes += 1;
    const at = this.#writes * 3;
    if (at - 2 === this.#killAt) return this.#die();
    if (at - 1 === this.#killAt) {
      torn();
      return this.#die();
    }
    const result = effect();
    return at === this.#killAt ? this.#die() : result;
  }

  #die(): Promise<never> {
    this.#isDead = true;
    this.#onDeath();
    return never;
  }

  #openJournal(): Journal {
    const world = this.#world;
    return {
      open: async () => {
        const { entries, length } =
          world.journal === "" ? { entries: [], length: 0 } : readLines(world.journal, "it");
        world.journal = world.journal.slice(0, length);
        return entries;
      },
      append: (entry: JournalEntry) => {
        const line = toLine(entry);
        const add = (text: string) => {
          world.journal += text;
        };
        return this.#write(
          () => add(line),
          () => add(line.slice(0, line.length / 2)),
        );
      },
      close: async () => {},
    };
  }

  async #fetch(url: URL, { method = "GET", headers: sent, body }: RequestInit): Promise<Response> {
    if (this.#isDead) return never;
    const world = this.#world;
    world.requests.push({ method, path: url.pathname });
    const fate = world.fate();
    if (fate === "401")
      return new Response('{"title":"Authentication required","status":401}', { status: 401 });
    if (fate === "429") return new Response("{}", { status: 429, headers: { "retry-after": "1" } });
    const carryOut = () => world.carryOut(method, url, new Headers(sent), String(body ?? ""));
    const isCarriedOut = fate === "fine" || fate.endsWith("after");
    const effect = isCarriedOut ? carryOut : () => undefined;
    const answer = method === "GET" ? effect() : await this.#write(effect);
    if (fate.startsWith("lost"))
      throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } });
    if (fate.startsWith("500") || !answer) return new Response("", { status: 500 });
    const { status, headers, body: text } = answer;
    return new Response(text === "" ? null : text, { status, headers });
  }
}
