import { expect, test } from "vitest";
import { adviceOn } from "../../src/core/advice.ts";
import { mayHaveApplied, outcomeOf, verdictOnLoss, verdictOnStatus } from "../../src/core/outcome.ts";
import { safety } from "../../src/core/safety.ts";
import { fetchFailure } from "../transport/scripted-server.ts";

const PASSING = [500, 502, 503, 504];
const REFUSALS = [408, 425, 429];

test("of every status there is a verdict, and only a few are worth another request", () => {
  for (let status = 300; status < 600; status += 1) {
    const expected = PASSING.includes(status) ? "unknown" : REFUSALS.includes(status) ? "refused" : "final";
    expect(verdictOnStatus(status, undefined)).toBe(expected);
    // Retry-After makes a refusal of a 503 alone.
    expect(verdictOnStatus(status, 0)).toBe(status === 503 ? "refused" : expected);
  }
});

test("only a 5xx other than 501, and a redirect to what was done, leave open what became of it", () => {
  for (let status = 300; status < 600; status += 1) {
    const open = (status >= 500 && status !== 501) || status === 302 || status === 303;
    expect(mayHaveApplied(status, verdictOnStatus(status, undefined))).toBe(open);
  }
  expect(mayHaveApplied(503, verdictOnStatus(503, 1000))).toBe(false);
});

test.each(["GET", "POST", "PATCH", "DELETE"])("a %s that may have been carried out", (method) => {
  expect(outcomeOf(method, true)).toBe(method === "GET" ? "not_applied" : "unknown");
  expect(outcomeOf(method, false)).toBe("not_applied");
});

test("what is unknown is to be looked at before it is repeated; of what is not, nothing is said", () => {
  expect(adviceOn("unknown")).toContain("look before you repeat it");
  expect(adviceOn("not_applied")).toBe("");
});

test("errors that are each other's cause have an end", () => {
  const a = new Error("a");
  const b = new Error("b", { cause: a });
  a.cause = b;
  expect(verdictOnLoss(a)).toBe("unknown");
});

test.each([
  ["ENOTFOUND", "getaddrinfo", "refused"],
  ["EAI_AGAIN", "getaddrinfo", "refused"],
  ["ECONNREFUSED", "connect", "refused"],
  ["EADDRNOTAVAIL", "connect", "refused"],
  ["ECONNRESET", "read", "unknown"],
  ["EPIPE", "write", "unknown"],
  ["ETIMEDOUT", "read", "unknown"],
  ["UND_ERR_SOCKET", "read", "unknown"],
  ["UND_ERR_HEADERS_TIMEOUT", "read", "unknown"],
  ["UND_ERR_BODY_TIMEOUT", "read", "unknown"],
  ["HPE_INVALID_CONSTANT", "parse", "unknown"],
  ["XECONNREFUSED", "connect", "unknown"],
  ["ECONNREFUSEDX", "connect", "unknown"],
])("%s on %s is %s", (code, syscall, verdict) => {
  expect(verdictOnLoss(fetchFailure(code, syscall))).toBe(verdict);
});

test("only mails, and an organization that may be made twice, ask before they are repeated", () => {
  expect(Object.entries(safety).filter(([, safety]) => safety === "ask")).toEqual([
    ["users_resend_invitation", "ask"],
    ["users_password_reset", "ask"],
    ["organizations_create", "ask"],
  ]);
});
