import { ArizeClient, type ArizeClientOptions, type BulkUserDeletionResult } from "ax-users";
import type { Fault, Sandbox, SeedUser } from "ax-users/testing";
import { expect, test } from "vitest";
import { openSandbox } from "../helpers/sandbox.ts";
import { clientWith } from "../helpers/virtual-client.ts";

const client = ({ baseUrl, apiKey }: Sandbox, options: ArizeClientOptions = {}) =>
  new ArizeClient({ baseUrl, apiKey, prereleaseWarnings: false, ...options });

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const deletes = ({ requests }: Sandbox) => requests.filter(({ method }) => method === "DELETE");

/** So many of an account's addresses, spread over all of its pages, the last ones among them. */
const spreadOver = (sandbox: Sandbox, count: number): string[] => {
  const all = sandbox.users().map(({ email }) => email);
  return numbers(count).map((index) => all[all.length - 1 - Math.floor((index * all.length) / count)] ?? "");
};

test.each([
  ["300 emails of an account of 2,000: the list is read", 300, 2_000, 330],
  ["10 emails of an account of 5,000: each is looked up", 10, 5_000, 32],
  ["2 emails of an account of 5,000: the list is not touched", 2, 5_000, 4],
])("requests for %s", async (_, count, size, most) => {
  const sandbox = await openSandbox({ users: size });
  const emails = spreadOver(sandbox, count);
  const results = await client(sandbox).users.bulkDelete({ emails });
  expect(results.map(({ email, status }) => [email, status])).toEqual(emails.map((one) => [one, "deleted"]));
  expect(
    sandbox
      .removedUsers()
      .map(({ email }) => email)
      .sort(),
  ).toEqual(emails.toSorted());
  expect(deletes(sandbox)).toHaveLength(count);
  expect(sandbox.requests.length).toBeLessThanOrEqual(most);
});

test.each([
  ["look-ups", 20, 5_000],
  ["pages", 60, 1_000],
])("all %s have ended before the first DELETE is sent", async (_, count, size) => {
  const sandbox = await openSandbox({ users: size });
  let open = 0;
  let most = 0;
  const openAtDelete: number[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (init?.method === "DELETE") openAtDelete.push(open);
    if (init?.method === "DELETE") return globalThis.fetch(input, init);
    open += 1;
    most = Math.max(most, open);
    try {
      const response = await globalThis.fetch(input, init);
      return new Response(await response.text(), response);
    } finally {
      open -= 1;
    }
  };
  await client(sandbox, { fetch }).users.bulkDelete({ emails: spreadOver(sandbox, count) });
  expect(openAtDelete).toEqual(numbers(count).map(() => 0));
  expect(most).toBeGreaterThan(0);
  const methods = sandbox.requests.map(({ method }) => method);
  expect(methods.lastIndexOf("GET")).toBeLessThan(methods.indexOf("DELETE"));
});

/** A way to fail for ever, and the cause that it has to be told by. */
interface Way {
  fault?: Omit<Fault, "method" | "path" | "times">;
  cause: Record<string, unknown>;
}

const page = "<html>gateway</html>";
const sureOf = { outcome: "not_applied", attempts: 1 };
const unsureOf = { outcome: "unknown", attempts: 4 };

const WAYS: Readonly<Record<string, Way>> = {
  "403": {
    fault: { status: 403, body: { title: "No", status: 403 } },
    cause: { name: "PermissionDeniedError", status: 403, title: "No", ...sureOf },
  },
  "409": { fault: { status: 409 }, cause: { name: "ConflictError", status: 409, ...sureOf } },
  "422": { fault: { status: 422 }, cause: { name: "UnprocessableEntityError", status: 422, ...sureOf } },
  "500": { fault: { status: 500 }, cause: { name: "ServerError", status: 500, ...unsureOf } },
  "501": { fault: { status: 501 }, cause: { name: "ServerError", status: 501, ...sureOf } },
  "HTML 502": {
    fault: { status: 502, body: page },
    cause: { name: "ServerError", status: 502, detail: page, ...unsureOf },
  },
  redirect: {
    fault: { status: 307, headers: { location: "https://elsewhere.test/" } },
    cause: { name: "APIError", status: 307, ...sureOf },
  },
  dropped: { fault: { socket: "drop" }, cause: { name: "ConnectionError", ...unsureOf } },
  page: {
    fault: { status: 200, body: page },
    cause: { name: "UnexpectedResponseError", outcome: "unknown" },
  },
  malformed: { cause: { name: "ValidationError" } },
};
const ways = Object.keys(WAYS);

