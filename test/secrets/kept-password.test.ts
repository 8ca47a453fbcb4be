/** The one-time password of a user who was created, from responses that are not what the API specifies. */
import {
  type ArizeClient,
  type ArizeClientOptions,
  type CreateUserParams,
  UnexpectedResponseError,
} from "ax-users";
import { expect, test } from "vitest";
import { WIRE_CASE } from "../helpers/dialect.ts";
import { crashReportOf, everythingIn, shownOf } from "../helpers/reveal.ts";
import { json, rejection, startServer, wireUser } from "../helpers/server.ts";

const apiKey = "ak-k3y+/5ecret";
const password = "hunter2-once";

const ada: CreateUserParams = {
  name: "Ada",
  email: "ada@example.com",
  role: { type: "predefined", name: "member" },
  inviteMode: "temporary_password",
};

/** What `create` rejects with where the response has this body. */
async function createdBy(
  body: string,
  status = 201,
  options: ArizeClientOptions = {},
): Promise<{ error: unknown; client: ArizeClient }> {
  const server = await startServer((_, response) => response.writeHead(status).end(body));
  const client = server.client({ apiKey, enumCase: WIRE_CASE, maxRetries: 0, ...options });
  return { error: await rejection(client.users.create(ada)), client };
}

const created = { ...wireUser(), invite_mode: "temporary_password", temporary_password: password };

test.each([
  ["no invite_mode", JSON.stringify({ ...created, invite_mode: undefined })],
  ["a bad date", JSON.stringify({ ...created, created_at: "soon" })],
  ["a name that is null", JSON.stringify({ ...created, name: null, role: 5 })],
  ["the address in another case", JSON.stringify({ ...created, email: "ADA@example.com", created_at: 5 })],
  ["no address", JSON.stringify({ ...created, email: undefined })],
  ["an address that is no text", JSON.stringify({ ...created, email: 5 })],
  [
    "a camelCase name",
    JSON.stringify({ ...created, temporary_password: undefined, temporaryPassword: password, id: 5 }),
  ],
  ["an end that is cut", JSON.stringify(created).slice(0, -1)],
  ["an array around it", JSON.stringify([created])],
  ["an object around it", JSON.stringify({ data: { user: created } })],
  ["another user before", JSON.stringify([{ email: "eve@example.com", temporary_password: "x" }, created])],
  [
    "null and another user before",
    JSON.stringify([null, { email: "eve@example.com", temporary_password: "x" }, created]),
  ],
  ["a user within a string", JSON.stringify({ statusCode: 201, body: JSON.stringify(created) })],
  ["a string of JSON", JSON.stringify(JSON.stringify(created))],
  ["a string of JSON of JSON", JSON.stringify(JSON.stringify({ body: JSON.stringify(created) }))],
  ["a user within a string that is cut", JSON.stringify({ body: JSON.stringify(created).slice(0, -1) })],
  ["an array of the password", JSON.stringify({ ...created, temporary_password: [password] })],
  ["the password in an object", JSON.stringify({ ...created, temporary_password: { value: password } })],
  ["the name in capitals", JSON.stringify({ email: ada.email, TEMPORARY_PASSWORD: password })],
  ["a hyphen in the name", JSON.stringify({ email: ada.email, "temporary-password": password })],
  ["an escaped name", JSON.stringify({ ...created, id: 5 }).replace('"temporary_', '"temporary\\u005f')],
  ["a form", `email=ada%40example.com&temporary_password=${password}&id=u1`],
  ["a form that ends with the password", `id=u1&temporary%5Fpassword=${password}\r\n`],
  [
    "XML",
    `<user>\n<email>\nada@example.com</email><temporary_password>\n${password}\n</temporary_password></user>`,
  ],
  ["XML of attributes", `<user email="ada@example.com" temporaryPassword='${password}'/>`],
  [
    "XML of a namespace",
    `<a:User><a:TemporaryPassword i:type="s">${password}</a:TemporaryPassword></a:User>`,
  ],
  ["CDATA", `<user><temporary_password><![CDATA[${password}]]></temporary_password></user>`],
  ["a long text around it", JSON.stringify({ before: "x".repeat(1e6), created, after: "x".repeat(1e6) })],
])("a 201 with %s keeps the password on the error, out of sight", async (_, body) => {
  const { error, client } = await createdBy(body);
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toMatchObject({ outcome: "unknown", message: expect.stringContaining("temporaryPassword") });
  expect(error).toHaveProperty("temporaryPassword", password);
  expect(Object.keys(Object(error))).not.toContain("temporaryPassword");
  expect(everythingIn(error, ["temporaryPassword"]) + crashReportOf(error)).not.toContain(password);
  const [result] = await client.users.createMany({ users: [ada] });
  expect(result).toHaveProperty("cause.temporaryPassword", password);
});

