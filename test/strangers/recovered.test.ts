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
const rows: [200 | 409, string, string, Date, Record<string, string>, string][] = [
  [409, "active", "for years", ago(YEARS), {}, "existing"],
  [200, "invited", "for years", ago(YEARS), {}, "existing"],
  [409, "active", "for an hour", ago(HOUR), {}, "existing"],
  [409, "active", "since now", ago(0), {}, "recovered"],
  [200, "invited", "since now", ago(0), {}, "recovered"],
  [200, "invited", "since now, by the server's clock,", ago(24 * HOUR), YESTERDAY, "recovered"],
  [200, "invited", "for an hour, by the server's clock,", ago(25 * HOUR), YESTERDAY, "existing"],
  [200, "invited", "since now, without a Date,", ago(0), { date: "" }, "recovered"],
  [200, "invited", "for an hour, without a Date,", ago(HOUR), { date: "" }, "existing"],
  [409, "active", "for years, without a Date,", ago(YEARS), { date: "" }, "existing"],
  [409, "active", "for years, with a Date that is none,", ago(YEARS), { date: "user 7" }, "existing"],
];

test.each(rows)("after a lost response, %1$i of a user who is %2$s %3$s is %6$s", async (...row) => {
  const [status, userStatus, , createdAt, headers, outcome] = row;
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
