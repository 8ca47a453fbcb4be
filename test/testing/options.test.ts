import { startSandbox } from "ax-users/testing";
import { expect, test } from "vitest";
import { callLoosely, open } from "./helpers.ts";

const EMAIL = "a@example.com";

test.each<[unknown, typeof TypeError | typeof RangeError, string]>([
  [null, TypeError, "options must be an object, received null"],
  [{ user: 3 }, TypeError, "options.user is unknown; expected one of users, organizations, apiKey, dialect"],
  [{ dialect: "beta" }, TypeError, "options.dialect must be one of alpha, current, received 'beta'"],
  [{ dialect: "toString" }, TypeError, "options.dialect must be one of alpha, current, received 'toString'"],
  [{ apiKey: "" }, TypeError, "options.apiKey must be printable ASCII without whitespace, received ''"],
  [{ apiKey: "a b" }, TypeError, "received 'a b'"],
  [{ apiKey: 7 }, TypeError, "received 7"],
  [{ latencyMs: -1 }, RangeError, "options.latencyMs must be a number from 0 to 2147483647, received -1"],
  [{ latencyMs: 2 ** 31 }, RangeError, "received 2147483648"],
  [{ latencyMs: Number.NaN }, RangeError, "received NaN"],
  [{ latencyMs: "5" }, TypeError, "options.latencyMs must be a number from 0 to 2147483647, received '5'"],
  [{ port: -1 }, RangeError, "options.port must be a whole number from 0 to 65535, received -1"],
  [{ port: 65_536 }, RangeError, "received 65536"],
  [{ port: 1.5 }, RangeError, "received 1.5"],
  [{ port: "80" }, TypeError, "received '80'"],
  [{ rateLimit: 5 }, TypeError, "options.rateLimit must be an object, received 5"],
  [
    { rateLimit: { perSecond: 1 } },
    TypeError,
    "options.rateLimit.burst must be a whole number of at least 1",
  ],
  [
    { rateLimit: { perSecond: 0, burst: 1 } },
    RangeError,
    "rateLimit.perSecond must be a finite number above 0",
  ],
  [{ rateLimit: { perSecond: Infinity, burst: 1 } }, RangeError, "received Infinity"],
  [
    { rateLimit: { perSecond: 1, burst: 0 } },
    RangeError,
    "options.rateLimit.burst must be a whole number of at",
  ],
  [
    { rateLimit: { perSecond: 1, burst: 1, retryAfterSeconds: 0.5 } },
    RangeError,
    "rateLimit.retryAfterSeconds",
  ],
  [{ rateLimit: { perSecond: 1, burst: 1, rate: 1 } }, TypeError, "options.rateLimit.rate is unknown"],
  [
    { users: -1 },
    RangeError,
    "options.users must be a whole number of at least 0, or an array of seeds, received -1",
  ],
  [{ users: 1.5 }, RangeError, "received 1.5"],
  [{ users: "3" }, TypeError, "received '3'"],
  [{ users: [null] }, TypeError, "options.users[0] must be an object, received null"],
  [{ users: [{}] }, TypeError, "options.users[0].email must be an email address, received undefined"],
  [
    { users: [{ email: "a@b" }] },
    TypeError,
    "options.users[0].email must be an email address, received 'a@b'",
  ],
  [{ users: [{ email: EMAIL, mail: 1 }] }, TypeError, "options.users[0].mail is unknown"],
  [{ users: [{ email: EMAIL, name: "" }] }, TypeError, "options.users[0].name must be a non-empty string"],
  [{ users: [{ email: EMAIL, id: "" }] }, TypeError, "options.users[0].id must be a non-empty string"],
  [
    { users: [{ email: EMAIL, status: "ACTIVE" }] },
    TypeError,
    "status must be one of active, invited, expired, in",
  ],
  [
    { users: [{ email: EMAIL, role: "owner" }] },
    TypeError,
    "role must be one of admin, member, annotator, received",
  ],
  [
    { users: [{ email: EMAIL, role: { type: "builtin" } }] },
    TypeError,
    "role.type must be one of predefined, custom",
  ],
  [
    { users: [{ email: EMAIL, role: { type: "predefined", name: "x" } }] },
    TypeError,
    "role.name must be one of",
  ],
  [
    { users: [{ email: EMAIL, role: { type: "predefined", name: "admin", id: "1" } }] },
    TypeError,
    "role.id is unkn",
  ],
  [{ users: [{ email: EMAIL, role: { type: "custom" } }] }, TypeError, "role.id must be a non-empty string"],
  [
    { users: [{ email: EMAIL, role: { type: "custom", id: "1", name: 2 } }] },
    TypeError,
    "role.name must be a non",
  ],
  [{ users: [{ email: EMAIL, isDeveloper: 1 }] }, TypeError, "isDeveloper must be a boolean, received 1"],
  [
    { users: [{ email: EMAIL, createdAt: "yesterday" }] },
    TypeError,
    "createdAt must be a date of the years 0 to 9999",
  ],
  [{ users: [{ email: EMAIL, createdAt: 5 }] }, TypeError, "received 5"],
  [{ users: [{ email: EMAIL, createdAt: new Date(8.64e15) }] }, TypeError, "of the years 0 to 9999"],
  [
    { users: [{ email: EMAIL }, { email: "A@Example.com" }] },
    TypeError,
    "options.users[1].email must be unique among the seeds, received 'A@Example.com'",
  ],
  [
    {
      users: [
        { email: EMAIL, id: "x" },
        { email: "b@example.com", id: "x" },
      ],
    },
    TypeError,
    "options.users[1].id must be unique among the seeds, received 'x'",
  ],
  [{ users: [{ email: EMAIL, role: null }] }, TypeError, "role must be one of admin, member, annotator"],
  [
    { organizations: -1 },
    RangeError,
    "options.organizations must be a whole number of at least 0, or an array of seeds, received -1",
  ],
  [{ organizations: "3" }, TypeError, "received '3'"],
])("the options %j are refused", async (options, errorClass, message) => {
  const start = async () => callLoosely(startSandbox, options);
  await expect(start()).rejects.toThrow(errorClass);
  await expect(start()).rejects.toThrow(message);
});

