/** The bulk methods that take rows of users: `users.updateMany`, `organizations.addUsers` and `organizations.removeUsers`. */
import { getEventListeners } from "node:events";
import type { ArizeClient, BulkOptions, BulkProgress } from "ax-users";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../helpers/full.ts";
import {
  type BulkGiven,
  bulkGiven,
  bulkWorld,
  CONFIRMING,
  needless,
  runBulk,
} from "../transport/bulk-world.ts";
import type { ModelOrganization } from "../transport/model-organizations.ts";
import type { ModelUser } from "../transport/model-server.ts";

/** What any of the methods says of a user. */
interface AnyResult {
  readonly status: string;
  readonly userId?: string;
  readonly email?: string;
  readonly error?: string;
  readonly outcome?: string;
  readonly attempted?: boolean;
}

type Options = BulkOptions<BulkProgress, AnyResult>;
type Call = Parameters<ArizeClient["users"]["list"]>[1];

interface Method {
  readonly verb: string;
  readonly done: string;
  /** How many things it can be asked for. */
  readonly choices: number;
  /** The row that asks for one of them, of a user who is named so. */
  row(name: { userId: string } | { email: string }, choice: number): unknown;
  run(client: ArizeClient, users: never[], options: Options, call: Call): Promise<readonly AnyResult[]>;
  /** Whether that is so of a user. */
  isSo(user: ModelUser, organization: ModelOrganization, choice: number): boolean;
  /** Whether there was nobody for the method to find. */
  isMissing(wasThere: boolean, wasMember: boolean): boolean;
}

const NAMES = ["Ada King", "Ada Lovelace"];
const ROLES = ["member", "admin"] as const;
const ORGANIZATION = "o1";

/** In `organizations`, a user goes by `user`, an ID or an address, or by `userId`. */
const member = (name: { userId: string } | { email: string }) =>
  "email" in name ? { user: name.email } : name;

const METHODS: Record<string, Method> = {
  "users.updateMany": {
    verb: "PATCH",
    done: "updated",
    choices: 2,
    row: (name, choice) => ({ ...name, name: NAMES[choice] }),
    run: (client, users, options, call) => client.users.updateMany({ ...options, users } as never, call),
    isSo: ({ name }, _, choice) => name === NAMES[choice],
    isMissing: (wasThere) => !wasThere,
  },
  "organizations.addUsers": {
    verb: "POST",
    done: "added",
    choices: 2,
    row: (name, choice) => ({ ...member(name), role: { type: "predefined", name: ROLES[choice] } }),
    run: ({ organizations }, users, options, call) =>
      organizations.addUsers({ ...options, organizationId: ORGANIZATION, users } as never, call),
    isSo: ({ id }, { roles }, choice) => roles.get(id)?.toLowerCase() === ROLES[choice],
    isMissing: (wasThere) => !wasThere,
  },
  "organizations.removeUsers": {
    verb: "DELETE",
    done: "removed",
    choices: 1,
    row: member,
    run: ({ organizations }, users, options, call) =>
      organizations.removeUsers({ ...options, organization: "Data Ops", users } as never, call),
    isSo: ({ id }, { roles }) => !roles.has(id),
    isMissing: (_, wasMember) => !wasMember,
  },
};

/** Of 14 numbers that may be named, so many are users: of each three the first two; the third was removed. */
const THERE = 9;
const STATUSES = ["active", "invited", "inactive"] as const;
const emailOf = (number: number) => `${number}@example.com`;

interface Row {
  /** What all rows for one name have in common; none where the row names nobody. */
  readonly key?: string;
  readonly choice?: number;
  readonly name?: { userId: string } | { email: string };
  readonly malformed?: unknown;
}

const number = fc.integer({ min: 0, max: 13 });
/** One in eight rows asks for something else than the others of its user. */
const choice = fc.nat(7).map((draw) => (draw === 0 ? 1 : 0));

const row: fc.Arbitrary<Row> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ number, choice, blanks: fc.boolean() }).map(({ number, choice, blanks }) => {
      const userId = `u${number + 1}`;
      return { key: `id ${userId}`, choice, name: { userId: blanks ? ` ${userId}\t` : userId } };
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ number, choice, loud: fc.boolean() }).map(({ number, choice, loud }) => {
      const email = emailOf(number);
      return { key: `email ${email}`, choice, name: { email: loud ? ` ${email.toUpperCase()}` : email } };
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<unknown>(null, undefined, 7, true, {}, [], { userId: " " }, { role: "boss" })
      .map((malformed) => ({ malformed })),
  },
);

const rows = fc.array(row, { maxLength: 25 });

const idKey = (userId = ""): string => `id ${userId.trim()}`;
const emailKey = (email = ""): string => `email ${email.trim().toLowerCase()}`;

/** An account, of whose users who are there some are members already. */
function openWorld(given: BulkGiven) {
  const world = bulkWorld(given);
  const organization = world.account.organizations.add({ name: "Data Ops" });
  const users = Array.from({ length: THERE }, (_, at) =>
    world.account.add({ email: emailOf(at), status: STATUSES[at % 3] ?? "active" }),
  );
  for (const { id } of users.filter(({ status }) => status === "active"))
    organization.roles.set(id, "annotator");
  return { ...world, organization, users };
}

