/** What an error with more members than are copied proves: nothing, as one of the others may be of a connection. */
import { ArizeClient } from "ax-users";
import { expect, test } from "vitest";
import { rejection } from "../helpers/server.ts";

const refused = () => Object.assign(new Error("refused"), { code: "ECONNREFUSED", syscall: "connect" });

const outcomeOf = async (errors: unknown[]): Promise<unknown> => {
  const fetch = () => Promise.reject(new TypeError("fetch failed", { cause: new AggregateError(errors) }));
  const { users } = new ArizeClient({ apiKey: "test-key", prereleaseWarnings: false, maxRetries: 0, fetch });
  return (Object(await rejection(users.resendInvitation({ userId: "u1" }))) as { outcome: unknown }).outcome;
};

test("of a few errors each is looked at", async () => {
  expect(await outcomeOf(Array.from({ length: 20 }, refused))).toBe("not_applied");
});

test("of many, the rest counts as unknown, also where one error stands for all that are copied", async () => {
  const lost = Object.assign(new Error("lost"), { code: "ECONNRESET", syscall: "read" });
  expect(await outcomeOf([...Array.from({ length: 60 }, refused), lost])).toBe("unknown");
  expect(await outcomeOf([...new Array(60).fill(refused()), lost])).toBe("unknown");
});
