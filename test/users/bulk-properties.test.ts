import { getEventListeners } from "node:events";
import type { CreateUserParams } from "ax-users";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../helpers/full.ts";
import {
  type BulkRequest,
  bulkGiven,
  bulkWorld,
  CONFIRMING,
  needless,
  runBulk,
} from "../transport/bulk-world.ts";
import type { ModelUser } from "../transport/model-server.ts";
import { NEW_USER } from "../transport/scripted-server.ts";

/** An address is a part of others': 1@example.com of 11@example.com. */
const emailOf = (number: number) => `${number}@example.com`;

const spelt = (text: string, spelling: number): string =>
  [text, ` ${text}\t`, text.toUpperCase(), text.replace("example", "Example")][spelling] ?? text;
/** What all spellings of one address have in common. */
const keyOf = (email: string): string => email.trim().toLowerCase();
const spelling = fc.integer({ min: 0, max: 3 });

/** Of 14 numbers that may be named, so many are users: of each three the first two; the third was removed. */
const THERE = 9;
const number = fc.integer({ min: 0, max: 13 });
const STATUSES = ["active", "invited", "inactive"] as const;

const userId = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(number, fc.nat(1)).map(([at, blanks]) => spelt(`u${at + 1}`, blanks)) },
  { weight: 1, arbitrary: fc.constantFrom("", " ", ".", "..", "\ud800", "no/bo?dy") },
);
const email = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(number, spelling).map(([at, how]) => spelt(emailOf(at), how)) },
  { weight: 1, arbitrary: fc.constantFrom("", "nope", " NOPE", "a b@x.io", "\ud800@x.io") },
);
const targets = fc
  .record({ userIds: fc.array(userId, { maxLength: 20 }), emails: fc.array(email, { maxLength: 20 }) })
  .filter(({ userIds, emails }) => userIds.length + emails.length > 0);

const outcomeOf = (cause: unknown): unknown => Object(cause).outcome ?? "not_applied";

/** Whether a failure says that nothing was done. */
const denies = ({ error, cause }: { error: string; cause: unknown }): boolean =>
  error.startsWith("not attempted") || outcomeOf(cause) === "not_applied";

test("bulkDelete: for any mix of targets, faults, limits and ends, one true result for each target, in order", async () => {
  await fc.assert(
    fc.asyncProperty(bulkGiven, targets, async (given, { userIds, emails }) => {
      const world = bulkWorld(given);
      const { account, clock, client, requests, peak } = world;
      const all = Array.from({ length: THERE }, (_, at) =>
        account.add({ email: emailOf(at), status: STATUSES[at % 3] ?? "active" }),
      );
      const wasThere = new Set(all.filter(({ status }) => status !== "inactive"));
      const { results, signal, sentByAbort } = await runBulk(world, given, (options) =>
        client.users.bulkDelete({ userIds, emails, concurrency: given.concurrency }, options),
      );

      const keys = [
        ...new Set([
          ...userIds.map((id) => `id ${id.trim()}`),
          ...emails.map((one) => `email ${keyOf(one)}`),
        ]),
      ];
      const named = results.map((result) =>
        [
          result.userId === undefined ? "" : `id ${result.userId.trim()}`,
          result.email === undefined ? "" : `email ${keyOf(result.email)}`,
        ].filter((key) => keys.includes(key)),
      );
      expect(named.flat().sort(), "the results partition the targets").toEqual(keys.toSorted());
      const order = named.map((own) => Math.min(...own.map((key) => keys.indexOf(key))));
      expect(order).toEqual(order.toSorted((a, b) => a - b));

      for (const result of results) {
        const user = all.find(({ id, email }) => id === result.userId || email === keyOf(result.email ?? ""));
        const isThere = user !== undefined && user.status !== "inactive";
        if (result.status === "deleted") expect(user?.status, "of deleted").toBe("inactive");
        if (result.status === "not_found") expect(user && wasThere.has(user), "of not_found").toBeFalsy();
        // Where nobody knows whose the address is, the user may have been deleted as a target by ID.
        const isAlone = result.userId !== undefined || !keys.includes(`id ${user?.id}`);
        if (result.status === "failed" && denies(result) && isAlone && user && wasThere.has(user))
          expect(isThere, `of ${result.error}`).toBe(true);
        if (result.status === "failed" && result.error.startsWith("not attempted") && result.userId)
          expect(requests.filter(({ method, of }) => method === "DELETE" && of === result.userId)).toEqual(
            [],
          );
      }
      expect(needless(requests, "DELETE")).toEqual([]);
      // The one request that finds out whether the server is the API may follow a delete's 404.
      const methods = requests.filter(({ of }) => of !== CONFIRMING).map(({ method }) => method);
      expect(methods.lastIndexOf("GET")).toBeLessThan([...methods, "DELETE"].indexOf("DELETE"));
      expect(peak()).toBeLessThanOrEqual(given.concurrency ?? 64);
      expect(requests.length).toBe(sentByAbort ?? requests.length);
      expect(clock.pending).toEqual([]);
      expect(getEventListeners(signal, "abort")).toEqual([]);
    }),
    { numRuns: runs(600) },
  );
});

