import { expect, test } from "vitest";
import { audit, type Call, type Told } from "../../bench/audit.ts";
import type { Account } from "../../bench/servers.ts";

const user = (id: string, name = id) => ({
  id,
  name,
  email: `${id}@example.com`,
  status: "active" as const,
  role: { type: "predefined", name: "member" } as const,
  isDeveloper: true,
  createdAt: "2024-01-01T00:00:00Z",
});

const mail = { to: "u@example.com", userId: "u", kind: "invitation" as const };

const account = (more: Partial<Account>): Account => ({ users: [], removed: [], mails: [], ...more });

const THERE = account({ users: [user("u")] });
const GONE = account({ removed: [user("u")] });

const gave = (value?: Told["value"]): Told => ({ isError: false, value });
const failed = (claim?: Told["claim"]): Told => ({ isError: true, claim });

const call = (kind: Call["kind"], text = ""): Call => ({ kind, ids: ["u"], text });
const result = (status: string, outcome?: string) => [{ userId: "u", status, outcome }];

test.each<[string, string, Call, Told, Account]>([
  ["well", "a delete that did", call("delete"), gave(), GONE],
  ["untrue", "a delete that did not and says so", call("delete"), gave(), THERE],
  ["untrue", "a delete that did and denies it", call("delete"), failed("not_applied"), GONE],
  ["failed", "a delete that did not and says so truly", call("delete"), failed("not_applied"), THERE],
  ["failed", "a delete that does not know", call("delete"), failed("unknown"), GONE],
  ["unsaid", "a delete that says nothing of it", call("delete"), failed(), THERE],
  ["failed", "a read, of which nobody asks", call("get"), failed(), THERE],
  ["well", "a get of whom was asked for", call("get"), gave({ id: "u" }), THERE],
  ["untrue", "a get of something else", call("get"), gave("<html>" as never), THERE],
  ["untrue", "a list that is none", call("list"), gave({} as never), THERE],
  ["well", "one mail", call("resend"), gave(), account({ mails: [mail] })],
  ["untrue", "two mails", call("resend"), gave(), account({ mails: [mail, mail] })],
  ["untrue", "two mails, and an error", call("resend"), failed("unknown"), account({ mails: [mail, mail] })],
  ["well", "a create", call("create", "u@example.com"), gave({ id: "u" }), THERE],
  ["untrue", "a create that gives somebody else", call("create", "u@example.com"), gave({ id: "v" }), THERE],
  ["untrue", "a create that made nobody", call("create", "v@example.com"), gave({ id: "v" }), THERE],
  ["well", "a rename", call("rename", "u"), gave({ id: "u" }), THERE],
  ["untrue", "a rename that did not", call("rename", "v"), gave({ id: "u" }), THERE],
  ["well", "a bulk delete", call("bulk"), gave(result("deleted")), GONE],
  ["untrue", "a bulk delete that did not", call("bulk"), gave(result("deleted")), THERE],
  ["untrue", "a bulk delete that found nobody", call("bulk"), gave(result("not_found")), GONE],
  ["untrue", "a bulk delete that denies it", call("bulk"), gave(result("failed", "not_applied")), GONE],
  ["failed", "a bulk delete that does not know", call("bulk"), gave(result("failed", "unknown")), GONE],
  ["unsaid", "a bulk delete that says nothing of it", call("bulk"), gave(result("failed")), GONE],
  ["unsaid", "a bulk delete that rejects", call("bulk"), failed(), GONE],
])("%s: %s", (verdict, _, made, told, state) => {
  expect(audit(made, told, state)).toBe(verdict);
});
