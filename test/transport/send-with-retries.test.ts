import { getEventListeners } from "node:events";
import { ConnectionError, RateLimitError, ServerError, TimeoutError } from "ax-users";
import { expect, test } from "vitest";
import { wireUser } from "../helpers/server.ts";
import { turn, WALL_START } from "../helpers/virtual-clock.ts";
import {
  answers,
  asksToWait,
  breaksOff,
  type Operation,
  operations,
  type Step,
  stage,
  stalls,
  stallsInBody,
} from "./scripted-server.ts";

type Kind = "unknown" | "refused" | "final, unknown" | "final";

interface Fault {
  name: string;
  kind: Kind;
  step: Step;
  error: string;
}

const fault = (name: string, kind: Kind, step: Step, error: string): Fault => ({ name, kind, step, error });
const status = (code: number, kind: Kind, error: string): Fault =>
  fault(String(code), kind, answers(code, { title: "No", status: code }), error);

const PAST_DATE = "Sat, 21 Nov 2026 11:00:00 GMT";

/** What a cache answers when its origin sends no first byte in time; that may have carried the request out. */
const cachePauses = (retryAfter: string): Step =>
  answers(503, "first byte timeout", { "retry-after": retryAfter });

/** Design section 6, and what follows from it for each way a request can fail. */
const faults: readonly Fault[] = [
  fault("a reset", "unknown", breaksOff("ECONNRESET"), "ConnectionError"),
  fault("a closed socket", "unknown", breaksOff("UND_ERR_SOCKET"), "ConnectionError"),
  fault("a failure without a code", "unknown", () => Promise.reject(new TypeError("x")), "ConnectionError"),
  fault("stalled headers", "unknown", stalls, "TimeoutError"),
  fault("a stalled body", "unknown", stallsInBody, "TimeoutError"),
  status(500, "unknown", "ServerError"),
  status(502, "unknown", "ServerError"),
  status(503, "unknown", "ServerError"),
  status(504, "unknown", "ServerError"),
  fault("503 with a garbage Retry-After", "unknown", asksToWait(503, "soon"), "ServerError"),
  fault("503 with Retry-After", "refused", asksToWait(503, "1"), "ServerError"),
  fault("503 with a past date", "refused", asksToWait(503, PAST_DATE), "ServerError"),
  status(408, "refused", "APIError"),
  status(425, "refused", "APIError"),
  fault("408 of a gateway", "unknown", answers(408, "<html>"), "APIError"),
  fault(
    "425 of a gateway",
    "unknown",
    answers(425, { title: "Too Early" }, { "content-type": "application/json" }),
    "APIError",
  ),
  fault("503 with Retry-After of a cache", "unknown", cachePauses("1"), "ServerError"),
  fault("503 with a past date of a cache", "unknown", cachePauses(PAST_DATE), "ServerError"),
  status(429, "refused", "RateLimitError"),
  fault("429 of a gateway", "refused", answers(429, "<html>"), "RateLimitError"),
  fault("429 with Retry-After", "refused", asksToWait(429, "1"), "RateLimitError"),
  ...[
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  ].map((code) => fault(code, "refused", breaksOff(code, "connect"), "ConnectionError")),
  status(505, "final, unknown", "ServerError"),
  status(507, "final, unknown", "ServerError"),
  status(302, "final, unknown", "APIError"),
  status(303, "final, unknown", "APIError"),
  status(301, "final", "APIError"),
  status(307, "final", "APIError"),
  status(501, "final", "ServerError"),
  status(400, "final", "BadRequestError"),
  status(401, "final", "AuthenticationError"),
  status(403, "final", "PermissionDeniedError"),
  status(404, "final", "NotFoundError"),
  status(410, "final", "APIError"),
  status(422, "final", "UnprocessableEntityError"),
];

const cells = operations.flatMap((operation) => faults.map((fault) => ({ operation, fault })));
const named = cells.map((cell) => [cell.operation.name, cell.fault.name, cell] as const);

const isRepeated = (operation: Operation, { kind }: Fault) =>
  kind === "refused" || (kind === "unknown" && operation.repeatable);

test.each(named)("%s, always met by %s", async (_operation, _fault, { operation, fault }) => {
  const { client, clock, sent } = stage([fault.step], { maxRetries: 2 });
  const error = await clock.run(operation.call(client)).catch((error: unknown) => error);
  const attempts = isRepeated(operation, fault) ? 3 : 1;
  const unknown = !operation.reads && (fault.kind === "unknown" || fault.kind === "final, unknown");
  // No 404 of a list is the API's.
  const isListed = operation.name.startsWith("list");
  const name = isListed && fault.error === "NotFoundError" ? "APIError" : fault.error;
  expect(error).toMatchObject({ name, attempts, outcome: unknown ? "unknown" : "not_applied" });
  expect(sent).toHaveLength(attempts);
  expect(clock.pending).toEqual([]);
});

