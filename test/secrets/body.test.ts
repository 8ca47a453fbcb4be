import { APIError } from "ax-users";
import { expect, test } from "vitest";
import { shownOf } from "../helpers/reveal.ts";
import { rejection, startServer } from "../helpers/server.ts";

const apiKey = "ak-k3y+/5ecret";
const password = "hunter2-once";
const secret = { title: "No", temporary_password: password };
const whole = JSON.stringify(secret);

/** The error for a body of a failed request. */
async function errorFor(body: string, headers: Record<string, string> = {}): Promise<APIError> {
  const server = await startServer((_, response) => response.writeHead(400, headers).end(body));
  const error = await rejection(server.client({ apiKey }).users.get({ userId: "u1" }));
  if (!(error instanceof APIError)) throw error;
  return error;
}

test.each([
  ["an object", whole],
  ["an object within another", JSON.stringify({ title: "No", user: { deep: [secret] } })],
  ["an array", `[${whole}]`],
  ["an array of names and values", JSON.stringify(["temporary_password", password])],
  [
    "names beside values",
    JSON.stringify({ title: "No", errors: [{ loc: ["body", "temporary_password"], input: password }] }),
  ],
  ["JSON that is cut short", whole.slice(0, -1)],
  ["JSON that is cut in the password", whole.slice(0, -4)],
  ["JSON that is doubled", whole + whole],
  ["JSON after text", `upstream said ${whole}`],
  ["JSON within a string of JSON", JSON.stringify({ title: "No", detail: `upstream said ${whole}` })],
  ["JSON within JSON within JSON", JSON.stringify({ detail: JSON.stringify({ body: whole }) })],
  ["a string of JSON", JSON.stringify(whole)],
  ["broken JSON with JSON in it", `{"body":${JSON.stringify(whole)}`],
  ["a form", `title=No&temporary_password=${password}&x=1`],
  ["a form with an escaped name", `temporary%5Fpassword=${password}`],
  ["a form within JSON", JSON.stringify({ title: "No", detail: `temporary_password=${password}&x=1` })],
  ["an escaped name", whole.replace("temporary_", "temporary\\u005f")],
  ["an escaped name in broken JSON", whole.replace("temporary_", "temporary\\u005f").slice(0, -1)],
  ["an escaped word in broken JSON", whole.replace("password", "pass\\u0077ord").slice(0, -1)],
  ["camelCase", `[{"temporaryPassword":"${password}"}`],
  ["capitals", `{"TEMPORARY_PASSWORD":"${password}"`],
  ["a hyphen", `{"Temporary-Password":"${password}"`],
  ["a URL", encodeURIComponent(whole)],
  ["an HTML page", `<pre>${whole.replaceAll('"', "&quot;")}</pre>`],
  ["XML", `<user><temporaryPassword>${password}</temporaryPassword></user>`],
  ["plain text", `temporary_password: ${password}`],
  ["a sentence", JSON.stringify({ title: "No", detail: `The temporary password is ${password}` })],
  ["the title", JSON.stringify({ title: `temporaryPassword='${password}'` })],
  [
    "a multipart form",
    `--x\r\ncontent-disposition: form-data; name="temporary_password"\r\n\r\n${password}\r\n--x--`,
  ],
  ["a field of an HTML form", `<input name="temporary_password" value="${password}">`],
  ["an element that is named so", `<field name='temporary_password'>${password}</field>`],
  ["a table", `temporary_password\t${password}`],
  ["a key and its val", JSON.stringify({ title: "No", item: { key: "temporary_password", val: password } })],
  ["a rejected value", JSON.stringify({ field: "temporaryPassword", rejectedValue: password })],
  ["a longer name", `passwordOnce.v2-a$=${password}`],
  ["another word for it", JSON.stringify({ title: "No", pwd: password, user: { pass_phrase: password } })],
])("a one-time password in %s is shown by no error", async (_, body) => {
  expect(shownOf(await errorFor(body))).not.toContain("hunter2");
});

test.each([
  ["a sentence about passwords", "The password was not sent: mail failed."],
  ["a page", '<html><title>Sign in</title><input type="password" name="p"></html>'],
  ["escapes", "50%20 of \\u0041 &amp; more"],
  ["references to no character", "&#x110000; &#9999999; &#xffffff;"],
  ["a password that is hidden already", "password=[hidden] is wrong"],
  ["a token that is no value", "Invalid API token: expired"],
])("%s without a secret is shown as it is", async (_, detail) => {
  expect(await errorFor(JSON.stringify({ title: "No", detail }))).toMatchObject({ detail });
});

