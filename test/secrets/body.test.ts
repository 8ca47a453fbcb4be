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
  ["a dump of an array of PHP", `Array ( [temporary_password] => ${password} )`],
  ["a dump of values of PHP", `array(1) { ["temporary_password"]=> string(12) "${password}" }`],
  ["a CDATA section", `<temporaryPassword><![CDATA[${password}]]></temporaryPassword>`],
  ["an element within an element", `<temporaryPassword><value>${password}</value></temporaryPassword>`],
  ["a cell of a table", `<td>temporary_password</td><td>${password}</td>`],
  ["a row below a head", `<tr><th>temporary_password</th></tr> <tr><td class="x">${password}</td></tr>`],
  ["a list of terms", `<dt>Temporary password</dt>\n<dd><code>${password}</code></dd>`],
  ["a table of Markdown", `| temporary_password | ${password} |`],
  ["a table of Markdown with a head", `| email | password |\n| --- | --- |\n| a@x.io | ${password} |`],
  ["CSV", `email,temporary_password,role\na@x.io,${password},member`],
  ["CSV with the password at the end", `email;temporary_password\r\na@x.io;${password}`],
  ["CSV in quotes", `"email","temporary_password"\n"a@x.io","${password}"`],
  ["one column", `temporary_password\n${password}\n`],
  ["text with an arrow", `Temporary password → ${password}`],
  ["text with an arrow of ASCII", `password -> ${password}`],
  ["text with a reference of HTML", `Temporary password &rarr; ${password}`],
  ["text with a dash", `One-time password – ${password}`],
  ["text with quotes", `The one-time password "${password}" was not sent`],
  ["text with other quotes", `password \u201c${password}\u201d`],
  ["text with nothing between", `temporary password ${password}`],
  ["text with brackets", `temp password (${password})`],
  ["another sentence", `Her password is ${password}`],
  ["a sentence with a colon", `The new password is: ${password}`],
  ["a sentence about a change", `The password was reset to ${password}.`],
  ["text after a hidden one", `password=[hidden] temporary_password=${password}`],
  ["a code", `Your OTP: ${password}`],
  ["a JSON pointer", JSON.stringify({ errors: [{ pointer: "/temporary_password", value: password }] })],
  [
    "a URI fragment",
    JSON.stringify({ errors: [{ pointer: "#/users/0/temporary_password", was: password }] }),
  ],
  [
    "a value before its name, in a long array",
    JSON.stringify([{ value: password, field: "temporary_password" }, "x".repeat(5_000)]),
  ],
  ["a value before its name, in broken JSON", `[{"value": "${password}", "field": "temporary_password"}`],
  ["a value before its pointer, in text", `upstream: {"value":"${password}","at":"/users/0/password"}`],
  ["a source", JSON.stringify({ errors: [{ source: { pointer: "/temporary_password" }, was: password }] })],
  ["SQL", `INSERT INTO u (temporary_password, x) VALUES ('${password}', 1)`],
  ["a path of JSON", JSON.stringify({ errors: [{ path: "$.users[0].temporary_password", now: password }] })],
  ["a path with a type", JSON.stringify([{ loc: ["body", "temporary_password", "str"], input: password }])],
  ["a key and what it is", JSON.stringify({ key: "temporary_password", current: password })],
  ["k and v", JSON.stringify({ k: "temporary_password", v: password })],
  ["a value beside a code", JSON.stringify({ code: "bad_password", message: "Too short", val: password })],
  ["a label", JSON.stringify({ label: "Temporary password", shown: { as: [password] } })],
  ["columns and rows", JSON.stringify({ columns: ["temporary_password", "email"], rows: [[password]] })],
  ["otp", JSON.stringify({ otp: password, userOtp: password })],
  ["pass", JSON.stringify({ pass: password, user_pass: password })],
  ["an initial password", JSON.stringify({ initial_pw: password, newPw: password })],
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
  ["an unexpected token", `Unexpected token '<', "<html>" is not valid JSON`],
  ["a mode", "invite_mode must be one of none, email_link, temporary_password, sso"],
  ["a mode that is not supported", "temporary_password is not supported."],
  ["a mode in quotes", `inviteMode "temporary_password" is not supported here.`],
  ["a mode at the end", "Not a mode: temporary_password"],
  ["a mode in brackets", "This mode (temporary_password) needs SMTP."],
  ["a password that is no value", "The temporary password was not sent, and the password is required."],
  ["a one-time password", "One-time passwords are disabled, ask for a temporary password."],
  ["words with other words in them", "The bypass of compass: passing = 3"],
  ["a form for a password", "<h1>Reset password</h1><p>Enter your email</p>"],
])("%s without a secret is shown as it is", async (_, detail) => {
  expect(await errorFor(JSON.stringify({ title: "No", detail }))).toMatchObject({ detail });
});

