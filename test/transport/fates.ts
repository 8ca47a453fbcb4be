import fc from "fast-check";
import type { VirtualClock } from "../helpers/virtual-clock.ts";
import type { ModelAnswer } from "./model-http.ts";
import { fetchFailure } from "./scripted-server.ts";

/** What befalls a request. Of what is not refused, `before` and `after` say whether it is carried out. */
export type Fate =
  | { kind: "fine"; afterMs: number }
  | { kind: "never connected"; code: string }
  | { kind: "status"; status: number; carriedOut: boolean; afterMs: number; retryAfter?: string }
  | { kind: "refused"; status: number; retryAfter?: string; afterMs: number }
  | { kind: "lost" | "stalled" | "cut in the body" | "no JSON"; carriedOut: boolean }
  | { kind: "carried out when given up" };

const afterMs = fc.constantFrom(0, 0, 1, 20, 700);
const carriedOut = fc.boolean();
const refusal = (status: number, retryAfter?: string) => (ms: number) =>
  ({ kind: "refused", status, afterMs: ms, ...(retryAfter !== undefined && { retryAfter }) }) as const;

export const fate: fc.Arbitrary<Fate> = fc.oneof(
  fc.record({ kind: fc.constant("fine" as const), afterMs }),
  fc.record({
    kind: fc.constant("never connected" as const),
    code: fc.constantFrom("ECONNREFUSED", "ENOTFOUND", "UND_ERR_CONNECT_TIMEOUT"),
  }),
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(408, 425, 500, 502, 503, 504, 505, 520),
    carriedOut,
    afterMs,
  }),
  // A cache whose origin sends no first byte in time.
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constant(503),
    retryAfter: fc.constantFrom("0", "2"),
    carriedOut,
    afterMs,
  }),
  fc
    .constantFrom(
      refusal(400),
      refusal(408),
      refusal(425),
      refusal(429),
      refusal(429, "0"),
      refusal(429, "1"),
      refusal(429, "3"),
      refusal(429, "garbage"),
      refusal(429, "120"),
      refusal(501),
      refusal(503, "2"),
    )
    .chain((make) => afterMs.map(make)),
  fc.record({
    kind: fc.constantFrom(
      "lost" as const,
      "stalled" as const,
      "cut in the body" as const,
      "no JSON" as const,
    ),
    carriedOut,
  }),
  fc.constant({ kind: "carried out when given up" as const }),
);

const schedule = fc.array(fate, { maxLength: 12 });
const jitter = fc.array(fc.integer({ min: 0, max: 1023 }), { minLength: 1, maxLength: 12 });
const settings = fc.record({
  maxRetries: fc.integer({ min: 0, max: 4 }),
  timeoutMs: fc.constantFrom(10, 500, 5000),
  maxRetryAfterMs: fc.constantFrom(1000, 60_000),
});

/** What chance decides of a client and its server. */
export interface Given {
  fates: readonly Fate[];
  jitters: readonly number[];
  settings: { maxRetries: number; timeoutMs: number; maxRetryAfterMs: number };
}

export const given: fc.Arbitrary<Given> = fc.record({ fates: schedule, jitters: jitter, settings });

const pauseOf = ({ retryAfter }: { retryAfter?: string }): Record<string, string> =>
  retryAfter === undefined ? {} : { "retry-after": retryAfter };

/** What `fetch` gives for a request of this fate. */
export async function meet(
  fate: Fate,
  carryOut: () => ModelAnswer,
  clock: VirtualClock,
  signal: AbortSignal,
): Promise<Response> {
  const givenUp = () =>
    new Promise<never>((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const pass = (ms: number) => {
    if (ms === 0) return Promise.resolve();
    let cancel = () => {};
    const passed = new Promise<void>((resolve) => {
      cancel = clock.after(ms, resolve);
    });
    return Promise.race([passed, givenUp()]).finally(cancel);
  };
  switch (fate.kind) {
    case "never connected":
      throw fetchFailure(fate.code, "connect");
    case "carried out when given up":
      return givenUp().finally(carryOut);
    case "fine": {
      const { status, body } = carryOut();
      await pass(fate.afterMs);
      return new Response(body === undefined ? null : JSON.stringify(body), { status });
    }
    case "refused": {
      await pass(fate.afterMs);
      const { status } = fate;
      return Response.json({ title: "Rejected", status }, { status, headers: pauseOf(fate) });
    }
    case "status":
      if (fate.carriedOut) carryOut();
      await pass(fate.afterMs);
      return new Response("<html>", { status: fate.status, headers: pauseOf(fate) });
  }
  const answer = fate.carriedOut ? carryOut() : undefined;
  if (fate.kind === "stalled") return givenUp();
  if (fate.kind === "lost") throw fetchFailure("ECONNRESET");
  // A success that was cut or garbled was one; that of something not carried out would be the server's lie.
  if (!answer || answer.status >= 300) throw fetchFailure("ECONNRESET");
  if (fate.kind === "no JSON") return new Response("<html>", { status: answer.status === 204 ? 202 : 200 });
  return new Response(
    new ReadableStream({
      start: (stream) => stream.enqueue(new TextEncoder().encode('{"id":')),
      pull: (stream) => stream.error(fetchFailure("UND_ERR_SOCKET")),
    }),
    { status: 200 },
  );
}
