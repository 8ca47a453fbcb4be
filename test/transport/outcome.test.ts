import { expect, test } from "vitest";
import { copyOfCause } from "../../src/errors/cause/copy-cause.ts";
import { adviceOn } from "../../src/errors/response/problem.ts";
import {
  kindOfLoss as kindOfCopy,
  kindOfStatus,
  mayHaveApplied,
  outcomeOf,
} from "../../src/transport/failure/outcome.ts";
import { retrySafety } from "../../src/transport/retry-safety.ts";
import { fetchFailure } from "./scripted-server.ts";

const kindOfLoss = (thrown: unknown) => kindOfCopy(copyOfCause(thrown, (text) => text));

const PASSING = [500, 502, 503, 504];
/** Rejections, but from a gateway as well as from the API. */
const OF_EITHER = [408, 425];

const ofApi = () => true;
const ofGateway = () => false;

test("of every status there is a verdict, and only a few are worth another request", () => {
  for (let status = 300; status < 600; status += 1) {
    const rejects = status === 429 || OF_EITHER.includes(status);
    const expected = PASSING.includes(status) ? "unknown" : rejects ? "rejected" : "terminal";
    expect(kindOfStatus(status, undefined, ofApi)).toBe(expected);
    // Retry-After makes a rejection of a 503 alone.
    expect(kindOfStatus(status, 0, ofApi)).toBe(status === 503 ? "rejected" : expected);
  }
});

test("of what is not the API's own word, only a 429 is a rejection", () => {
  for (let status = 300; status < 600; status += 1) {
    const isUnknown = PASSING.includes(status) || OF_EITHER.includes(status);
    const expected = isUnknown ? "unknown" : status === 429 ? "rejected" : "terminal";
    expect(kindOfStatus(status, undefined, ofGateway)).toBe(expected);
    expect(kindOfStatus(status, 1000, ofGateway)).toBe(expected);
  }
});

test("only a 5xx other than 501, and a redirect to what was done, leave open what became of it", () => {
  for (let status = 300; status < 600; status += 1) {
    const open = (status >= 500 && status !== 501) || status === 302 || status === 303;
    expect(mayHaveApplied(status, kindOfStatus(status, undefined, ofApi))).toBe(open);
    const openToo = open || OF_EITHER.includes(status);
    expect(mayHaveApplied(status, kindOfStatus(status, 1000, ofGateway))).toBe(openToo);
  }
  expect(mayHaveApplied(503, kindOfStatus(503, 1000, ofApi))).toBe(false);
});

test.each(["GET", "POST", "PATCH", "DELETE"])("a %s that may have been carried out", (method) => {
  expect(outcomeOf(method, true)).toBe(method === "GET" ? "not_applied" : "unknown");
  expect(outcomeOf(method, false)).toBe("not_applied");
});

test("what is unknown is to be looked at before it is repeated; of what is not, nothing is said", () => {
  expect(adviceOn("unknown")).toContain("check before you repeat it");
  expect(adviceOn("not_applied")).toBe("");
});

test("errors that are each other's cause have an end", () => {
  const a = new Error("a");
  const b = new Error("b", { cause: a });
  a.cause = b;
  expect(kindOfLoss(a)).toBe("unknown");
});

test.each([
  ["ENOTFOUND", "getaddrinfo", "rejected"],
  ["EAI_AGAIN", "getaddrinfo", "rejected"],
  ["ECONNREFUSED", "connect", "rejected"],
  ["EADDRNOTAVAIL", "connect", "rejected"],
  ["ECONNRESET", "read", "unknown"],
  ["EPIPE", "write", "unknown"],
  ["ETIMEDOUT", "read", "unknown"],
  ["UND_ERR_SOCKET", "read", "unknown"],
  ["UND_ERR_HEADERS_TIMEOUT", "read", "unknown"],
  ["UND_ERR_BODY_TIMEOUT", "read", "unknown"],
  ["HPE_INVALID_CONSTANT", "parse", "unknown"],
  ["XECONNREFUSED", "open", "unknown"],
  ["ECONNREFUSEDX", "open", "unknown"],
  ["EACCES", "connect", "rejected"],
  ["EMFILE", "connect", "rejected"],
  ["EMFILE", "open", "unknown"],
  ["ENODATA", "queryA", "rejected"],
])("%s on %s is %s", (code, syscall, verdict) => {
  expect(kindOfLoss(fetchFailure(code, syscall))).toBe(verdict);
});

test("an error that throws when it is read proves nothing", () => {
  const hostile = new Proxy(new Error("x"), {
    get: () => {
      throw new Error("no");
    },
  });
  expect(kindOfLoss(hostile)).toBe("unknown");
  const list = new Proxy([fetchFailure("ECONNREFUSED", "connect")], {
    get: (target, name) => (name === "length" ? 1 : Reflect.get(hostile, name, target)),
  });
  expect(kindOfLoss({ errors: list })).toBe("unknown");
});

test("only mails, and an organization that may be made twice, ask before they are repeated", () => {
  expect(Object.entries(retrySafety).filter(([, safety]) => safety === "unsafe")).toEqual([
    ["users_resend_invitation", "unsafe"],
    ["users_password_reset", "unsafe"],
    ["organizations_create", "unsafe"],
  ]);
});