test.each(named)("%s, met by %s once", async (_operation, _fault, { operation, fault }) => {
  const { client, clock, sent } = stage([fault.step, operation.success]);
  const result = await clock.run(operation.call(client)).then(
    () => "success",
    () => "failure",
  );
  const repeated = isRepeated(operation, fault);
  expect(result).toBe(repeated ? "success" : "failure");
  expect(sent).toHaveLength(repeated ? 2 : 1);
  expect(clock.pending).toEqual([]);
});

// Linux gives a connection that is lost on its way the error of the last ICMP message (tcp_write_err).
test.each([
  ["EHOSTUNREACH", "read"],
  ["ENETUNREACH", "read"],
])("%s on %s comes of a connection that was made, so that the outcome is unknown", async (code, syscall) => {
  const { client, clock, sent } = stage([breaksOff(code, syscall)]);
  const error = await clock
    .run(client.users.resendInvitation({ userId: "u1" }))
    .catch((error: unknown) => error);
  expect(sent).toHaveLength(1);
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
});

test("each request of a call is the same, body and headers included", async () => {
  for (const operation of operations.filter(({ repeatable }) => repeatable)) {
    const { client, clock, sent } = stage([breaksOff("ECONNRESET"), operation.success]);
    await clock.run(operation.call(client, { headers: { "x-call": "7" } }));
    const [first, second] = sent.map(({ at: _, headers, ...rest }) => ({ ...rest, headers: [...headers] }));
    expect(second).toEqual(first);
    expect(sent[1]?.headers.get("x-call")).toBe("7");
  }
});

test.each([
  ["nothing of", 0],
  ["half of", 0.5],
  ["the whole of", 1],
])("the back-off is %s twice as long each time, up to 8 s", async (_, random) => {
  const { client, clock, sent } = stage([answers(500)], { maxRetries: 8 }, () => random);
  const error = await clock.run(client.users.get({ userId: "u1" })).catch((error: unknown) => error);
  expect(error).toMatchObject({ attempts: 9 });
  const waits = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
  const longest = [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000];
  // A timer of 0 takes the clock's least step.
  expect(waits.map((wait) => (wait < 1 ? 0 : wait))).toEqual(longest.map((ms) => ms * random));
});

test("each wait has a jitter of its own", async () => {
  const figures = [0.25, 0.75, 0.5];
  const { client, clock, sent } = stage([answers(500)], {}, () => figures.shift() ?? 0);
  await clock.run(client.users.get({ userId: "u1" })).catch(() => {});
  expect(sent.map(({ at }) => at)).toEqual([0, 125, 125 + 750, 125 + 750 + 1000]);
});

const httpDate = (ms: number) => new Date(WALL_START + ms).toUTCString();

test.each([
  ["seconds beyond the back-off", "7", 7000],
  ["a fraction of a second, which is rounded up", "6.2", 7000],
  ["a date beyond the back-off", httpDate(7000), 7000],
  ["less than the back-off", "0", 250],
  ["a past date", httpDate(-60_000), 250],
])("Retry-After is a floor for the wait: %s", async (_, header, expected) => {
  for (const status of [503, 429, 408, 500]) {
    const { client, clock, sent } = stage([asksToWait(status, header), answers(200, wireUser({ id: "u1" }))]);
    await clock.run(client.users.get({ userId: "u1" }));
    expect(sent.map(({ at }) => at)).toEqual([0, expected]);
  }
});

test.each([["soon"], ["-5"], ["1.5.2"], [""], ["3 s"], ["2026-11-21T12:00:30Z"], ["NaN"], ["0x10"], ["1e3"]])(
  "a Retry-After of %j says nothing: the back-off alone counts",
  async (header) => {
    const { client, clock, sent } = stage([asksToWait(429, header), answers(200, wireUser({ id: "u1" }))]);
    await clock.run(client.users.get({ userId: "u1" }));
    expect(sent.map(({ at }) => at)).toEqual([0, 250]);
  },
);

test.each([
  ["429", 429, RateLimitError],
  ["503", 503, ServerError],
])(
  "a %s that asks for more than maxRetryAfterMs fails at once, with the figure",
  async (_, status, Class) => {
    const { client, clock, sent } = stage([asksToWait(status, "3600")]);
    const error = await clock.run(client.users.delete({ userId: "u1" })).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Class);
    expect(error).toMatchObject({ retryAfterMs: 3_600_000, attempts: 1, outcome: "not_applied" });
    expect(error).toHaveProperty("message", expect.stringContaining("Wait 3600000 ms before you repeat it."));
    expect(sent).toHaveLength(1);
    expect(clock.now()).toBe(0);
  },
);

test.each([
  ["just what is allowed", 5000, 2],
  ["a millisecond more than is allowed", 4999, 1],
])("a Retry-After of %s", async (_, maxRetryAfterMs, requests) => {
  const { client, clock, sent } = stage([asksToWait(503, "5"), answers(204)], { maxRetryAfterMs });
  await clock.run(client.users.delete({ userId: "u1" })).catch(() => {});
  expect(sent).toHaveLength(requests);
});

