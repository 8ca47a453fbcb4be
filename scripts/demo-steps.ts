/** The demo itself, a function for each step; each of them checks what it claims. */
import { inspect } from "node:util";
import { ArizeClient, type BulkUserDeletionResult, type CreateUserParams, type User } from "ax-users";
import { type Sandbox, startSandbox } from "ax-users/testing";
import { Screen, type ScreenOptions } from "./demo-screen.ts";

export interface DemoOptions extends ScreenOptions {
  /** Of 250 made-up users. Left out, one is started, with a network's delay, and closed in the end. */
  sandbox?: Sandbox;
}

interface Demo {
  readonly client: ArizeClient;
  readonly sandbox: Sandbox;
  readonly screen: Screen;
  /** Shows what holds, and throws where it does not. */
  expect(condition: boolean, what: string): void;
}

const USERS = 250;
const LATENCY_MS = 80;

const GRACE = "grace.hopper.0002@example.com";
const ROSALIND = {
  name: "Rosalind Franklin",
  email: "rosalind@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
} as const satisfies CreateUserParams;
const DOROTHY = {
  name: "Dorothy Vaughan",
  email: "dorothy@example.com",
  role: { type: "predefined", name: "annotator" },
  inviteMode: "temporary_password",
} as const satisfies CreateUserParams;

const STEPS: Readonly<Record<string, (demo: Demo) => Promise<void>>> = {
  "List users": listUsers,
  "Look users up by email": lookUp,
  "Invite somebody, and once more": invite,
  "Hand out a temporary password": handOutPassword,
  "Update a user": update,
  "Send mails again": sendMails,
  "Remove a user for good": removeOne,
  "Remove many at once": removeMany,
  "Count who is left": count,
};

/** Goes through all steps; rejects at the first thing that is not as it should be. */
export async function runDemo({ sandbox: given, ...options }: DemoOptions): Promise<void> {
  const sandbox = given ?? (await startSandbox({ users: USERS, latencyMs: LATENCY_MS }));
  try {
    await walk(sandbox, new Screen(options));
  } finally {
    if (!given) await sandbox.close();
  }
}