test("an error about a password keeps what says so", async () => {
  const about = { type: "too_short", loc: ["body", "password"], msg: "Too short", code: 5, error_id: "e1" };
  expect(await errorFor(JSON.stringify({ title: "No", errors: [{ ...about, min: "8" }] }))).toMatchObject({
    extensions: { errors: [{ ...about, min: "[hidden]" }] },
  });
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
  ["in hexadecimal", coded(punctuation, (code) => code.toString(16))],
  ["in hexadecimal, in groups", coded(punctuation, (code) => `${code.toString(16).toUpperCase()} `)],
  ["in octal escapes", coded(punctuation, (code) => `\\${code.toString(8).padStart(3, "0")}`)],
  ["in base64 of lines", base64(punctuation).replace(/.{10}/g, "$&\r\n")],
  ["in base64 of lines, in JSON", JSON.stringify({ title: base64(punctuation).replace(/.{10}/g, "$&\n") })],
  ["in base64 of lines, in broken JSON", base64(punctuation).replace(/.{10}/g, "$&\\n")],
  ["over two lines", `${punctuation.slice(0, 9)}\n  ${punctuation.slice(9)}`],
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
  ["names", "temporary_password".repeat(10_000)],
  ["dots", "a.".repeat(50_000)],
  ["escapes", "%2525".repeat(20_000)],
  ["backslashes", "\\".repeat(100_000)],
  ["brackets", "[".repeat(60_000)],
  ["names and tags", `password</td>${"<td> ".repeat(20_000)}`],
  ["tags with a name", "<password ".repeat(10_000)],
  ["names in sentences", "temporary password was ".repeat(5_000)],
  ["names and spaces", `temporary_password${" ".repeat(20)}`.repeat(3_000)],
  ["addresses", "http://".repeat(15_000)],
  ["objects", `{${"a:'b',".repeat(80)}`.repeat(100)],
  ["an address", `http://${"a:".repeat(50_000)}`],
])("a hostile body of %s takes no time", async (_, body) => {
  const started = performance.now();
  await errorFor(body);
  await errorFor(JSON.stringify({ title: "No", detail: body.slice(0, 60_000) }));
  expect(performance.now() - started).toBeLessThan(5_000);
});

test.each([
  ["beside it", { ...secret, detail: `user created, mail with ${password} could not be sent` }],
  ["in the title", { temporary_password: password, title: `Mail with ${password} failed` }],
  ["above it", { title: "No", detail: `mail with ${password} failed`, user: { deep: [secret] } }],
  ["as the name of a member", { ...secret, [password]: 1 }],
  ["given in a list", { title: `Mail with ${password} failed`, temporary_passwords: [password] }],
  ["given in an object", { title: `Mail with ${password} failed`, temporary_password: { value: password } }],
  [
    "beside its name",
    { title: `Mail with ${password} failed`, errors: [{ field: "temporary_password", value: password }] },
  ],
  ["after its name", { title: `Mail with ${password} failed`, list: ["temporary_password", password] }],
  [
    "with whitespace around it",
    { title: `Mail with ${password} failed`, temporary_password: ` ${password} ` },
  ],
  ["in base64", { ...secret, detail: `sent ${btoa(`password ${password}`)}` }],
  ["of two, one longer", { title: `${password}-more`, passwords: [password, `${password}-more`] }],
])("a password is not shown where a body repeats it: %s", async (_, body) => {
  const error = await errorFor(JSON.stringify(body), { "content-type": "application/problem+json" });
  expect(shownOf(error)).not.toContain(password);
  expect(shownOf(error)).not.toContain(btoa(`password ${password}`).slice(12, -4));
  expect(shownOf(error)).not.toContain("-more");
});

test("a number that is a password is not shown where a body repeats it", async () => {
  const error = await errorFor(JSON.stringify({ title: "Mail with 83610275 failed", otp: 83610275 }));
  expect(shownOf(error)).not.toContain("83610275");
});

test("a sentence about a credential is shown", async () => {
  const body = { title: "No", detail: "must not be empty", errors: { password: "must not be empty" } };
  expect((await errorFor(JSON.stringify(body))).detail).toBe("must not be empty");
});

test.each<[string, object]>([
  [
    "a request that it repeats",
    { errors: [{ loc: ["body", "password"], input: { role: "member", email: "a@b.co" } }] },
  ],
  ["a word about a credential", { errors: { password: ["member", "email_link"] } }],
  ["a rule about a credential", { errors: { password: { type: "member", loc: "email_link" } } }],
  ["a number that is none", { token_limit: 100000 }],
])("the text of a body is shown in spite of %s", async (_, members) => {
  const detail = "a@b.co is not allowed to be a member by email_link: quota 100000";
  expect((await errorFor(JSON.stringify({ title: "No", detail, ...members }))).detail).toBe(detail);
});

test("a word is shown although a credential has it, too", async () => {
  const body = { title: "No", detail: "a new key is not possible", password: "no", old_password: "" };
  expect((await errorFor(JSON.stringify(body))).detail).toBe("a new key is not possible");
});
