import { expect, test } from "vitest";
import { readBaseUrl } from "../../src/config/base-url.ts";

test.each([
  ["https://api.arize.com", "https://api.arize.com"],
  [" https://api.arize.com\n", "https://api.arize.com"],
  ["https://api.arize.com/", "https://api.arize.com"],
  ["https://api.arize.com///", "https://api.arize.com"],
  ["https://api.arize.com/v2", "https://api.arize.com"],
  ["https://api.arize.com/v2//", "https://api.arize.com"],
  ["https://host/arize//v2/", "https://host/arize"],
  ["https://host/v2/arize", "https://host/v2/arize"],
  ["https://host/a/v2b", "https://host/a/v2b"],
  ["https://host/a//b", "https://host/a//b"],
  ["https://v2", "https://v2"],
  ["https://host:8443/x", "https://host:8443/x"],
  ["HTTPS://HOST/X", "https://host/X"],
])("%s is %s", (given, address) => {
  expect(readBaseUrl("baseUrl", given, false)).toBe(address);
});

test.each([
  "",
  "api.arize.com",
  "/v2",
  "ftp://host",
  "https+x://host",
  "xhttps://host",
  "httpsx://host",
  "https://host?a=b",
  "https://host#part",
  "https://user:pass@host",
  "https://user@host",
  "https://:pass@host",
  42,
  null,
  { href: "https://host" },
  new URL("https://host"),
])("%s is no address", (given) => {
  const wrong = readBaseUrl("baseUrl", given, true);
  expect(wrong).toMatchObject({
    path: "baseUrl",
    message: expect.stringMatching(
      /^must be an absolute http or https URL without credentials.*, received \S/,
    ),
  });
});

test("credentials are not repeated", () => {
  const wrong = readBaseUrl("baseUrl", "https://user:secret@host", false);
  expect(wrong).toHaveProperty("message", expect.stringMatching(/, received "https:\/\/\*\*\*@host"$/));
});

test.each([
  ["https://[::1]:hunter2", "https://[::1]:***"],
  ["https://[::1]:hunter2@host", "https://***@host"],
  ["https://[::1]:8080hunter2/v2", "https://[::1]:***/v2"],
  ["https://[::1:hunter2", "https://[:***"],
  ["https://[user:hunter2", "https://[user:***"],
  ["https://[::1]hunter2", "https://[::1]***"],
  ["[::1]:hunter2", "[::1]:***"],
  ["https://[::1]:443/v2?hunter2", "https://[::1]:443/v2?***"],
  ["https://[::1]/v2?hunter2", "https://[::1]/v2?***"],
  ["https://host:hunter2", "https://host:***"],
])("of %s, %s is shown", (given, shown) => {
  const wrong = readBaseUrl("baseUrl", given, true);
  expect(wrong).toHaveProperty("message", expect.stringMatching(/, received "[^"]*"$/));
  expect(String(Object(wrong).message).split(", received ")[1]).toBe(JSON.stringify(shown));
});

test.each([
  "localhost",
  "localhost:8080",
  "LOCALHOST",
  "dev.api.localhost",
  "127.0.0.1",
  "127.255.10.99:3000",
  "[::1]",
])("http is this machine's business on %s", (host) => {
  expect(readBaseUrl("baseUrl", `http://${host}`, false)).toBe(`http://${host.toLowerCase()}`);
});

test.each([
  "example.com",
  "localhost.example.com",
  "notlocalhost",
  ".localhost",
  "127.0.0.1.example.com",
  "x127.0.0.1.io",
  "128.0.0.1",
  "10.0.0.1",
  "[::2]",
])("http to %s needs allowHttp", (host) => {
  expect(readBaseUrl("baseUrl", `http://${host}`, false)).toMatchObject({
    message: expect.stringMatching(/^must be https, since http sends the key unencrypted/),
  });
  expect(readBaseUrl("baseUrl", `http://${host}`, true)).toBe(`http://${host}`);
});