test.each([
  ["for another user", JSON.stringify({ ...created, email: "eve@example.com", created_at: 5 })],
  ["for another user, cut short", JSON.stringify({ ...created, email: "eve@example.com" }).slice(0, -1)],
  ["for another user in an array", JSON.stringify([{ ...created, email: "eve@example.com" }])],
  ["with a form for another user", `email=eve%40example.com&temporary_password=${password}`],
  [
    "with XML for another user",
    `<u email="eve@example.com"><temporaryPassword>${password}</temporaryPassword></u>`,
  ],
  [
    "with a string for another user",
    JSON.stringify(JSON.stringify({ ...created, email: "eve@example.com" })),
  ],
  ["with a password that is cut", `{"id":"u1","temporary_password":"${password.slice(0, -1)}`],
  ["with a password that cannot be read", `{"id":"u1","temporary_password":"${password}\\q"`],
  [
    "with a user who is deep within other data",
    `${'{"a":'.repeat(9)}${JSON.stringify(created)}${"}".repeat(9)}`,
  ],
])("a 201 %s keeps no password", async (_, body) => {
  const { error } = await createdBy(body);
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).not.toHaveProperty("temporaryPassword");
  expect(shownOf(error)).not.toContain(password);
});

test.each([
  ["a number", ":12345678}", "12345678"],
  ["a long number", ":12345678901234567890 }", "12345678901234567890"],
  ["a number with leading zeros", ":00123}", "00123"],
  ["a number in JSON that is cut", ":12345678,", "12345678"],
  ["several strings", ':["one","two"]}', '["one","two"]'],
  ["an object of several members", ':{"value":"one","days":3}}', '{"value":"one","days":3}'],
  ["escaped characters", ':"a\\"b\\u0026%41+"}', 'a"b&%41+'],
])("a password that is %s is kept as its text", async (_, end, text) => {
  const { error } = await createdBy(`{"email":"ada@example.com","temporary_password"${end}`);
  expect(error).toHaveProperty("temporaryPassword", text);
});

test.each([
  ["a form", "temporary_password=a%2Bb%26+%3C", "a+b& <"],
  ["XML", "<temporary_password>a&lt;&#38;b%41+</temporary_password>", "a<&b%41+"],
  ["CDATA", "<temporary_password><![CDATA[a<b>&amp;]]></temporary_password>", "a<b>&amp;"],
])("escapes of a password in %s are removed", async (_, body, text) => {
  expect((await createdBy(body)).error).toHaveProperty("temporaryPassword", text);
});

const notEnumerable = (user: object) => JSON.stringify(user) + JSON.stringify({ ...user });

test.each([202, 203, 206])(
  "a %i keeps the password on the error, and does not call it lost",
  async (status) => {
    const { error } = await createdBy(JSON.stringify(created), status);
    expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown" });
    expect(error).toHaveProperty("temporaryPassword", password);
    expect(error).not.toHaveProperty("message", expect.stringContaining("is lost"));
    expect(everythingIn(error, ["temporaryPassword"]) + crashReportOf(error)).not.toContain(password);
  },
);

test("a 203 without a password says that it is lost", async () => {
  const { error } = await createdBy("<html>", 203);
  expect(error).toHaveProperty("message", expect.stringContaining("is lost"));
  expect(error).not.toHaveProperty("temporaryPassword");
});