test.each([
  ["the client's maxRetries", { maxRetries: 0 }, undefined, 1],
  ["the call's maxRetries, which wins", { maxRetries: 5 }, { maxRetries: 0 }, 1],
  ["the call's maxRetries, which wins upwards, too", { maxRetries: 0 }, { maxRetries: 4 }, 5],
  ["the default", {}, undefined, 4],
])("as many requests as %s allows", async (_, settings, options, expected) => {
  const { client, clock, sent } = stage([answers(502)], settings);
  const error = await clock.run(client.users.get({ userId: "u1" }, options)).catch((error: unknown) => error);
  expect(sent).toHaveLength(expected);
  expect(error).toMatchObject({ attempts: expected });
});

test("a wait that the deadline does not allow is not begun: the last error comes at once", async () => {
  const { client, clock, sent } = stage([answers(500), answers(502)], {}, () => 1);
  const call = client.users.delete({ userId: "u1" }, { deadlineMs: 1400 });
  const error = await clock.run(call).catch((error: unknown) => error);
  // 500 ms to the second request; another 1000 ms would go beyond.
  expect(error).toMatchObject({ name: "ServerError", status: 502, attempts: 2, outcome: "unknown" });
  expect(clock.now()).toBe(500);
  expect(sent).toHaveLength(2);
});

test("a Retry-After beyond the deadline is not waited for, either", async () => {
  const { client, clock } = stage([asksToWait(429, "10")]);
  const call = client.users.get({ userId: "u1" }, { deadlineMs: 9999 });
  const error = await clock.run(call).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ retryAfterMs: 10_000, attempts: 1 });
  expect(clock.now()).toBe(0);
});

test("where the deadline cuts a request, it is a TimeoutError that names it", async () => {
  const { client, clock } = stage([answers(500), stalls]);
  const call = client.users.delete({ userId: "u1" }, { deadlineMs: 1000 });
  const error = await clock.run(call).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ attempts: 2, outcome: "unknown" });
  expect(error).toHaveProperty("message", expect.stringContaining("(deadlineMs: 1000)"));
  expect(clock.now()).toBe(1000);
});

test("timeoutMs is for each request, and the next one has all of it again", async () => {
  const { client, clock, sent } = stage([stalls], { timeoutMs: 100, maxRetries: 2 }, () => 1);
  const error = await clock.run(client.users.get({ userId: "u1" })).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toHaveProperty("message", expect.stringContaining("(timeoutMs: 100)"));
  expect(sent.map(({ at }) => at)).toEqual([0, 100 + 500, 600 + 100 + 1000]);
  expect(clock.now()).toBe(1800);
});

test.each([
  ["the first request", [stalls, asksToWait(503, "1")]],
  ["the second request", [asksToWait(503, "1"), stalls, asksToWait(503, "1")]],
  ["the last request", [asksToWait(503, "1"), asksToWait(429, "1"), asksToWait(503, "1"), answers(500)]],
] as [string, [Step, ...Step[]]][])("what is unknown after %s stays unknown", async (_, steps) => {
  const { client, clock, sent } = stage(steps);
  const error = await clock.run(client.users.delete({ userId: "u1" })).catch((error: unknown) => error);
  expect(error).toMatchObject({ outcome: "unknown", attempts: 4 });
  expect(error).toHaveProperty("message", expect.stringContaining("check before you repeat it"));
  expect(sent).toHaveLength(4);
});

test("a final refusal after an unknown outcome does not make it known", async () => {
  const { client, clock } = stage([breaksOff("ECONNRESET"), answers(403, { title: "No" })]);
  const error = await clock.run(client.users.delete({ userId: "u1" })).catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "PermissionDeniedError", outcome: "unknown", attempts: 2 });
});

test("what must not be repeated is repeated after certain refusals, and no further than the first doubt", async () => {
  const { client, clock, sent } = stage([
    breaksOff("ECONNREFUSED", "connect"),
    asksToWait(503, "1"),
    breaksOff("ECONNRESET"),
    answers(204),
  ]);
  const error = await clock
    .run(client.users.resendInvitation({ userId: "u1" }))
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ attempts: 3, outcome: "unknown" });
  expect(sent).toHaveLength(3);
});

test.each([
  ["during the back-off", asksToWait(503, "30")],
  ["during a pause of the gate", asksToWait(429, "30")],
  ["while the headers are waited for", stalls],
  ["while the body is waited for", stallsInBody],
])("an abort %s rejects at once with its reason and leaves nothing behind", async (_, step) => {
  for (const operation of operations) {
    const controller = new AbortController();
    const { signal } = controller;
    const { client, clock, sent } = stage([step]);
    let ended: unknown;
    operation.call(client, { signal }).then(
      () => {},
      (reason: unknown) => {
        ended = reason;
      },
    );
    await clock.advance(1000);
    expect(ended).toBeUndefined();
    controller.abort("enough");
    await turn();
    expect(ended).toBe("enough");
    expect(clock.pending).toEqual([]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(sent).toHaveLength(1);
  }
});