async function walk(sandbox: Sandbox, screen: Screen): Promise<void> {
  let checks = 0;
  const expect = (condition: boolean, what: string) => {
    if (!condition) throw new Error(`This should hold, and does not: ${what}`);
    checks += 1;
    screen.fact(what);
  };
  const client = new ArizeClient({
    baseUrl: sandbox.baseUrl,
    apiKey: sandbox.apiKey,
    // In Node they are process warnings if nothing is said; here each is shown where it comes.
    prereleaseWarnings: ({ message }) => screen.warning(firstSentence(message)),
  });
  screen.title(`ax-users: the life of a user, on a sandbox of ${USERS} users at ${sandbox.baseUrl}`);
  for (const [index, [title, step]] of Object.entries(STEPS).entries()) {
    const heading = `${index + 1}. ${title}`;
    screen.heading(heading);
    try {
      await step({ client, sandbox, screen, expect });
    } catch (cause) {
      throw new Error(`Step ${heading}. ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }
  screen.heading(`All ${checks} checks hold, from list to bulk removal. Next: README.md, then examples/.`);
}

async function listUsers({ client, screen, expect }: Demo): Promise<void> {
  screen.call("const { data: users, pagination } = await client.users.list({ limit: 6 })");
  const { data: users, pagination } = await client.users.list({ limit: 6 });
  screen.table(
    ["name", "email", "status", "role", "developer", "created"],
    users.map((user) => [
      user.name,
      user.email,
      user.status,
      roleOf(user),
      user.isDeveloper ? "yes" : "no",
      user.createdAt.toISOString().slice(0, 10),
    ]),
  );
  expect(users.length === 6 && pagination.hasMore, "a page of 6, the oldest first, and there are more");
  screen.call("for await (const user of client.users.list({ limit: 100 })) …");
  expect((await countUsers(client)) === USERS, `all pages, one after the other: ${USERS} users`);
}

async function lookUp({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const askedAs = `  ${GRACE.toUpperCase()} `;
  screen.call(`client.users.findByEmail("${askedAs}")`);
  const grace = await client.users.findByEmail(askedAs);
  expect(grace?.email === GRACE, `case and blanks do not matter: ${grace?.name} <${grace?.email}>`);

  screen.call('client.users.findByEmail("nobody@example.com")');
  const nobody = await client.users.findByEmail("nobody@example.com");
  expect(nobody === null, "somebody who is not there is null");

  const known = sandbox.users().slice(100, 140);
  const addresses = [...known.map(({ email }) => email), "nobody@example.com"];
  screen.call(`client.users.findByEmails([…${addresses.length} addresses])`);
  const before = sandbox.requests.length;
  const found = await client.users.findByEmails(addresses);
  expect(found.size === known.length, `a map of the ${known.length} who are there; who is not is not in it`);
  const requests = sandbox.requests.length - before;
  expect(requests < 10, `${requests} requests for ${addresses.length} addresses`);
}

async function invite({ client, sandbox, screen, expect }: Demo): Promise<void> {
  screen.call(`client.users.create({ email: "${ROSALIND.email}", inviteMode: "email_link", … })`);
  const created = await client.users.create(ROSALIND);
  screen.text(`${created.name} <${created.email}>: ${created.status}, ${roleOf(created)}, ${created.id}`);
  expect(created.outcome === "created", 'outcome "created"');
  expect(sandbox.mails.length === 1, "1 mail was sent");

  screen.call("the same again");
  const again = await client.users.create(ROSALIND);
  expect(again.outcome === "existing" && again.id === created.id, 'outcome "existing": the same user');
  expect(sandbox.mails.length === 1, "still 1 mail, so that a script may be run twice");

  screen.call('the same again with onExisting: "throw"');
  const error = await failureOf(client.users.create({ ...ROSALIND, onExisting: "throw" }));
  showError(screen, error);
  expect(error.name === "ConflictError", "a ConflictError, for whoever wants one");
}

async function handOutPassword({ client, sandbox, screen, expect }: Demo): Promise<void> {
  screen.call(`const user = await client.users.create({ inviteMode: "temporary_password", … })`);
  const user = await client.users.create(DOROTHY);
  const password = user.temporaryPassword ?? "";
  expect(password.length > 0, `user.temporaryPassword is there, of ${password.length} characters`);
  screen.call("console.log(user)");
  screen.text(inspect(user));
  const shown = inspect(user) + JSON.stringify(user) + JSON.stringify({ ...user });
  expect(!shown.includes(password), "logs, JSON and spreads do not give it away");
  expect(sandbox.mails.length === 1, "no mail was sent for it");
}

async function update({ client, sandbox, screen, expect }: Demo): Promise<void> {
  screen.call(`const { id: userId } = await client.users.get({ user: "${ROSALIND.email}" })`);
  const { id: userId } = await client.users.get({ user: ROSALIND.email });
  screen.call('client.users.update({ userId, name: "Rosalind E. Franklin", isDeveloper: false })');
  const changed = await client.users.update({ userId, name: "Rosalind E. Franklin", isDeveloper: false });
  expect(changed.name === "Rosalind E. Franklin" && !changed.isDeveloper, "new name, no developer any more");

  screen.call("client.users.update({ userId })");
  const before = sandbox.requests.length;
  const error = await failureOf(client.users.update({ userId }));
  showError(screen, error);
  expect(error.name === "ValidationError", "a ValidationError, since there is nothing to change");
  expect(sandbox.requests.length === before, "what is known to be wrong is not sent");
}

async function sendMails({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const before = sandbox.mails.length;
  screen.call(`client.users.resendInvitation({ userId })   // ${ROSALIND.email}, invited`);
  await client.users.resendInvitation({ userId: (await client.users.get({ user: ROSALIND.email })).id });
  screen.call(`client.users.resetPassword({ userId })      // ${GRACE}, active`);
  await client.users.resetPassword({ userId: (await client.users.get({ user: GRACE })).id });
  screen.table(
    ["mail", "to"],
    sandbox.mails.slice(before).map(({ kind, to }) => [kind.replace("_", " "), to]),
  );
  expect(sandbox.mails.length === before + 2, "2 mails, one for each call");
}

async function removeOne({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const { id: userId } = await client.users.get({ user: ROSALIND.email });
  screen.call("client.users.delete({ userId })");
  await client.users.delete({ userId });
  expect(
    (await client.users.findByEmail(ROSALIND.email)) === null,
    `${ROSALIND.email} is not found any more`,
  );
  screen.call("the same again");
  await client.users.delete({ userId });
  expect(sandbox.removedUsers().length === 1, "removing her once more succeeds and changes nothing");

  screen.call(`client.users.create({ email: "${ROSALIND.email}", … })`);
  const error = await failureOf(client.users.create(ROSALIND));
  showError(screen, error);
  expect(error.name === "ConflictError", "removed is removed, and the error says so");
}

async function removeMany({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const { userIds, emails, failing } = chooseTargets(sandbox);
  const fault = { title: "Access forbidden", status: 403, detail: "The sandbox was told to refuse here." };
  for (const id of failing) {
    sandbox.fail({ method: "DELETE", path: `/v2/users/${id}`, status: 403, body: fault, times: Infinity });
  }
  screen.call("client.users.bulkDelete({ userIds, emails, onProgress })");
  screen.text(
    `${userIds.length} IDs and ${emails.length} addresses: some named twice, two not there, one no address, two that will fail`,
  );
  const progress = screen.progress();
  const results = await client.users
    .bulkDelete({
      userIds,
      emails,
      onProgress: ({ done, total, deleted, notFound, failed }) =>
        progress.update(done, total, `${deleted} deleted, ${notFound} not found, ${failed} failed`),
    })
    .finally(() => progress.stop());
  const of = (status: BulkUserDeletionResult["status"]) => results.filter((one) => one.status === status);
  screen.table(
    ["status", "targets"],
    [
      ["deleted", String(of("deleted").length)],
      ["not found", String(of("not_found").length)],
      ["failed", String(of("failed").length)],
    ],
  );
  screen.text("");
  for (const result of results) {
    if (result.status === "deleted") continue;
    screen.item(result.status.replace("_", " ").padEnd(10), `${nameOf(result)}\n${result.error}`);
  }
  expect(results.length === 58, "one result for each of the 58 who are meant by these 63");
  expect(of("deleted").length === 53 && sandbox.removedUsers().length === 54, "53 were removed now");
  expect(of("not_found").length === 2, "2 were not there: no failure");
  expect(of("failed").length === 3, "3 failed, and kept none of the others from being removed");
}

/** 63 targets that mean 58; two of them the server will fail to delete. */
function chooseTargets(sandbox: Sandbox): { userIds: string[]; emails: string[]; failing: string[] } {
  const users = sandbox.users().slice(100, 155);
  const byId = users.slice(0, 30);
  const byEmail = users.slice(30).map(({ email }) => email);
  const userIds = [...byId.map(({ id }) => id), toUserId(99_999)];
  const namedByIdToo = byId.slice(0, 3).map(({ email }) => email.toUpperCase());
  const twice = byEmail.slice(0, 2).map((email) => ` ${email.toUpperCase()}`);
  const emails = [...byEmail, ...namedByIdToo, ...twice, "nobody@example.com", "not-an-address"];
  return { userIds, emails, failing: [users[10], users[40]].flatMap((user) => user?.id ?? []) };
}

async function count({ client, sandbox, screen, expect }: Demo): Promise<void> {
  screen.call("for await (const user of client.users.list({ limit: 100 })) …");
  const left = await countUsers(client);
  expect(left === USERS + 2 - 1 - 53, `${USERS} + 2 invited - 1 removed - 53 removed = ${left} users`);
  expect(left === sandbox.users().length, "the sandbox says the same");
}

async function countUsers(client: ArizeClient): Promise<number> {
  let users = 0;
  for await (const _ of client.users.list({ limit: 100 })) users += 1;
  return users;
}

/** What a call fails with, which it is expected to do. */
async function failureOf(call: Promise<unknown>): Promise<Error> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error("This call should fail, and does not.");
}

function showError(screen: Screen, { name, message }: Error): void {
  screen.item(`${name}:`, message);
}

const nameOf = ({ email, userId }: BulkUserDeletionResult): string => email ?? userId ?? "";

const roleOf = ({ role }: User): string => (role.type === "predefined" ? role.name : (role.name ?? role.id));

/** An ID in the API's form. */
const toUserId = (number: number): string => Buffer.from(`User:${number}`).toString("base64");

const firstSentence = (text: string): string => text.replace(/(?<=\.)\s.*/s, "");