const USERS = [
  { id: "u", email: EMAIL },
  { id: "ann", email: "ann@example.com", role: "annotator" },
  { id: "gone", email: "gone@example.com", status: "inactive" },
];

test.each<[unknown, string]>([
  [[null], "options.organizations[0] must be an object, received null"],
  [[{ name: "A", title: "B" }], "options.organizations[0].title is unknown; expected one of name, id, desc"],
  [[{}], "options.organizations[0].name must be a non-empty string, received undefined"],
  [[{ name: "A", id: "" }], "options.organizations[0].id must be a non-empty string, received ''"],
  [
    [{ name: "A", description: null }],
    "options.organizations[0].description must be a string, received null",
  ],
  [[{ name: "A", createdAt: "soon" }], "options.organizations[0].createdAt must be a date of the years 0 to"],
  [
    [{ name: "A" }, { name: "A" }],
    "options.organizations[1].name must be unique among the seeds, received 'A'",
  ],
  [
    [
      { name: "A", id: "x" },
      { name: "B", id: "x" },
    ],
    "options.organizations[1].id must be unique among the seeds, received 'x'",
  ],
  [[{ name: "A", members: "u" }], "options.organizations[0].members must be an array, received 'u'"],
  [[{ name: "A", members: ["u"] }], "options.organizations[0].members[0] must be an object, received 'u'"],
  [[{ name: "A", members: [{ userID: "u" }] }], "members[0].userID is unknown; expected one of userId, role"],
  [[{ name: "A", members: [{}] }], "members[0].userId must be the ID of a user who is not inactive"],
  [[{ name: "A", members: [{ userId: "nobody" }] }], "who is not inactive, received 'nobody'"],
  [[{ name: "A", members: [{ userId: "gone" }] }], "who is not inactive, received 'gone'"],
  [
    [{ name: "A", members: [{ userId: "u" }, { userId: "u" }] }],
    "options.organizations[0].members[1].userId must be unique in its organization, received 'u'",
  ],
  [
    [{ name: "A", members: [{ userId: "u", role: "READ_ONLY" }] }],
    "members[0].role must be one of admin, member, read-only, annotator, received 'READ_ONLY'",
  ],
  [
    [{ name: "A", members: [{ userId: "u", role: "annotator" }] }],
    "members[0].role must be annotator if that is the user's account role, and only then, received 'annot",
  ],
  [[{ name: "A", members: [{ userId: "ann", role: "member" }] }], "and only then, received 'member'"],
  [[{ name: "A", members: [{ userId: "u", membershipId: 1 }] }], "membershipId must be a non-empty string"],
  [
    [
      { name: "A", members: [{ userId: "u", membershipId: "m" }] },
      { name: "B", members: [{ userId: "u", membershipId: "m" }] },
    ],
    "options.organizations[1].members[0].membershipId must be unique among the seeds, received 'm'",
  ],
])("the organizations %j are refused", async (organizations, message) => {
  const start = async () => callLoosely(startSandbox, { users: USERS, organizations });
  await expect(start()).rejects.toThrow(TypeError);
  await expect(start()).rejects.toThrow(message);
});

test("an option that is undefined counts as left out", async () => {
  const options = {
    users: undefined,
    organizations: undefined,
    dialect: undefined,
    apiKey: undefined,
    rateLimit: undefined,
    port: undefined,
    oops: undefined,
  };
  const sandbox = await callLoosely(startSandbox, options);
  expect(sandbox).toMatchObject({ apiKey: "sandbox-key", requests: [] });
  await Reflect.get(Object(sandbox), "close")();
});

test("without options there are no users, no limit and the usual key", async () => {
  const sandbox = await open();
  expect(sandbox.apiKey).toBe("sandbox-key");
  expect(sandbox.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const lists = [sandbox.users(), sandbox.removedUsers(), sandbox.organizations()];
  expect([...lists, sandbox.mails, sandbox.requests]).toEqual([[], [], [], [], []]);
});