test.each([
  ["a user before", JSON.stringify({ ...created, more: "x".repeat(2_000) }), true],
  ["a form before", `temporary_password=${password}&more=${"x".repeat(2_000)}`, true],
  ["a form that is cut in the password", `temporary_password=${"x".repeat(2_000)}`, false],
  [
    "a form that is cut in the password, with an escaped name",
    `temporary%5Fpassword=${"a=".repeat(1_000)}`,
    false,
  ],
])(
  "of a body over maxResponseBytes, the password is kept from what was read: %s",
  async (_, body, isKept) => {
    for (const headers of [{ "content-length": String(body.length) }, {}]) {
      const server = await startServer((_, response) => response.writeHead(201, headers).end(body));
      const error = await rejection(server.client({ maxResponseBytes: 1_024 }).users.create(ada));
      expect(error).toHaveProperty("message", expect.stringContaining("maxResponseBytes"));
      if (isKept) expect(error).toHaveProperty("temporaryPassword", password);
      else expect(error).not.toHaveProperty("temporaryPassword");
    }
  },
);

test.each([
  [201, "in camelCase", { temporary_password: undefined, temporaryPassword: password }],
  [201, "within another object", { temporary_password: null, user: { temporary_password: password } }],
  [200, "as specified for a 201", {}],
  [200, "in camelCase", { temporary_password: undefined, temporaryPassword: password }],
])("a %i with the password %s created the user, who has it", async (status, _, fields) => {
  const server = await startServer((_, response) => json(response, status, { ...created, ...fields }));
  const client = server.client({ enumCase: WIRE_CASE });
  for (const onExisting of ["return", "throw"] as const) {
    const user = await client.users.create({ ...ada, onExisting });
    expect(user).toMatchObject({ outcome: "created", temporaryPassword: password });
    expect(notEnumerable(user)).not.toContain(password);
  }
  expect(await client.users.createMany({ users: [ada] })).toMatchObject([
    { status: "created", user: { temporaryPassword: password } },
  ]);
});

test.each([
  ["no invite_mode", { invite_mode: undefined }],
  ["a password that is a number", { temporary_password: 12345678 }],
])("a 200 with a password, but %s, keeps it on the error", async (_, fields) => {
  const { error } = await createdBy(JSON.stringify({ ...created, ...fields }), 200);
  const kept = "temporary_password" in fields ? "12345678" : password;
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(error).toHaveProperty("temporaryPassword", kept);
});

test.each([
  [200, "existing"],
  [201, "created"],
])("a %i without a password: the user is %s, and has none", async (status, outcome) => {
  const named = { ...created, temporary_password: null, name: '{"temporary_password":"no"}' };
  const server = await startServer((_, response) => json(response, status, named));
  const user = await server.client({ enumCase: WIRE_CASE }).users.create({ ...ada, name: named.name });
  expect(user.outcome).toBe(outcome);
  expect(user).not.toHaveProperty("temporaryPassword");
});

test.each([
  ["empty objects", `[${"{},".repeat(2_000_000)}{}]`],
  ["strings", `[${'"temporary_password",'.repeat(200_000)}0]`],
  ["passwords of others", `[${'{"email":"eve@x.io","temporary_password":"x"},'.repeat(100_000)}0]`],
  ["elements that do not end", "<temporary_password><![CDATA[".repeat(200_000)],
  ["a long form", "temporary_password=&".repeat(200_000)],
  ["a deep password", `{"temporary_password":[[${"[".repeat(50_000)}${"]".repeat(50_000)},0],0]}`],
  ["names", '"temporary_password":"'.repeat(200_000)],
  ["brackets", `${"[".repeat(60_000)}"temporary_password"`],
])("the search for a password in a 201 of %s takes no time", async (_, body) => {
  const timeOf = async (run: () => Promise<unknown>) => {
    const started = performance.now();
    expect(await run()).not.toHaveProperty("temporaryPassword");
    return performance.now() - started;
  };
  const server = await startServer((_, response) => response.end(body));
  const readMs = await timeOf(() => rejection(server.client().users.get({ userId: "u1" })));
  const searchMs = await timeOf(async () => (await createdBy(body)).error);
  expect(searchMs).toBeLessThan(2 * readMs + 2_000);
});

test("a 201 as specified has the password on the user, as ever", async () => {
  const server = await startServer((_, response) => json(response, 201, created));
  const user = await server.client({ enumCase: WIRE_CASE }).users.create(ada);
  expect(user).toMatchObject({ outcome: "created", temporaryPassword: password });
});
