/** What follows a failure, on a clock that stands still; `transport/send-with-retries.test.ts` has all faults by all operations. */

import {
  type APIErrorFields,
  type ArizeClient,
  BadRequestError,
  NotFoundError,
  type RequestOptions,
  TimeoutError,
} from "ax-users";
import { expect, test } from "vitest";
import { idOf, wireOrganization, wireOrganizationPage } from "../helpers/organizations.ts";
import { answers, asksToWait, breaksOff, type Step, stage, stalls } from "../transport/scripted-server.ts";

const organizationId = idOf(1);
const gone = answers(404, { title: "Resource not found" });
const removals: [string, (client: ArizeClient, options?: RequestOptions) => Promise<void>][] = [
  ["deleteOrganization", (client, options) => client.organizations.delete({ organizationId }, options)],
  [
    "removeOrganizationUser",
    (client, options) => client.organizations.removeUser({ organizationId, userId: "u1" }, options),
  ],
];
const unknowns: [string, Step][] = [
  ["a reset", breaksOff("ECONNRESET")],
  ["a timeout", stalls],
  ["a 500", answers(500)],
  ["a 502", answers(502)],
  ["a 503 without Retry-After", answers(503)],
];

const play = <T>(call: (client: ArizeClient) => Promise<T>, ...steps: [Step, ...Step[]]) => {
  const { client, clock, sent, events } = stage(steps, { enumCase: "auto" });
  return { result: clock.run(call(client)), sent, events };
};

const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

test.each(removals.flatMap((removal) => unknowns.map((unknown) => [...removal, ...unknown] as const)))(
  "%s: after %4$s a 404 is a success",
  async (_name, remove, _what, unknown) => {
    const { result, sent } = play(remove, unknown, gone);
    expect(await result).toBeUndefined();
    expect(sent.map(({ method }) => method)).toEqual(["DELETE", "DELETE"]);
  },
);

test.each(removals)("%s: a doubt is not forgotten over a certain refusal", async (_, remove) => {
  const { result } = play(remove, breaksOff("ECONNRESET"), asksToWait(429, "1"), gone);
  expect(await result).toBeUndefined();
});

test.each(removals)(
  "%s: a 404 to the first request, or after a certain refusal, is one",
  async (_, remove) => {
    for (const steps of [
      [gone],
      [asksToWait(429, "1"), gone],
      [breaksOff("ECONNREFUSED", "connect"), gone],
    ]) {
      const { result } = play(remove, ...(steps as [Step, ...Step[]]));
      expect(await failure(result)).toMatchObject({ name: "NotFoundError", outcome: "not_applied" });
    }
  },
);

test.each(removals)("%s: what else follows a doubt is told", async (_, remove) => {
  const { result } = play(remove, answers(500), answers(403));
  expect(await failure(result)).toMatchObject({
    name: "PermissionDeniedError",
    outcome: "unknown",
    attempts: 2,
  });
});

test("a delete by name that got no answer succeeds, too, once the ID is gone", async () => {
  const list = answers(200, wireOrganizationPage([wireOrganization()]));
  const remove = (client: ArizeClient) => client.organizations.delete({ organization: "Data Ops" });
  const { result, sent } = play(remove, list, breaksOff("ECONNRESET"), gone);
  expect(await result).toBeUndefined();
  expect(sent.map(({ method }) => method)).toEqual(["GET", "DELETE", "DELETE"]);
});

test.each(unknowns)(
  "create is not repeated after %s, since the second would conflict with the first",
  async (_, unknown) => {
    const { result, sent } = play((client) => client.organizations.create({ name: "Data Ops" }), unknown);
    const error = await failure(result);
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(error).toHaveProperty("message", expect.stringMatching(/check before you repeat it/));
    expect(sent).toHaveLength(1);
  },
);

test("create is repeated after a certain refusal", async () => {
  const created = answers(201, wireOrganization());
  const { result } = play(
    (client) => client.organizations.create({ name: "Data Ops" }),
    asksToWait(429, "1"),
    created,
  );
  expect(await result).toMatchObject({ name: "Data Ops" });
});

test("clearing a description repeats either spelling as its own request, with retries of its own", async () => {
  const clear = (client: ArizeClient) => client.organizations.update({ organizationId, description: null });
  const cleared = answers(200, wireOrganization({ description: null }));
  const refused = answers(400, { title: "Refused" });
  const { result, sent } = play(
    clear,
    answers(500),
    refused,
    answers(500),
    answers(500),
    answers(500),
    cleared,
  );
  expect(await result).toMatchObject({ description: "" });
  const values = sent.map(({ body }) => JSON.parse(body ?? "").description);
  expect(values).toEqual(["", "", null, null, null, null]);
});

test("an abort while a description is cleared in the other spelling rejects with the signal's reason", async () => {
  const controller = new AbortController();
  const { client, clock } = stage([answers(400), stalls], { enumCase: "auto" });
  const { signal } = controller;
  const call = client.organizations.update({ organizationId, description: null }, { signal });
  clock.after(1000, () => controller.abort("enough"));
  expect(await failure(clock.run(call))).toBe("enough");
  expect(clock.pending).toEqual([]);
});

test("a look-up and what follows it share one deadline", async () => {
  const { client, clock } = stage([answers(200, wireOrganizationPage([wireOrganization()])), stalls]);
  const call = client.organizations.delete({ organization: "Data Ops" }, { deadlineMs: 5_000 });
  expect(await failure(clock.run(call))).toMatchObject({
    name: "TimeoutError",
    outcome: "unknown",
    attempts: 1,
  });
  expect(clock.now()).toBe(5_000);
});

/** The fields of another call's error, which a caller may pass on as the reason of an abort. */
const fieldsOf = (status: number): APIErrorFields => ({
  ...{ status, title: "Elsewhere", extensions: {}, headers: new Headers() },
  ...{ outcome: "unknown", attempts: 2 },
});
const elsewhere = new NotFoundError("no such user", fieldsOf(404));

test.each([
  ["400", new BadRequestError("bad", fieldsOf(400))],
  ["timeout", new TimeoutError("late", { outcome: "not_applied", attempts: 0 })],
])("an abort with the %s of another call says nothing of the spelling", async (_, reason) => {
  const controller = new AbortController();
  const { client, clock, sent } = stage([answers(400, { title: "Refused" }), stalls], { enumCase: "auto" });
  clock.after(1000, () => controller.abort(reason));
  const { signal } = controller;
  const call = client.organizations.update({ organizationId, description: null }, { signal });
  expect(await failure(clock.run(call))).toBe(reason);
  expect(sent).toHaveLength(2);
});

test.each(removals)("%s: an abort with the 404 of another call is no success", async (_, remove) => {
  const controller = new AbortController();
  const { client, clock } = stage([stalls]);
  clock.after(1000, () => controller.abort(elsewhere));
  expect(await failure(clock.run(remove(client, { signal: controller.signal })))).toBe(elsewhere);
});

test("an abort with the 404 of another call does not say that there is no such organization", async () => {
  const controller = new AbortController();
  const { client, clock, sent } = stage([answers(200, wireOrganizationPage([])), stalls]);
  clock.after(1000, () => controller.abort(elsewhere));
  const call = client.organizations.get({ organization: "org_abc123" }, { signal: controller.signal });
  expect(await failure(clock.run(call))).toBe(elsewhere);
  expect(sent).toHaveLength(2);
});
