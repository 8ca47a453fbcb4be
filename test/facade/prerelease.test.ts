import { ArizeClient, type ArizeClientOptions, type PrereleaseWarning } from "ax-users";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BAD_CALLBACKS } from "../helpers/bad-callbacks.ts";
import { rejection } from "../helpers/server.ts";

const TOLD = Symbol.for("ax-users.prerelease");
const forget = () => Reflect.deleteProperty(globalThis, TOLD);

beforeEach(() => {
  forget();
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", undefined);
});
afterEach(() => {
  forget();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const emitted = () => vi.spyOn(process, "emitWarning").mockImplementation(() => {});
const client = (options?: ArizeClientOptions) =>
  new ArizeClient({
    apiKey: "k",
    maxRetries: 0,
    fetch: () => Promise.reject(new Error("offline")),
    ...options,
  });

test("a method's first call in the process emits one warning, with Node's type and code", async () => {
  const emitWarning = emitted();
  await rejection(client().users.list());
  await rejection(client().users.list());
  expect(emitWarning).toHaveBeenCalledTimes(1);
  expect(emitWarning).toHaveBeenCalledWith(expect.stringMatching(/^\[ALPHA\] users\.list is an alpha API/), {
    type: "PrereleaseWarning",
    code: "AX_USERS_ALPHA",
  });
});

test("only the method that was called is named, not those that it uses", async () => {
  const told: string[] = [];
  const { users } = client({ prereleaseWarnings: ({ key }) => told.push(key) });
  await rejection(users.get({ user: "ada@example.com" }));
  await users.bulkDelete({ userIds: ["u1"], emails: ["ada@example.com"] });
  await rejection(users.findByEmail("ada@example.com"));
  await rejection(users.findByEmails(["ada@example.com"]));
  const role = { type: "predefined", name: "member" } as const;
  await rejection(users.create({ name: "A", email: "ada@example.com", role, inviteMode: "none" }));
  await rejection(users.update({ userId: "u1", name: "A" }));
  await users.updateMany({ users: [{ userId: "u1", name: "A" }] });
  await rejection(users.delete({ userId: "u1" }));
  await rejection(users.resendInvitation({ userId: "u1" }));
  await rejection(users.resetPassword({ userId: "u1" }));
  await rejection(users.list());
  expect(told).toEqual([
    "users.get",
    "users.bulk_delete",
    "users.find_by_email",
    "users.find_by_emails",
    "users.create",
    "users.update",
    "users.update_many",
    "users.delete",
    "users.resend_invitation",
    "users.reset_password",
    "users.list",
  ]);
});

test("organizations are beta, and adding and removing a member alpha", async () => {
  const told: string[] = [];
  const { organizations } = client({ prereleaseWarnings: ({ key, code }) => told.push(`${key} ${code}`) });
  const ops = { organization: "Ops" };
  const member = { ...ops, user: "ada@example.com" };
  await rejection(organizations.list());
  await rejection(organizations.get(ops));
  await rejection(organizations.create({ name: "Ops" }));
  await rejection(organizations.update({ ...ops, name: "Data" }));
  await rejection(organizations.delete(ops));
  await rejection(organizations.addUser({ ...member, role: { type: "predefined", name: "member" } }));
  await rejection(organizations.removeUser(member));
  await organizations.addUsers({ ...ops, users: [] });
  await organizations.removeUsers({ ...ops, users: [] });
  expect(told).toEqual([
    "organizations.list AX_USERS_BETA",
    "organizations.get AX_USERS_BETA",
    "organizations.create AX_USERS_BETA",
    "organizations.update AX_USERS_BETA",
    "organizations.delete AX_USERS_BETA",
    "organizations.add_user AX_USERS_ALPHA",
    "organizations.remove_user AX_USERS_ALPHA",
    "organizations.add_users AX_USERS_ALPHA",
    "organizations.remove_users AX_USERS_ALPHA",
  ]);
});

test("a function is given the whole warning", async () => {
  const told: PrereleaseWarning[] = [];
  const { users, organizations } = client({ prereleaseWarnings: (warning) => told.push(warning) });
  await rejection(users.delete({ userId: "u1" }));
  await rejection(organizations.list());
  const advice =
    "may change without notice. Silence: prereleaseWarnings: false, or DISABLE_PRERELEASE_WARNING=true.";
  expect(told).toEqual([
    {
      key: "users.delete",
      stage: "alpha",
      code: "AX_USERS_ALPHA",
      message: `[ALPHA] users.delete is an alpha API and ${advice}`,
    },
    {
      key: "organizations.list",
      stage: "beta",
      code: "AX_USERS_BETA",
      message: `[BETA] organizations.list is a beta API and ${advice}`,
    },
  ]);
});

test("a client with warnings off does not use up the once", async () => {
  const emitWarning = emitted();
  await rejection(client({ prereleaseWarnings: false }).users.list());
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", "true");
  await rejection(client().users.list());
  expect(emitWarning).not.toHaveBeenCalled();
  vi.stubEnv("DISABLE_PRERELEASE_WARNING", "1");
  await rejection(client().users.list());
  expect(emitWarning).toHaveBeenCalledTimes(1);
});

test("two copies of the package in one process warn once", async () => {
  const emitWarning = emitted();
  await rejection(client().users.list());
  vi.resetModules();
  const copy = await import("ax-users");
  expect(copy.ArizeClient).not.toBe(ArizeClient);
  await rejection(
    new copy.ArizeClient({ apiKey: "k", fetch: () => Promise.reject(new Error("offline")) }).users.list(),
  );
  expect(emitWarning).toHaveBeenCalledTimes(1);
});

test("a warning comes with a call whose arguments are wrong, too", async () => {
  const emitWarning = emitted();
  await rejection(client().users.delete({ userId: "" }));
  expect(emitWarning).toHaveBeenCalledTimes(1);
});

test.each(BAD_CALLBACKS)("a function that %s changes nothing", async (_, prereleaseWarnings) => {
  const error = await rejection(client({ prereleaseWarnings }).users.list());
  expect(error).toHaveProperty("name", "ConnectionError");
});

test("where there is no process, the console is told", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.stubGlobal("process", undefined);
  await rejection(client().users.list());
  vi.unstubAllGlobals();
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^\[ALPHA\] users\.list/));
});
