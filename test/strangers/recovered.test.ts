import type { CreateUserParams } from "ax-users";
import { expect, test } from "vitest";
import { json, rejection, startServer, wirePage, wireUser } from "../helpers/server.ts";

const params: CreateUserParams = {
  name: "Ada",
  email: "ada@example.com",
  role: { type: "predefined", name: "admin" },
  inviteMode: "email_link",
};

/** A server whose first response to a create is lost, and whose second says that the user is there, since then. */
async function losesFirst(
  status: 200 | 409,
  userStatus: string,
  createdAt: Date,
  headers: Record<string, string>,
) {
  const user = wireUser({ id: "u1", status: userStatus, created_at: createdAt.toISOString() });
  let posts = 0;
  const server = await startServer(({ method }, response) => {
    if (headers["date"] === "") response.sendDate = false;
    const shown = headers["date"] === "" ? {} : headers;
    if (method === "GET") return json(response, 200, wirePage([user]));
    posts += 1;
    if (posts === 1) return response.destroy();
    return status === 200
      ? json(response, 200, user, shown)
      : json(response, 409, { title: "Resource conflict", status }, shown);
  });
  return server.client({ maxRetries: 1 }).users;
}

const ago = (ms: number) => new Date(Date.now() - ms);
const YEARS = 7 * 365 * 86_400_000;
const HOUR = 3_600_000;
/** The clock of a server that is a day behind this machine's. */
const YESTERDAY = { date: ago(24 * HOUR).toUTCString() };

// The names have no dates: Stryker starts a test by its name.
const rows: [200 | 409, string, string, string, Date, Record<string, string>][] = [
  [409, "active", "for years", "existing", ago(YEARS), {}],
  [200, "invited", "for years", "existing", ago(YEARS), {}],
  [409, "active", "for an hour", "existing", ago(HOUR), {}],
  [409, "active", "since now", "recovered", ago(0), {}],
  [200, "invited", "since now", "recovered", ago(0), {}],
  [200, "invited", "since now, by the server's clock,", "recovered", ago(24 * HOUR), YESTERDAY],
  [200, "invited", "for an hour, by the server's clock,", "existing", ago(25 * HOUR), YESTERDAY],
  [200, "invited", "since now, without a Date,", "recovered", ago(0), { date: "" }],
  [200, "invited", "for an hour, without a Date,", "existing", ago(HOUR), { date: "" }],
  [409, "active", "for years, without a Date,", "existing", ago(YEARS), { date: "" }],
  [409, "active", "for years, with a Date that is none,", "existing", ago(YEARS), { date: "user 7" }],
  [409, "active", "for years, with half a Date,", "existing", ago(YEARS), { date: "12 GMT" }],
  [
    200,
    "invited",
    "for years, with a Date of 1970,",
    "existing",
    ago(YEARS),
    { date: new Date(0).toUTCString() },
  ],
];

test.each(rows)("after a lost response, %i of a user who is %s %s is %s", async (...row) => {
  const [status, userStatus, , outcome, createdAt, headers] = row;
  const users = await losesFirst(status, userStatus, createdAt, headers);
  expect(await users.create(params)).toMatchObject({ id: "u1", outcome });
});

test.each([
  [409, "active", "not_applied"],
  // An earlier attempt may have renewed an expired invitation.
  [200, "invited", "unknown"],
] as const)(
  'onExisting: "throw" throws of an admin of long ago: %i, %s',
  async (status, userStatus, outcome) => {
    const users = await losesFirst(status, userStatus, ago(YEARS), {});
    const error = await rejection(users.create({ ...params, onExisting: "throw" }));
    expect(error).toMatchObject({ name: "ConflictError", reason: "exists", outcome, existing: { id: "u1" } });
  },
);

test("createMany tells the same", async () => {
  const users = await losesFirst(409, "active", ago(YEARS), {});
  const results = await users.createMany({ users: [params] });
  expect(results).toMatchObject([{ status: "existing", user: { outcome: "existing" } }]);
});
