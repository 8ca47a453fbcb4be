import type { Socket } from "node:net";
import type { Answer } from "./fault-answer.ts";
import { cutIn, message } from "./fault-bytes.ts";
import type { StillClock } from "./fault-clock.ts";
import type { Sent, Wire } from "./fault-wire.ts";

/** What a fault is played with: one request, which the server has read whole. */
interface Stage {
  readonly socket: Socket;
  readonly sent: Sent;
  /** How many requests of the call came before this one. */
  readonly number: number;
  readonly wire: Wire;
  readonly clock: StillClock;
  /** The address of a server that nothing may be sent to. */
  readonly elsewhere: string;
  /** Lets the request take effect, and gives the right answer to it. */
  apply(): Answer;
}

export interface Fault {
  /** As a heading has it. */
  readonly name: string;
  /** Whether the client can be certain from it that nothing was carried out. */
  readonly isRefusal: boolean;
  /** How long the server asks to be left alone. */
  readonly pauseMs?: number;
  /** Nobody listens where the client connects to. */
  readonly isUnreachable?: boolean;
  /** How many requests meet it where it happens once: 1, if left out. */
  readonly length?: number;
  play(stage: Stage): void;
}

/** A pause that a client waits for, and one that is longer than any waits for. */
const PAUSE_S = 2;
const HUGE_PAUSE_S = 3600;

const HTML = { "content-type": "text/html" };
const PAGE = "<!doctype html><title>Gateway</title>";

const answering =
  (status: number, body: unknown = { title: "Fault", status }, headers: Record<string, string> = {}) =>
  ({ socket }: Stage): void => {
    socket.end(message({ status, body }, headers));
  };

/** Nothing is carried out, and the answer says so. */
const refusal = (name: string, status: number, headers?: Record<string, string>, pauseMs = 0): Fault => ({
  name,
  isRefusal: true,
  pauseMs,
  play: answering(status, undefined, headers),
});

/** The same, by a program in front of the API that does not pass the request on. */
const stranger = (name: string, status: number, body: string, headers: Record<string, string>): Fault => ({
  name,
  isRefusal: true,
  play: answering(status, body, headers),
});

/** An answer after which nobody can tell, once without the effect and once with it. */
const failures = (
  name: string,
  status: number,
  body?: unknown,
  headers?: Record<string, string>,
  pauseMs = 0,
): Fault[] => beforeAndAfter(name, answering(status, body, headers), pauseMs);

function beforeAndAfter(name: string, play: Fault["play"], pauseMs = 0): Fault[] {
  const after = (stage: Stage) => {
    stage.apply();
    play(stage);
  };
  return [
    { name: `${name}, request not processed`, isRefusal: false, pauseMs, play },
    { name: `${name}, request processed`, isRefusal: false, pauseMs, play: after },
  ];
}

/** The effect takes place, and `spoil` sends what is left of the answer. */
const spoilt = (name: string, spoil: (stage: Stage, answer: Answer) => void): Fault => ({
  name,
  isRefusal: false,
  play: (stage) => spoil(stage, stage.apply()),
});

const stallHead = ({ wire, sent }: Stage): void => wire.stall(sent);

/** Sends the first part of an answer, and goes on when the client has read its head, if that is whole. */
async function sendPart({ socket, sent }: Stage, answer: Answer): Promise<void> {
  socket.write(cutIn(message(answer), answer));
  if (answer.body !== undefined) await sent.headRead;
}

async function resetInside(stage: Stage, answer: Answer): Promise<void> {
  await sendPart(stage, answer);
  stage.socket.resetAndDestroy();
}

async function stallInside(stage: Stage, answer: Answer): Promise<void> {
  await sendPart(stage, answer);
  stage.wire.stall(stage.sent);
}

/** The status that a body needs. */
const withBody = ({ status, body }: Answer) => ({ status: status === 204 ? 200 : status, body: body ?? {} });

const inSeconds = ({ clock }: Stage, seconds: number): string =>
  new Date(clock.wallTime() + seconds * 1000).toUTCString();

const retryAfter = (value: string | number) => ({ "retry-after": String(value) });

const pausing = { ...HTML, ...retryAfter(PAUSE_S) };

const dated = (name: string, seconds: number, pauseMs: number): Fault => ({
  name,
  isRefusal: true,
  pauseMs,
  play: (stage) => answering(429, undefined, retryAfter(inSeconds(stage, seconds)))(stage),
});

const INGRESS = "default backend - 404";
const TEXT = { "content-type": "text/plain" };