const MODES = ["email_link", "none", "temporary_password"] as const;

/** Rows of one number agree, but for a twist. */
const row = fc
  .record({ at: number, how: spelling, loud: fc.boolean(), twist: fc.nat(9), shout: fc.boolean() })
  .map(({ at, how, loud, twist }): CreateUserParams => {
    const inviteMode = MODES[at % MODES.length] ?? "none";
    return {
      ...NEW_USER,
      email: spelt(emailOf(at), how),
      inviteMode: loud ? (inviteMode.toUpperCase() as "NONE") : inviteMode,
      onExisting: at % 4 === 0 ? "throw" : "return",
      ...(twist === 0 && { name: "Somebody Else" }),
      ...(twist === 1 && { name: " " }),
    };
  });
const malformedRow = email.map((one): CreateUserParams => ({ ...NEW_USER, email: one, name: "" }));
const roster = fc.array(fc.oneof({ weight: 9, arbitrary: row }, { weight: 1, arbitrary: malformedRow }), {
  minLength: 1,
  maxLength: 25,
});

const isRefusal = ({ kind }: BulkRequest) => kind === "refused" || kind === "never connected";

test("createMany: for any roster, faults, limits and ends, one true result for each address, in order", async () => {
  await fc.assert(
    fc.asyncProperty(bulkGiven, roster, async (given, users) => {
      const world = bulkWorld(given);
      const { account, clock, client, requests, peak } = world;
      const before = new Map<string, ModelUser>();
      for (let at = 0; at < THERE; at += 1) {
        const user = account.add({ email: emailOf(at), status: STATUSES[at % 3] ?? "active" });
        before.set(user.email, user);
      }
      const { results, signal, sentByAbort } = await runBulk(world, given, (options) =>
        client.users.createMany(
          { users, concurrency: given.concurrency },
          { ...options, headers: { "x-call": "it" } },
        ),
      );

      const rows = new Map<string, CreateUserParams[]>();
      // A row without an address stands for itself.
      for (const [index, one] of users.entries()) {
        const key = keyOf(one.email) || `row ${index}`;
        rows.set(key, [...(rows.get(key) ?? []), one]);
      }
      expect(results.map(({ email }) => email)).toEqual([...rows.values()].map(([first]) => first?.email));

      for (const result of results) {
        const key = keyOf(result.email);
        const own = rows.get(key) ?? [];
        const [user, ...others] = account.withEmail(key);
        const sent = requests.filter(({ method, of }) => method === "POST" && keyOf(of) === key);
        const made = account.changesOf("it", "create").filter(({ userId }) => userId === user?.id).length;
        expect(others).toEqual([]);
        expect(made).toBeLessThanOrEqual(1);
        if (new Set(own.map(({ name }) => name)).size > 1 || own.some(({ name }) => name.trim() === "")) {
          expect(result).toMatchObject({ status: "failed", cause: { name: "ValidationError" } });
          expect(sent).toEqual([]);
        } else if (result.status === "failed") {
          if (denies(result)) expect(made, `of ${result.error}`).toBe(0);
          if (result.error.startsWith("not attempted")) expect(sent).toEqual([]);
          const existing: unknown = Object(result.cause).existing;
          if (existing) expect(existing).toMatchObject({ id: before.get(key)?.id });
        } else {
          const { id, outcome, temporaryPassword } = result.user;
          expect(id).toBe(user?.id);
          expect(user?.status).not.toBe("inactive");
          expect(result.status === "created").toBe(outcome === "created");
          if (outcome === "created") expect([made, temporaryPassword]).toEqual([1, user?.temporaryPassword]);
          if (outcome === "existing")
            expect([made, own[0]?.onExisting, user]).toEqual([0, "return", before.get(key)]);
        }
        if (own.some(({ inviteMode }) => inviteMode.toLowerCase() === "temporary_password"))
          expect(sent.slice(0, -1).every(isRefusal), "a password is asked for once").toBe(true);
      }
      expect(needless(requests, "POST")).toEqual([]);
      expect(peak()).toBeLessThanOrEqual(given.concurrency ?? 64);
      expect(requests.length).toBe(sentByAbort ?? requests.length);
      expect(clock.pending).toEqual([]);
      expect(getEventListeners(signal, "abort")).toEqual([]);
    }),
    { numRuns: runs(600) },
  );
});
