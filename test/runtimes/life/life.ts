/**
 * A whole user's life with the package, in whatever runtime loads this: nothing but the package and what is standard
 * everywhere. The account that it finds, and the faults that wait for it, are those of `account.ts`.
 */
import {
  APIError,
  ArizeClient,
  AuthenticationError,
  addOrganizationUser,
  bulkDeleteUsers,
  ConflictError,
  ConnectionError,
  createOrganization,
  deleteOrganization,
  findUserByEmail,
  listUsers,
  NotFoundError,
  TimeoutError,
  ValidationError,
} from "ax-users";

/** Where the account is; what is left out is taken from the environment. */
export interface Settings {
  baseUrl?: string;
  apiKey?: string;
}

/** What the life was: how many things were checked in it. */
export interface Report {
  checks: number;
}

const MEMBER = { type: "predefined", name: "member" } as const;

let checks = 0;

function check(what: string, actual: unknown, expected: unknown): void {
  checks += 1;
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`);
}

async function rejection(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("A call succeeded that was to fail.");
}

type Made<T> = abstract new (...args: never) => T;

/** `name` is the class's, which a minified bundle calls something else. */
async function fails<T extends Error>(kind: Made<T>, name: string, call: PromiseLike<unknown>): Promise<T> {
  const error = await rejection(call);
  if (!(error instanceof kind)) throw new Error(`Expected a ${name}, got ${error}`, { cause: error });
  check("the error's name", error.name, name);
  return error;
}

export async function live(settings: Settings): Promise<Report> {
  checks = 0;
  const retries: string[] = [];
  const client = new ArizeClient({
    ...settings,
    onEvent: (event) => event.type === "retry" && retries.push(event.operation),
  });
  await creates(client, retries);
  await lists(client);
  await finds(client);
  await changes(client);
  await createsMany(client);
  await organizes(client);
  await callsFunctions(settings, client);
  await errs(settings, client);
  await outlasts(client, retries);
  await ends(client);
  await deletes(client);
  return { checks };
}

/** The first one is carried out, but its answer lost. */
async function creates({ users }: ArizeClient, retries: string[]): Promise<void> {
  const jane = {
    name: "Jane Smith",
    email: "jane@example.com",
    role: MEMBER,
    inviteMode: "email_link",
  } as const;
  const recovered = await users.create(jane);
  check("a create without an answer", [recovered.outcome, retries], ["recovered", ["users_create"]]);
  check("created again", [(await users.create(jane)).outcome, recovered.status], ["existing", "invited"]);
  const conflict = await fails(
    ConflictError,
    "ConflictError",
    users.create({ ...jane, onExisting: "throw" }),
  );
  check("who is there", [conflict.existing?.id === recovered.id, conflict.outcome], [true, "not_applied"]);

  const role = { type: "predefined", name: "admin" } as const;
  const grace = await users.create({
    name: "Grace",
    email: "grace@example.com",
    role,
    inviteMode: "temporary_password",
  });
  check("a temporary password", [grace.outcome, typeof grace.temporaryPassword], ["created", "string"]);
  const shown = JSON.stringify([grace, { ...grace }]);
  check(
    "its being hidden",
    [shown.includes(grace.temporaryPassword ?? ""), Object.keys(grace).includes("temporaryPassword")],
    [false, false],
  );

  const bot = {
    name: "Bot",
    email: "bot@example.com",
    role: { type: "predefined", name: "annotator" },
  } as const;
  const active = await users.create({ ...bot, inviteMode: "none" });
  check("no invitation", [active.status, active.isDeveloper, active.role], ["active", false, bot.role]);
}

async function lists({ users }: ArizeClient): Promise<void> {
  const list = users.list({ limit: 4 });
  const first = await list;
  check("a page", [first.data.length, first.pagination.hasMore], [4, true]);
  check(
    "its dates",
    first.data.every(({ createdAt }) => createdAt instanceof Date),
    true,
  );
  check("the next page", (await first.nextPage())?.data.length, 4);
  const emails: string[] = [];
  for await (const { email } of list) emails.push(email);
  check("all users", [emails.length, new Set(emails).size], [12, 12]);
  const sizes: number[] = [];
  for await (const page of list.pages()) sizes.push(page.data.length);
  check("all pages", sizes, [4, 4, 4]);
  check("some users", (await list.toArray({ max: 5 })).length, 5);
  const invited = await users.list({ status: ["invited"], email: "EXAMPLE.com" });
  check(
    "a filter",
    invited.data.map(({ email }) => email),
    ["lin@example.com", "jane@example.com", "grace@example.com"],
  );
}

async function finds({ users }: ArizeClient): Promise<void> {
  check("by ID", (await users.get({ user: "u-ada" })).email, "ada@example.com");
  check("by email", (await users.get({ user: " Ada@Example.com" })).id, "u-ada");
  check("the one", (await users.findByEmail("ada@example.com"))?.name, "Ada Lovelace");
  check("nobody", await users.findByEmail("da@example.com"), null);
  const found = await users.findByEmails([
    "ada@example.com",
    "lin@example.com",
    "bot@example.com",
    "no@example.com",
  ]);
  check("many", [...found.keys()], ["ada@example.com", "lin@example.com", "bot@example.com"]);
}

async function changes({ users }: ArizeClient): Promise<void> {
  const ada = await users.update({ userId: "u-ada", name: " Ada King ", isDeveloper: false });
  check("an update", [ada.name, ada.isDeveloper, ada.status], ["Ada King", false, "active"]);
  check("an invitation sent again", await users.resendInvitation({ userId: "u-lin" }), undefined);
  check("a password reset", await users.resetPassword({ userId: "u-ada" }), undefined);
}

async function createsMany({ users }: ArizeClient): Promise<void> {
  const progress: number[] = [];
  const results = await users.createMany({
    users: ["kay@example.com", "Ada@example.com", "nobody", "kay@example.com"].map((email) => ({
      ...{ name: "One of many", email, role: MEMBER, inviteMode: "email_link" },
    })),
    onProgress: ({ done }) => progress.push(done),
  });
  check(
    "a roster",
    results.map(({ status }) => status),
    ["created", "existing", "failed"],
  );
  check("its progress", progress, [1, 2, 3]);
}

async function organizes({ organizations }: ArizeClient): Promise<void> {
  const { data } = await organizations.list();
  check(
    "organizations",
    data.map(({ name }) => name),
    ["Data Ops"],
  );
  const { id } = await organizations.create({ name: "Research", description: "Basic research" });
  check("one by name", (await organizations.get({ organization: "research" })).id, id);
  const changed = await organizations.update({ organization: "Research", name: "Labs", description: null });
  check("one that is changed", [changed.id === id, changed.name, changed.description], [true, "Labs", ""]);
  const role = { type: "predefined", name: "read-only" } as const;
  const membership = await organizations.addUser({ organization: "Labs", user: "ada@example.com", role });
  check("a member", [membership.userId, membership.role], ["u-ada", role]);
  await organizations.removeUser({ organization: "Labs", user: "ada@example.com" });
  await organizations.delete({ organizationId: id });
  await fails(NotFoundError, "NotFoundError", organizations.get({ organization: "Labs" }));
}

/** Without a client they use one of the environment. */
async function callsFunctions({ apiKey }: Settings, made: ArizeClient): Promise<void> {
  const client = apiKey === undefined ? {} : { client: made };
  const { data: users, pagination } = await listUsers({ limit: 2, status: ["active"], ...client });
  check("listUsers", [users.length, pagination.hasMore], [2, true]);
  check("findUserByEmail", (await findUserByEmail({ email: "ada@example.com", ...client }))?.id, "u-ada");
  const { id } = await createOrganization({ name: "Annotation", ...client });
  await addOrganizationUser({ organizationId: id, userId: "u-ada", role: MEMBER, ...client });
  await deleteOrganization({ organization: "Annotation", ...client });
  const [gone] = await bulkDeleteUsers({ emails: ["nobody@example.com"], ...client });
  check("bulkDeleteUsers", gone?.status, "not_found");
}

async function errs(settings: Settings, { users }: ArizeClient): Promise<void> {
  const missing = await fails(NotFoundError, "NotFoundError", users.get({ userId: "u-nobody" }));
  check("its fields", [missing.status, missing.outcome, missing.attempts], [404, "not_applied", 1]);
  check("its name", [missing instanceof APIError, missing instanceof Error], [true, true]);
  const wrong = new ArizeClient({ ...settings, apiKey: "not-the-key" });
  const refused = await fails(AuthenticationError, "AuthenticationError", wrong.users.list());
  check(
    "a key that is not shown",
    `${refused.message} ${JSON.stringify([refused, wrong])}`.includes("not-the-key"),
    false,
  );
  const invalid = await fails(ValidationError, "ValidationError", users.list({ limit: 0 }));
  check(
    "what is wrong",
    invalid.issues.map(({ path }) => path),
    ["limit"],
  );
  const moved = await fails(APIError, "APIError", users.get({ userId: "u-moved" }));
  check("its status", moved.status, 302);
}

/** Each of them fails once. Deno and Bun send again by themselves what a closed connection left without an answer. */
async function outlasts({ users }: ArizeClient, retries: string[]): Promise<void> {
  retries.length = 0;
  for (const userId of ["u-busy", "u-limited", "u-cut"]) {
    check("after a fault", (await users.get({ userId })).id, userId);
  }
  check("retries", retries, ["users_get", "users_get", "users_get"]);
  check("after a connection was closed", (await users.get({ userId: "u-dropped" })).id, "u-dropped");
}

/** Of `u-lost` no connection brings an answer, and of `u-stalled` none comes at all. */
async function ends({ users }: ArizeClient): Promise<void> {
  const lost = await fails(
    ConnectionError,
    "ConnectionError",
    users.delete({ userId: "u-lost" }, { maxRetries: 0 }),
  );
  check("its outcome", [lost.outcome, lost.attempts], ["unknown", 1]);
  const stalled = { userId: "u-stalled" };
  const late = await fails(
    TimeoutError,
    "TimeoutError",
    users.get(stalled, { timeoutMs: 60, maxRetries: 0 }),
  );
  check("what a late one is", [late.attempts, late.outcome], [1, "not_applied"]);
  await fails(TimeoutError, "TimeoutError", users.get(stalled, { deadlineMs: 60 }));
  const controller = new AbortController();
  const reason = new Error("enough");
  const call = rejection(users.get(stalled, { signal: controller.signal }));
  setTimeout(() => controller.abort(reason), 30);
  check("an abort", (await call) === reason, true);
  check(
    "an abort before",
    (await rejection(users.get(stalled, { signal: AbortSignal.abort(reason) }))) === reason,
    true,
  );
}

async function deletes({ users }: ArizeClient): Promise<void> {
  check("a deletion", await users.delete({ userId: "u-busy" }), undefined);
  check("once more", await users.delete({ userId: "u-busy" }), undefined);
  const results = await users.bulkDelete({
    userIds: ["u-limited", "u-nobody"],
    emails: ["kay@example.com", "LIMITED@example.com", "nobody@example.com"],
  });
  check(
    "many deletions",
    results.map(({ status }) => status),
    ["deleted", "not_found", "deleted", "not_found"],
  );
}