/** A gateway that loses its upstream, and then has no route to it any more. */
const lostRoute = (stage: Stage): void =>
  stage.number === 0 ? answering(502, PAGE, HTML)(stage) : answering(404, INGRESS, TEXT)(stage);

const [routeLostBefore, routeLostAfter] = beforeAndAfter("502, then a 404 from an ingress", (stage) =>
  lostRoute(stage),
);

/** The response to somebody else's request: a user, whatever was asked. */
const SOMEBODY = {
  id: "user-9",
  name: "Eve",
  email: "eve@example.com",
  created_at: "2026-01-01T00:00:00Z",
  status: "active",
  role: { type: "predefined", name: "member" },
  is_developer: false,
  invite_mode: "temporary_password",
  temporary_password: "somebody else's",
};

const foreign = (stage: Stage): void =>
  answering(stage.sent.method === "POST" ? 201 : 200, SOMEBODY, { "content-type": "application/json" })(
    stage,
  );

export const faults: readonly Fault[] = [
  { name: "connection refused", isRefusal: true, isUnreachable: true, play: () => {} },
  ...beforeAndAfter("connection reset", ({ socket }) => socket.resetAndDestroy()),
  spoilt("connection reset in the middle of the response", resetInside),
  spoilt("connection closed in the middle of the response", ({ socket }, answer) =>
    socket.end(cutIn(message(answer), answer)),
  ),
  spoilt("`Content-Length` longer than the body", ({ socket }, answer) =>
    socket.end(message(answer, {}, 100)),
  ),
  ...beforeAndAfter("no response", stallHead),
  spoilt("response stalls in the middle", stallInside),
  spoilt("invalid JSON", ({ socket }, answer) =>
    socket.end(message({ ...withBody(answer), body: '{"id": "user-' })),
  ),
  spoilt("200 with the wrong shape", ({ socket }) =>
    socket.end(message({ status: 200, body: { ok: true } })),
  ),
  ...beforeAndAfter("a response that is not HTTP", ({ socket }) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")),
  ...failures("200 with a login page", 200, PAGE, HTML),
  ...beforeAndAfter("the response to another request", foreign),
  ...failures("empty 500", 500, ""),
  ...failures("502 with an HTML page", 502, PAGE, HTML),
  ...failures("503 without `Retry-After`", 503),
  ...failures("503 with `Retry-After: soon`", 503, undefined, retryAfter("soon")),
  ...failures(`503 from a cache with \`Retry-After: ${PAUSE_S}\``, 503, PAGE, pausing, PAUSE_S * 1000),
  ...failures("408 from a gateway", 408, PAGE, HTML),
  ...failures("425 from a gateway", 425, PAGE, HTML),
  ...[routeLostBefore, routeLostAfter].flatMap((fault) => (fault ? { ...fault, length: 2 } : [])),
  ...failures("504", 504),
  ...failures("505", 505),
  ...failures("303 to another page", 303, undefined, { location: "/done" }),
  refusal("501", 501),
  refusal(`503 with \`Retry-After: ${PAUSE_S}\``, 503, retryAfter(PAUSE_S), PAUSE_S * 1000),
  refusal(`503 with \`Retry-After: ${HUGE_PAUSE_S}\``, 503, retryAfter(HUGE_PAUSE_S), HUGE_PAUSE_S * 1000),
  refusal("408", 408),
  refusal("425", 425),
  refusal("429 without `Retry-After`", 429),
  refusal("429 with `Retry-After: soon`", 429, retryAfter("soon")),
  refusal("429 with `Retry-After: -1`", 429, retryAfter(-1)),
  dated("429 with a date in the past as `Retry-After`", -60, 0),
  dated(`429 with a date in ${PAUSE_S} s as \`Retry-After\``, PAUSE_S, PAUSE_S * 1000),
  refusal(`429 with \`Retry-After: ${PAUSE_S}\``, 429, retryAfter(PAUSE_S), PAUSE_S * 1000),
  refusal(`429 with \`Retry-After: ${HUGE_PAUSE_S}\``, 429, retryAfter(HUGE_PAUSE_S), HUGE_PAUSE_S * 1000),
  {
    name: "307 to another host",
    isRefusal: true,
    play: (stage) => answering(307, undefined, { location: stage.elsewhere })(stage),
  },
  stranger("404 with an HTML page", 404, PAGE, HTML),
  stranger("404 from an ingress (`default backend - 404`)", 404, INGRESS, TEXT),
  stranger("403 with an HTML page", 403, PAGE, HTML),
  refusal("401", 401),
  refusal("403", 403),
];