/** Each index once, and counts that add up. */
function watched(): { options: Options; check: (results: readonly AnyResult[]) => void } {
  const kept = new Map<number, AnyResult>();
  const seen: Record<string, number>[] = [];
  return {
    options: {
      onResult: (result, index) => {
        expect(kept.has(index), `index ${index} is new`).toBe(false);
        kept.set(index, result);
      },
      onProgress: (counts) => {
        expect(kept.size, "onResult comes first").toBe(counts.done);
        seen.push({ ...counts });
      },
    },
    check: (results) => {
      expect(kept.size).toBe(results.length);
      for (const [index, result] of results.entries()) expect(kept.get(index)).toBe(result);
      expect(seen.map(({ done }) => done)).toEqual(results.map((_, index) => index + 1));
      for (const { total, done, ...counts } of seen) {
        expect(total).toBe(results.length);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(done);
      }
      const { failed = 0, notFound = 0 } = seen.at(-1) ?? {};
      const having = (wanted: string) => results.filter(({ status }) => status === wanted).length;
      expect([failed, notFound]).toEqual([having("failed"), having("not_found")]);
    },
  };
}

test.each(Object.entries(METHODS))(
  "%s: for any rows, faults, limits and ends, one true result for each user, in order",
  async (_, method) => {
    await fc.assert(
      fc.asyncProperty(bulkGiven, rows, async (given, drawn) => {
        const world = openWorld(given);
        const { clock, client, requests, peak, organization, users } = world;
        const before = new Map(
          users.map(({ id, status }) => [
            id,
            { isThere: status !== "inactive", isMember: organization.roles.has(id) },
          ]),
        );
        const list = drawn.map(({ name, choice = 0, malformed }) =>
          name ? method.row(name, choice % method.choices) : malformed,
        );
        const copy = structuredClone(list);
        const { options, check } = watched();
        const { results, signal, sentByAbort } = await runBulk(world, given, (call) =>
          method.run(client, list as never[], { ...options, concurrency: given.concurrency }, call),
        );
        expect(list, "the caller's rows").toEqual(copy);
        check(results);

        // A row that names nobody stands for itself.
        const keys = [...new Set(drawn.map(({ key }, index) => key ?? `row ${index}`))];
        const unnamed = keys.filter((key) => key.startsWith("row "));
        const named = results.map(({ userId, email }) => {
          const own = [userId && idKey(userId), email && emailKey(email)].filter((key) =>
            keys.includes(key ?? ""),
          );
          return own.length > 0 ? own : [unnamed.shift()];
        });
        expect(named.flat().toSorted(), "the results partition the targets").toEqual(keys.toSorted());
        const order = named.map((own) => Math.min(...own.map((key) => keys.indexOf(key ?? ""))));
        expect(order).toEqual(order.toSorted((a, b) => a - b));

        for (const [index, result] of results.entries()) {
          const { status, userId, email, outcome, attempted } = result;
          const own = drawn.filter(({ key }, at) => named[index]?.includes(key ?? `row ${at}`));
          const user = users.find(
            ({ id, email: address }) => id === userId || emailKey(address) === emailKey(email),
          );
          const { isThere = false, isMember = false } = before.get(user?.id ?? "") ?? {};
          const choices = new Set(own.map(({ choice = 0 }) => choice % method.choices));
          const sent = requests.filter(({ method: verb, of }) => verb === method.verb && of === userId);
          expect([method.done, "not_found", "failed"]).toContain(status);
          if (own.some(({ name }) => !name)) {
            expect(result).toMatchObject({ status: "failed", outcome: "not_applied", attempted: false });
          } else if (choices.size > 1) {
            expect(status, "of rows that differ").not.toBe(method.done);
            if (status === "failed") expect([attempted, sent]).toEqual([false, []]);
          } else if (status === method.done) {
            // A 404 after an attempt without a response is a removal, whoever it is.
            if (method.done !== "removed") expect(user && isThere, "of one who is done").toBe(true);
            if (user) expect(method.isSo(user, organization, [...choices][0] ?? 0)).toBe(true);
          } else if (status === "not_found") {
            expect(method.isMissing(isThere, isMember)).toBe(true);
          } else {
            expect(result).toMatchObject({ error: expect.any(String), cause: expect.anything() });
            // Where nobody knows whose the address is, the user may have been changed as a target by ID.
            const isAlone = userId !== undefined || !keys.includes(idKey(user?.id));
            if (attempted === false) expect(outcome).toBe("not_applied");
            if (attempted === false && userId) expect(sent).toEqual([]);
            if (outcome === "not_applied" && isAlone && user && isThere)
              expect(hasChanged(user, organization, isMember), `of ${result.error}`).toBe(false);
          }
        }

        expect(needless(requests, method.verb)).toEqual([]);
        // The one request that finds out whether the server is the API may follow a 404.
        const verbs = requests.filter(({ of }) => of !== CONFIRMING).map((request) => request.method);
        expect(verbs.lastIndexOf("GET")).toBeLessThan([...verbs, method.verb].indexOf(method.verb));
        if (drawn.every(({ name }) => !name)) expect(requests).toEqual([]);
        expect(peak()).toBeLessThanOrEqual(given.concurrency ?? 64);
        expect(requests.length).toBe(sentByAbort ?? requests.length);
        expect(clock.pending).toEqual([]);
        expect(getEventListeners(signal, "abort")).toEqual([]);
      }),
      { numRuns: runs(400) },
    );
  },
);

/** Whether anything of a user is not as it was. */
const hasChanged = (user: ModelUser, { roles }: ModelOrganization, wasMember: boolean): boolean =>
  NAMES.includes(user.name) || roles.get(user.id) !== (wasMember ? "annotator" : undefined);
