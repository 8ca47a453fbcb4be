import { APIError } from "ax-users";
import { expect, test } from "vitest";
import { shownOf } from "../helpers/reveal.ts";
import { rejection, startServer } from "../helpers/server.ts";

const secret = "s3cr3t+of/the==proxy";

/** A server that repeats the value of a header, as it is and in base64. */
const echo = (name: string) =>
  startServer((request, response) => {
    const value = String(request.headers[name]);
    response.writeHead(400, { "x-echo": value }).end(`${value}, ${value.split(" ").at(-1)}, ${btoa(value)}`);
  });

test.each([
  ["x-api-key", secret],
  ["x-goog-iap-key", secret],
  ["proxy-authorization", `Basic ${secret}`],
  ["cookie", secret],
  ["x-gateway-token", secret],
])("the caller's own header %s is shown by no error", async (name, value) => {
  const server = await echo(name);
  const headers = { [name]: value };
  const client = server.client();
  const user = { userId: "u1" };
  const errors = [
    await rejection(server.client({ headers }).users.get(user)),
    await rejection(client.withOptions({ headers }).users.get(user)),
    await rejection(server.client({ headers }).withOptions({ timeoutMs: 9_000 }).users.get(user)),
    await rejection(client.users.get(user, { headers })),
    await rejection(client.users.list({}, { headers })),
  ];
  for (const error of errors) {
    expect(error).toBeInstanceOf(APIError);
    const shown = shownOf(error);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(btoa(value).slice(4, -4));
  }
  const [result] = await client.users.bulkDelete({ userIds: ["u1"] }, { headers });
  expect(result).toMatchObject({ status: "failed" });
  expect(shownOf(result)).not.toContain(secret);
});

test("other headers are shown", async () => {
  const server = await echo("x-tenant");
  const error = await rejection(
    server.client({ headers: { "x-tenant": "tenant-7" } }).users.get({ userId: "u1" }),
  );
  expect(shownOf(error)).toContain("tenant-7");
});
