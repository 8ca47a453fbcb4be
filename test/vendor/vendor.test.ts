/** The official client of each dialect against one sandbox, ours against another: both do the same. */
import { type Sandbox, startSandbox } from "ax-users/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Api, type Dialect, ourApi, theirApi } from "./clients.ts";
import { settle, stateOf, writesTo } from "./compare.ts";
import { ORGANIZATION_STEPS, ORGANIZATIONS } from "./organizations.ts";
import { check, type Step } from "./steps.ts";
import { USER_STEPS, USERS } from "./users.ts";

interface Side {
  sandbox: Sandbox;
  api: Api;
}

const DIALECTS: readonly [Dialect, string][] = [
  ["alpha", "1.18.1"],
  ["current", "1.28.0"],
];

beforeAll(() => {
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", "true");
});

afterAll(() => {
  vi.unstubAllEnvs();
});

/** A call without a body, one with one, and one that gives nothing. */
const CALLS: Step[] = [
  { title: "list", call: (api) => api.listUsers({ status: ["active"] }) },
  { title: "create an organization", call: (api) => api.createOrganization({ name: "Late" }) },
  { title: "delete", call: (api) => api.deleteUser({ userId: "user-9" }) },
];

const openSandbox = (dialect: Dialect) =>
  startSandbox({ dialect, users: USERS, organizations: ORGANIZATIONS });

describe.each(DIALECTS)("in the %s dialect, as @arizeai/ax-client %s does:", (dialect) => {
  let theirs: Side;
  let ours: Side;

  beforeAll(async () => {
    const [one, other] = await Promise.all([openSandbox(dialect), openSandbox(dialect)]);
    theirs = { sandbox: one, api: theirApi(dialect, one) };
    ours = { sandbox: other, api: ourApi(other) };
  });

  afterAll(() => Promise.all([theirs.sandbox.close(), ours.sandbox.close()]));

  // One after the other, in one account: members first, since users are removed in the end.
  const steps = [...ORGANIZATION_STEPS, ...USER_STEPS].filter(
    (step) => (step.dialect ?? dialect) === dialect,
  );
  test.each(steps)("$title", async (step) => {
    check(step, await settle(step.call(theirs.api)), await settle(step.call(ours.api)));
    expect(stateOf(ours.sandbox)).toStrictEqual(stateOf(theirs.sandbox));
  });

  test("all of it over the wire", () => {
    expect(writesTo(ours.sandbox)).toStrictEqual(writesTo(theirs.sandbox));
    expect(writesTo(ours.sandbox).length).toBeGreaterThan(25);
  });

  test.each(CALLS)("$title with a key that is refused", async (step) => {
    const { baseUrl } = ours.sandbox;
    const [their, our] = [
      theirApi(dialect, { baseUrl, apiKey: "no-key" }),
      ourApi({ baseUrl, apiKey: "no-key" }),
    ];
    check({ ...step, refused: 401 }, await settle(step.call(their)), await settle(step.call(our)));
  });
});
