/** The life of a user, a function for each step. */
import { inspect } from "node:util";
import type { CreateUserParams } from "ax-users";
import { countUsers, type Demo, failureOf, roleOf, showError, USERS } from "./context.ts";

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

export async function listUsers({ client, screen, expect }: Demo): Promise<void> {
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
  expect(users.length === 6 && pagination.hasMore, "a page of 6 users, oldest first, and more pages follow");
  screen.call("for await (const user of client.users.list({ limit: 100 })) …");
  expect((await countUsers(client)) === USERS, `all pages, one after another: ${USERS} users`);
}

export async function lookUp({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const askedAs = `  ${GRACE.toUpperCase()} `;
  screen.call(`client.users.findByEmail("${askedAs}")`);
  const grace = await client.users.findByEmail(askedAs);
  expect(
    grace?.email === GRACE,
    `case and surrounding whitespace are ignored: ${grace?.name} <${grace?.email}>`,
  );

  screen.call('client.users.findByEmail("nobody@example.com")');
  const nobody = await client.users.findByEmail("nobody@example.com");
  expect(nobody === null, "null if there is no such user");

  const known = sandbox.users().slice(100, 140);
  const addresses = [...known.map(({ email }) => email), "nobody@example.com"];
  screen.call(`client.users.findByEmails([…${addresses.length} addresses])`);
  const before = sandbox.requests.length;
  const found = await client.users.findByEmails(addresses);
  expect(
    found.size === known.length,
    `a map of the ${known.length} users found; nobody@example.com is not in it`,
  );
  const requests = sandbox.requests.length - before;
  expect(requests < 10, `${requests} requests for ${addresses.length} addresses`);
}

export async function invite({ client, sandbox, screen, expect }: Demo): Promise<void> {
  screen.call(`client.users.create({ email: "${ROSALIND.email}", inviteMode: "email_link", … })`);
  const created = await client.users.create(ROSALIND);
  screen.text(`${created.name} <${created.email}>: ${created.status}, ${roleOf(created)}, ${created.id}`);
  expect(created.outcome === "created", 'outcome "created"');
  expect(sandbox.mails.length === 1, "1 email was sent");

  screen.call("the same again");
  const again = await client.users.create(ROSALIND);
  expect(again.outcome === "existing" && again.id === created.id, 'outcome "existing": the same user');
  expect(sandbox.mails.length === 1, "still 1 email: you can run a script twice");

  screen.call('the same again with onExisting: "throw"');
  const error = await failureOf(client.users.create({ ...ROSALIND, onExisting: "throw" }));
  showError(screen, error);
  expect(error.name === "ConflictError", "a ConflictError, on request");
}

export async function handOutPassword({ client, sandbox, screen, expect }: Demo): Promise<void> {
  screen.call(`const user = await client.users.create({ inviteMode: "temporary_password", … })`);
  const user = await client.users.create(DOROTHY);
  const password = user.temporaryPassword ?? "";
  expect(password.length > 0, `user.temporaryPassword has ${password.length} characters`);
  screen.call("console.log(user)");
  screen.text(inspect(user));
  const shown = inspect(user) + JSON.stringify(user) + JSON.stringify({ ...user });
  expect(!shown.includes(password), "logs, JSON and spreads do not show it");
  expect(sandbox.mails.length === 1, "no email was sent");
}

export async function update({ client, sandbox, screen, expect }: Demo): Promise<void> {
  screen.call(`const { id: userId } = await client.users.get({ user: "${ROSALIND.email}" })`);
  const { id: userId } = await client.users.get({ user: ROSALIND.email });
  screen.call('client.users.update({ userId, name: "Rosalind E. Franklin", isDeveloper: false })');
  const changed = await client.users.update({ userId, name: "Rosalind E. Franklin", isDeveloper: false });
  expect(
    changed.name === "Rosalind E. Franklin" && !changed.isDeveloper,
    "a new name, and no developer permission",
  );

  screen.call("client.users.update({ userId })");
  const before = sandbox.requests.length;
  const error = await failureOf(client.users.update({ userId }));
  showError(screen, error);
  expect(error.name === "ValidationError", "a ValidationError, since there is nothing to change");
  expect(sandbox.requests.length === before, "no request was sent");
}

export async function sendMails({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const before = sandbox.mails.length;
  screen.call(`client.users.resendInvitation({ userId })   // ${ROSALIND.email}, invited`);
  await client.users.resendInvitation({ userId: (await client.users.get({ user: ROSALIND.email })).id });
  screen.call(`client.users.resetPassword({ userId })      // ${GRACE}, active`);
  await client.users.resetPassword({ userId: (await client.users.get({ user: GRACE })).id });
  screen.table(
    ["email", "to"],
    sandbox.mails.slice(before).map(({ kind, to }) => [kind.replace("_", " "), to]),
  );
  expect(sandbox.mails.length === before + 2, "2 emails, one for each call");
}

export async function removeOne({ client, sandbox, screen, expect }: Demo): Promise<void> {
  const { id: userId } = await client.users.get({ user: ROSALIND.email });
  screen.call("client.users.delete({ userId })");
  await client.users.delete({ userId });
  expect((await client.users.findByEmail(ROSALIND.email)) === null, `${ROSALIND.email} is no longer found`);
  screen.call("the same again");
  await client.users.delete({ userId });
  expect(sandbox.removedUsers().length === 1, "deleting her again succeeds and changes nothing");

  screen.call(`client.users.create({ email: "${ROSALIND.email}", … })`);
  const error = await failureOf(client.users.create(ROSALIND));
  showError(screen, error);
  expect(error.name === "ConflictError", "a deleted address cannot be invited again, and the error says so");
}

export async function count({ client, sandbox, screen, expect }: Demo): Promise<void> {
  screen.call("for await (const user of client.users.list({ limit: 100 })) …");
  const left = await countUsers(client);
  expect(left === USERS + 2 - 1 - 53, `${USERS} + 2 invited - 1 removed - 53 removed = ${left} users`);
  expect(left === sandbox.users().length, "the sandbox has the same number");
}