const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each<[string, string, Record<string, string>?]>([
  ["the name of a member", JSON.stringify({ title: "No", [`key ${apiKey}`]: 1 })],
  ["an escaped name of a member", `{"title":"No","\\u0061k-k3y+\\/5ecret":1}`],
  ["an escaped name in broken JSON", `{"title":"No","\\u0061k-k3y+\\/5ecret":1`],
  ["an escaped value", `{"title":"\\u0061k-k3y+\\/5ecret"}`],
  ["a URL", `https://ax.example/?key=${encodeURIComponent(apiKey)}`],
  ["a URL, all escaped", [...apiKey].map((c) => `%${c.charCodeAt(0).toString(16)}`).join("")],
  ["base64", base64(apiKey)],
  ["base64 of a header", JSON.stringify({ title: base64(`Bearer ${apiKey}`) })],
  ["base64 of a credential", base64(`user:${apiKey}`)],
  ["base64 of a longer one", base64(`x user:${apiKey} and more`)],
  ["capitals", apiKey.toUpperCase()],
  ["a header", "", { "x-echo": `Bearer ${apiKey}` }],
  ["an escaped header", "", { "x-echo": encodeURIComponent(encodeURIComponent(apiKey)) }],
  ["the request ID", "", { "x-request-id": apiKey }],
])("the key in %s is shown by no error", async (_, body, headers) => {
  const shown = shownOf(await errorFor(body, headers)).toLowerCase();
  for (const spelled of [apiKey, encodeURIComponent(apiKey), '5ecret"', base64(apiKey).slice(2, -3)]) {
    expect(shown).not.toContain(spelled.toLowerCase());
  }
  expect(shown).not.toContain(base64(`user:${apiKey}`).slice(7, -3).toLowerCase());
  expect(shown).not.toContain("%35%65%63");
});

const punctuation = `ak"1&2<3>4'5\\6/7?>>>~~~`;
const coded = (text: string, code: (codePoint: number) => string) =>
  [...text].map((character) => code(character.charCodeAt(0))).join("");
const named: Record<string, string> = { '"': "quot", "'": "apos", "&": "amp", "<": "lt", ">": "gt" };

test.each([
  ["as it is", punctuation],
  ["in JSON", JSON.stringify({ title: punctuation })],
  ["in JSON that is cut short", JSON.stringify({ title: `key ${punctuation}`, x: 1 }).slice(0, -1)],
  ["in JavaScript", `'${punctuation.replace(/["'\\]/g, "\\$&")}'`],
  ["in JavaScript, all escaped", coded(punctuation, (code) => `\\x${code.toString(16)}`)],
  ["in an HTML page", punctuation.replace(/["'&<>]/g, (character) => `&${named[character]};`)],
  ["in an HTML page, by number", punctuation.replace(/["'&<>]/g, (one) => `&#${one.charCodeAt(0)};`)],
  ["in an HTML page, all escaped", coded(punctuation, (code) => `&#${code};`)],
  ["in an HTML page, in hexadecimal", coded(punctuation, (code) => `&#x${code.toString(16)};`)],
  ["in an HTML page, with leading zeros", coded(punctuation, (code) => `&#X0000${code.toString(16)};`)],
  ["in base64", base64(punctuation)],
  ["in base64 for URLs", base64(punctuation).replaceAll("+", "-").replaceAll("/", "_")],
  ["escaped six times", Array.from({ length: 6 }).reduce(encodeURIComponent, punctuation)],
])("a key of punctuation, %s, is shown by no error", async (_, body) => {
  const server = await startServer((_, response) => response.writeHead(400).end(body));
  const error = await rejection(server.client({ apiKey: punctuation }).users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(APIError);
  const shown = shownOf(error);
  expect(shown).toContain("[API key]");
  for (const spelled of [punctuation, body, body.slice(4, -8)]) expect(shown).not.toContain(spelled);
});

test("a key of six characters is hidden, a shorter one would be part of ordinary words", async () => {
  const shownWith = async (key: string) => {
    const server = await startServer((_, response) => response.writeHead(400).end(`no ${key} here`));
    return shownOf(await rejection(server.client({ apiKey: key }).users.get({ userId: "u1" })));
  };
  expect(await shownWith("s3cret")).not.toContain("s3cret");
  expect(await shownWith("s3cre")).toContain("s3cre");
});

test("the last 256 keys of a token provider are hidden", async () => {
  const keys = Array.from({ length: 256 }, (_, index) => `rotated-key-${1000 + index}`);
  const server = await startServer((_, response) => response.writeHead(400).end(keys.join(" ")));
  let calls = 0;
  const client = server.client({ apiKey: () => String(keys[calls++]), maxRetries: 0 });
  for (const _ of keys.slice(1)) await rejection(client.users.get({ userId: "u1" }));
  const shown = shownOf(await rejection(client.users.get({ userId: "u1" })));
  expect(calls).toBe(256);
  expect(shown).not.toContain("rotated-key");
});

test("a header whose name holds the key is left out", async () => {
  const server = await startServer((_, response) =>
    response.writeHead(400, { "x-ak-header-key": "1" }).end(),
  );
  const error = await rejection(server.client({ apiKey: "ak-header-key" }).users.get({ userId: "u1" }));
  expect(error).toBeInstanceOf(APIError);
  expect(shownOf(error)).not.toContain("ak-header-key");
});

test("of a problem document with very many members the first hundred are kept", async () => {
  const members = Array.from({ length: 200_000 }, (_, index) => `"m${index}":1`).join();
  const error = await errorFor(`{"title":"No",${members}}`);
  expect(error.title).toBe("No");
  expect(Object.keys(error.extensions)).toHaveLength(99);
});

test.each([
  ["quotes and names", `"password`.repeat(20_000)],
  ["dots", "a.".repeat(50_000)],
  ["escapes", "%2525".repeat(20_000)],
  ["backslashes", "\\".repeat(100_000)],
  ["brackets", "[".repeat(60_000)],
])("a hostile body of %s takes no time", async (_, body) => {
  const started = performance.now();
  await errorFor(body);
  await errorFor(JSON.stringify({ title: "No", detail: body.slice(0, 60_000) }));
  expect(performance.now() - started).toBeLessThan(5_000);
});