/** Of each hundred targets, ten fail, each in its own way, and one is nobody. */
const wayOf = (index: number): string | undefined =>
  index % 100 === 55 ? "nobody" : index % 10 === 7 ? ways[Math.floor(index / 10) % 10] : undefined;

// The lone surrogate keeps the ID from being sent.
const idOf = (index: number) => (wayOf(index) === "malformed" ? `id${index}\ud800` : `id${index}`);

test("1,000 targets of which 100 fail in ten ways, for ever: 1,000 results, each with its own true cause", async () => {
  const seeds = numbers(1_000).flatMap((index): SeedUser[] =>
    wayOf(index) === "nobody" ? [] : [{ id: `id${index}`, email: `user${index}@example.com` }],
  );
  const sandbox = await openSandbox({ users: seeds });
  for (const [way, { fault }] of Object.entries(WAYS)) {
    const failing = numbers(1_000).filter((index) => wayOf(index) === way);
    const path = new RegExp(`/id(${failing.join("|")})$`);
    if (fault) sandbox.fail({ method: "DELETE", path, times: Number.POSITIVE_INFINITY, ...fault });
  }
  const { baseUrl, apiKey } = sandbox;
  // Waits of no length, so that nobody has to wait for them.
  const { users } = clientWith({ baseUrl, apiKey }, { random: () => 0 });
  const results = await users.bulkDelete({ userIds: numbers(1_000).map(idOf) });

  expect(results.map(({ userId }) => userId)).toEqual(numbers(1_000).map(idOf));
  const count = (status: BulkUserDeletionResult["status"]) =>
    results.filter((result) => result.status === status).length;
  expect([count("deleted"), count("not_found"), count("failed")]).toEqual([890, 10, 100]);
  for (const [index, result] of results.entries()) {
    const way = wayOf(index);
    if (way === undefined) expect(result).toEqual({ userId: `id${index}`, status: "deleted" });
    else if (way === "nobody") expect(result).toMatchObject({ status: "not_found" });
    else {
      const path = way === "malformed" ? `userIds[${index}]` : `DELETE /v2/users/id${index}:`;
      expect(result).toMatchObject({
        status: "failed",
        error: expect.stringContaining(path),
        cause: { ...WAYS[way]?.cause, message: expect.stringContaining(path) },
      });
    }
  }
  const left = sandbox.users().map(({ id }) => id);
  expect(left).toEqual(
    numbers(1_000).flatMap((index) => (ways.includes(wayOf(index) ?? "") ? `id${index}` : [])),
  );
});

test("10,000 IDs: never more than 64 requests pending, and all are deleted, once each", async () => {
  let pending = 0;
  let peak = 0;
  const deleted = new Set<string>();
  let requests = 0;
  const fetch: typeof globalThis.fetch = async (input) => {
    requests += 1;
    pending += 1;
    peak = Math.max(peak, pending);
    await new Promise((resolve) => setImmediate(resolve));
    pending -= 1;
    deleted.add(String(input).replace(/^.*\//, ""));
    return new Response(null, { status: 204 });
  };
  const { users } = new ArizeClient({ apiKey: "k", prereleaseWarnings: false, fetch });
  const userIds = numbers(10_000).map((index) => `id${index}`);
  const done: number[] = [];
  const results = await users.bulkDelete({ userIds, onProgress: (progress) => done.push(progress.done) });
  expect(results).toEqual(userIds.map((userId) => ({ userId, status: "deleted" })));
  expect(deleted.size).toBe(10_000);
  expect(requests).toBe(10_000);
  expect(peak).toBe(64);
  expect(done).toEqual(numbers(10_000).map((index) => index + 1));
});
