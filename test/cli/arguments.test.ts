import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { GLOBAL_OPTIONS } from "../../src/cli/args/global-options.ts";
import { parse } from "../../src/cli/args/parse.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { cli, openCli } from "./run-cli.ts";

/** The words of a command line, as a shell splits them, up to a pipe or a redirection. */
const wordsOf = (line: string): string[] =>
  [...(line.split(/\s[>|]\s|\)$/)[0] ?? "").matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );

test("help names all commands, options and exit codes", async () => {
  for (const argv of [[], ["--help"], ["-h"], ["help"]]) {
    const { code, stdout, stderr } = await cli(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name } of COMMANDS) expect(stdout).toContain(`  ${name} `);
    expect(stdout).toMatch(/ 10 {3}plan --detailed-exitcode: there are changes\n {2}130 {2}interrupted/);
  }
});

test.each(COMMANDS)("the help of $name has its options and two examples that parse", async (command) => {
  const { code, stdout } = await cli([...command.name.split(" "), "--help"]);
  expect(code).toBe(0);
  expect(await cli(["help", ...command.name.split(" ")])).toMatchObject({ code: 0, stdout });
  for (const name of Object.keys(command.options)) expect(stdout).toContain(`--${name}`);
  expect(new Set(command.examples).size).toBe(2);
  for (const example of command.examples) {
    expect(stdout).toContain(`  ${example}\n`);
    const words = wordsOf(example.replace("source <(", ""));
    const name = command.name.split(" ");
    expect(words.slice(0, 1 + name.length)).toEqual(["ax-users", ...name]);
    const rest = words.slice(1 + name.length);
    expect(() => parse(rest, { ...command.options, ...GLOBAL_OPTIONS }, command.arguments)).not.toThrow();
  }
});

test("the version is that of the package", async () => {
  expect(await cli(["--version"])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
});

test.each([
  [["lst"], /Unknown command "lst"; did you mean list\? ax-users --help/],
  [["--json", "list"], /Write the command first, before --json/],
  [
    ["list", "--limt", "3"],
    /Unknown option --limt; did you mean limit\?\nUsage: ax-users list \[options\]\n/,
  ],
  [["list", "--limit"], /--limit needs a value/],
  [["list", "--limit", "0"], /--limit must be a whole number of at least 1, received "0"/],
  [["list", "--limit", "1.5"], /whole number/],
  [["list", "--limit", "3", "--limit", "4"], /--limit was passed twice/],
  [["list", "--json=yes"], /--json takes no value/],
  [["list", "--status", "gone"], /--status must be one of active, invited, expired, received "gone"/],
  [["list", "extra"], /Too many arguments/],
  [["list", "--json", "--output", "csv"], /cannot be combined/],
  [["get"], /USER\.\.\. is missing/],
  [["get", ""], /empty/],
  [["create", "--email", "a@example.com"], /--name is required/],
  [["completion", "powershell"], /SHELL must be one of bash, zsh, fish/],
  [["list", "--key-file", "a", "--key-stdin"], /cannot be combined/],
  [
    ["list", "--key-file", "no-such-file"],
    /^the file of --key-file: no such file or directory \(ENOENT\)\n$/,
  ],
  [["list", "--key-file", "."], /^the file of --key-file: illegal operation on a directory \(EISDIR\)\n$/],
  [["list", "--region", "eu", "--base-url", "https://api.example.com"], /region/],
  [["list", "--base-url", "http://api.example.com"], /http/],
  [["constructor"], /Unknown command/],
  [["list", "--constructor"], /Unknown option/],
] as const)("refused: %j", async (argv, message) => {
  const { code, stdout, stderr } = await cli(argv, { env: { ARIZE_API_KEY: "k" } });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  if (!(argv as readonly string[]).includes("--json")) expect(stdout).toBe("");
});

test("there is no option for the key, and what one was given is not repeated", async () => {
  for (const argv of [
    ["list", "--api-key=s3cret"],
    ["list", "--api-key", "s3cret"],
    ["list", "--key", "s3cret", "--json"],
  ]) {
    const { code, stdout, stderr } = await cli(argv);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain("s3cret");
  }
});

test.each<[argv: string[], stderr: string]>([
  [["list", "--key-file", "s3cret\nkey"], "the file of --key-file: no such file or directory (ENOENT)\n"],
  [["s3cret", "list"], "Unknown command. ax-users --help lists the commands.\n"],
  [["ARIZE_API_KEY=secret", "list"], "Unknown command. ax-users --help lists the commands.\n"],
  [["secret".repeat(4), "list"], "Unknown command. ax-users --help lists the commands.\n"],
  [["help", "s3cret"], "Unknown command. ax-users --help lists the commands.\n"],
  [
    ["-ksecret", "list"],
    "Write the command first, before the options. ax-users --help lists the commands.\n",
  ],
  [
    ["--s3cret", "list"],
    "Write the command first, before the options. ax-users --help lists the commands.\n",
  ],
  [
    ["--api-key=secret", "list"],
    "Write the command first, before --api-key. ax-users --help lists the commands.\n",
  ],
  [["-k", "secret", "list"], "Write the command first, before -k. ax-users --help lists the commands.\n"],
])("what may be a key is not repeated: %j", async (argv, stderr) => {
  expect(await cli(argv)).toEqual({ code: 2, stdout: "", stderr });
});

const KEY = "ak-Ab0/+=s3cret";

/** Messages cut long values. */
const LONG_KEY = `${KEY}${"0123456789abcdef".repeat(5)}`;

const withKey = (key: string): [key: string, argv: string[]][] =>
  [
    ["get", key],
    ["get", `Bearer ${key}`, "--json"],
    ["resend-invitation", key],
    ["resend-invitation", key, "--output", "csv"],
    ["delete", key, "--confirm-removals", "1", "--json"],
    ["apply", key],
    ["resume", key, "--json"],
    ["plan", key],
    ["plan", `${key}.csv`],
    ["plan", "-", "-o", `no/${key}`],
    ["list", "--limit", key],
    ["list", "--base-url", key],
    ["list", "--region", key],
    ["orgs", "get", key, "--verbose"],
    ["orgs", "delete", key],
    ["create", "--name", "N", "--email", key],
    ["create", "--name", "N", "--email", "n@example.com", "--role", key],
  ].map((argv) => [key, argv]);

test.each([...withKey(KEY), ...withKey(LONG_KEY)])("the key %s is not shown: %j", async (key, argv) => {
  const { run, file } = await openCli({ apiKey: key, users: [{ id: "u", email: "u@example.com" }] });
  writeFileSync(file("key"), `${key}\n`);
  for (const [words, surroundings] of [
    [argv, { stdin: "[]" }],
    [[...argv, "--key-file", file("key")], { stdin: "[]", env: { ARIZE_API_KEY: undefined } }],
    [[...argv, "--key-stdin"], { stdin: key, env: { ARIZE_API_KEY: undefined } }],
    // A terminal cuts cells.
    [argv, { stdin: "", isTerminal: true, columns: 30 }],
  ] as const) {
    const { stdout, stderr, code } = await run(words, surroundings);
    expect(code).toBeGreaterThan(0);
    expect((stdout + stderr).toLowerCase()).not.toMatch(/ak-ab0|s3cret/);
  }
});

test.each([KEY, LONG_KEY])("the key %s is not shown where a roster has it", async (key) => {
  const { run } = await openCli({ apiKey: key, users: 1 });
  for (const roster of [[{ [key]: 1 }], [{ email: key }], [{ email: "a@example.com", role: key }]]) {
    const { code, stdout, stderr } = await run(["plan", "-"], { stdin: JSON.stringify(roster) });
    expect(code).toBe(2);
    expect((stdout + stderr).toLowerCase()).not.toMatch(/ak-ab0|s3cret/);
  }
});

test("a key in the environment is not shown before the command is known", async () => {
  const env = { ARIZE_API_KEY: "somewords" };
  const { code, stderr } = await cli(["somewords"], { env });
  expect({ code, stderr: stderr.split(".")[0] }).toEqual({ code: 2, stderr: 'Unknown command "[API key]"' });
  expect((await cli(["list", "--status", "Somewords"], { env })).stderr).toContain('received "[API key]"');
});

test.each([
  [["list", "--bogus", "--json"]],
  [["list", "--output", "json", "--bogus"]],
  [["list", "--output=json", "--bogus"]],
  [["list", "--bogus", "--output", "jsonl"]],
  [["lst", "--output=jsonl"]],
  [["get", "--output", "json"]],
])("a usage error is a document as well: %j", async (argv) => {
  const { code, stdout, stderr } = await cli(argv);
  const message = stderr.trim();
  expect({ code, document: JSON.parse(stdout) }).toEqual({
    code: 2,
    document: { error: { name: "UsageError", message, outcome: "not_applied" } },
  });
});

test("a usage error is no document in other formats", async () => {
  for (const argv of [["--output", "csv"], ["--output"], ["--email", "json"], ["--email=--output=json"]])
    expect((await cli(["list", ...argv, "--bogus"])).stdout).toBe("");
});

test("ARIZE_LOG logs to standard error", async () => {
  const { run, env } = await openCli({ users: 3 });
  const log = async (level: string) => {
    vi.stubEnv("ARIZE_LOG", level);
    const { stdout, stderr } = await run(["list", "--json"], { env: { ...env, ARIZE_LOG: level } });
    expect(JSON.parse(stdout)).toHaveLength(3);
    return stderr;
  };
  const printed = vi.spyOn(console, "info").mockImplementation(() => {});
  expect(await log("info")).toMatch(/^ax-users: users_list HTTP 200 after [\d.]+ ms\n$/);
  expect(await log("DEBUG")).toMatch(
    /^ax-users: users_list GET \/v2\/users, attempt 1\nax-users: .* 200 .*\n$/,
  );
  for (const level of ["off", "", "  "]) expect(await log(level)).toBe("");
  expect(printed).not.toHaveBeenCalled();
});

test("variables of the environment that are empty or blank are not set", async () => {
  const { run } = await openCli({ users: 3 });
  for (const blank of ["", " \t"]) {
    expect(await run(["list", "--json"], { env: { ARIZE_REGION: blank } })).toMatchObject({ code: 0 });
    const other = await cli(["list"], {
      env: { ARIZE_BASE_URL: blank, ARIZE_API_KEY: "k", ARIZE_REGION: "x" },
    });
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining("region") });
    const none = await run(["list"], { env: { ARIZE_API_KEY: blank } });
    expect(none).toMatchObject({ code: 4, stderr: expect.stringMatching(/^There is no valid API key/) });
  }
});

test.each([
  [
    ["update", "ada", "--name", "--developer"],
    "--name needs a value: N. Write --name=VALUE if it begins with -.",
  ],
  [
    ["list", "--key-file", "-ks3cret"],
    "--key-file needs a value: FILE. Write --key-file=VALUE if it begins with -.",
  ],
  [["plan", "x.csv", "-o", "--renew"], "-o needs a value: PLAN. Write --out=VALUE if it begins with -."],
  [["list", "--email", "--"], "--email needs a value: PART. Write --email=VALUE if it begins with -."],
])("an option is no value: %j", async (argv, message) => {
  const { code, stderr } = await cli(argv);
  expect({ code, first: stderr.split("\n")[0] }).toEqual({ code: 2, first: message });
});

test("a value may begin with - if it is a number, - alone, or written with =", () => {
  const options = { name: { value: "N", help: "" }, out: { value: "F", short: "o", help: "" } };
  expect(parse(["--name", "-5%"], options, []).text("name")).toBe("-5%");
  expect(parse(["--name", "-"], options, []).text("name")).toBe("-");
  expect(parse(["--name=--x"], options, []).text("name")).toBe("--x");
  expect(parse(["-o-x"], options, []).text("out")).toBe("-x");
});

test("values of options are accepted in either case", async () => {
  const { run, sandbox } = await openCli({ users: [{ email: "a@example.com", status: "active" }] });
  const list = await run(["list", "--status", "ACTIVE", "--output", "JSON"]);
  expect(JSON.parse(list.stdout)).toMatchObject([{ email: "a@example.com" }]);
  const argv = ["create", "--name", "N", "--email", "n@example.com", "--json"];
  expect(await run([...argv, "--invite-mode", "EMAIL_LINK", "--role", "MEMBER"])).toMatchObject({ code: 0 });
  expect(sandbox.mails.map(({ to }) => to)).toEqual(["n@example.com"]);
  const temporary = await run([...argv, "--invite-mode", "Temporary_Password"]);
  expect(temporary.stderr).toContain("needs --passwords FILE");
  const { stdout } = await run(["list", "--output", "JSON", "--bogus"]);
  expect(JSON.parse(stdout)).toMatchObject({ error: { name: "UsageError" } });
  expect((await run(["list", "--status", "ACTIV"])).stderr).toContain('received "ACTIV"');
});

test.each<[argv: string[], message: RegExp]>([
  [["plan", "-", "--protect", "a@example.com", "--protect", "foo"], /: --protect must be an email address/],
  [["plan", "-", "--max-removals", "x"], /: --max-removals must be a whole number/],
  [["create", "--name", "N", "--email", "n@example.com", "--role", "owner"], /: --role must be one of/],
  [
    ["create", "--name", "N", "--email", "foo", "--role", "owner"],
    /: --email must be .*; --role must be one of/,
  ],
  [["create", "--name", "", "--email", "n@example.com"], /: --name must /],
  [["orgs", "add-user", "Ops", "u", "--role", "owner"], /: --role must be/],
  [["orgs", "create", " "], /: name must /],
  [["list", "--region", "x y"], /: --region must be/],
  [["list", "--base-url", "x"], /: --base-url must be/],
  [["list", "--base-url", "http://a.example.com"], /: --base-url must be https/],
  [["list", "--region", "x", "--base-url", "https://a.example.com"], /: --base-url and region cannot/],
])("an error names the option as it was typed: %j", async (argv, message) => {
  const { run, sandbox } = await openCli({ organizations: [{ name: "Ops" }] });
  const { code, stderr, stdout } = await run([...argv, "--json"], { stdin: "[]" });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) });
  const error = { name: "ValidationError", message: stderr.trim(), outcome: "not_applied" };
  expect(JSON.parse(stdout)).toEqual({ error });
  expect(sandbox.requests).toEqual([]);
});

test("commands that print text have no --json and no --output", async () => {
  for (const [name = "", ...words] of [["demo"], ["completion", "bash"]]) {
    expect((await cli([name, "--help"])).stdout).not.toMatch(/--json|--output/);
    for (const option of ["--json", "--output=csv"]) {
      const { code, stderr } = await cli([name, ...words, option]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^Unknown option --/) });
    }
    for (const shell of ["bash", "zsh", "fish"]) {
      const { stdout } = await cli(["completion", shell]);
      const own = stdout
        .split("\n")
        .filter((line) => line.includes(`"${name}") options`) || line.includes(`from ${name}' -l`));
      expect(own.join("\n")).toContain("verbose");
      expect(own.join("\n")).not.toMatch(/json|output/);
    }
  }
});

test("help of a group of commands is its overview", async () => {
  const { code, stdout, stderr } = await cli(["help", "orgs"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe((await cli(["orgs", "--help"])).stdout);
  expect(stdout).toMatch(/orgs list .*\n.*orgs get /);
});

test("the key comes from the environment, a file or standard input", async () => {
  const { sandbox, file } = await openCli({ users: 3 });
  writeFileSync(file("key"), `${sandbox.apiKey}\n`);
  const argv = ["list", "--json", "--base-url", sandbox.baseUrl];
  expect((await cli(argv, { env: { ARIZE_API_KEY: sandbox.apiKey } })).code).toBe(0);
  expect((await cli([...argv, "--key-file", file("key")])).code).toBe(0);
  expect((await cli([...argv, "--key-stdin"], { stdin: `${sandbox.apiKey}\n` })).code).toBe(0);
});

test("without a key, or with a wrong one, the exit code is 4", async () => {
  const { sandbox } = await openCli();
  const argv = ["list", "--json", "--base-url", sandbox.baseUrl];
  const none = await cli(argv);
  expect(none).toMatchObject({ code: 4, stderr: expect.stringContaining("ARIZE_API_KEY") });
  expect(JSON.parse(none.stdout)).toMatchObject({
    error: { name: "ValidationError", outcome: "not_applied" },
  });
  const wrong = await cli(argv, { env: { ARIZE_API_KEY: "wr0ng-key" } });
  expect(wrong.code).toBe(4);
  expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { name: "AuthenticationError" } });
  expect(wrong.stdout + wrong.stderr).not.toContain("wr0ng-key");
});

test("with --json an error is a document, never an empty list", async () => {
  const { run, sandbox } = await openCli({ users: 150 });
  sandbox.fail({ skip: 1, status: 501, times: 9 });
  const { code, stdout } = await run(["list", "--json"]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    error: { name: "ServerError", message: expect.any(String), outcome: "not_applied" },
  });
});

test("--verbose reports each request without a secret or an address, --quiet nothing but results", async () => {
  const { run, sandbox } = await openCli({ users: 3 });
  const [user] = sandbox.users();
  const { stderr } = await run(["get", user?.email ?? "", "--json", "--verbose"]);
  expect(stderr).toMatch(/^request GET \/v2\/users #1\nresponse GET \/v2\/users #1: HTTP 200, \d+ ms req_/);
  expect(stderr).not.toContain(user?.email);
  expect(stderr).not.toContain(sandbox.apiKey);
  expect((await run(["list", "--email", "nobody", "--quiet"])).stderr).toBe("");
});

test("http to another machine needs --allow-http, which the error names", async () => {
  const { run, sandbox } = await openCli({ users: 3 });
  const send = globalThis.fetch;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
    send(url.replace("http://ax.internal:8080", sandbox.baseUrl), init),
  );
  const argv = ["list", "--json", "--base-url", "http://ax.internal:8080"];
  const { code, stderr } = await run(argv);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("(--allow-http permits it)") });
  expect(sandbox.requests).toEqual([]);
  const allowed = await run([...argv, "--allow-http"]);
  expect(JSON.parse(allowed.stdout)).toHaveLength(3);
});

test.each([
  ["ax-users ", "plan"],
  ["ax-users orgs ", "add-user"],
  ["ax-users plan --remo", "--remove-absent"],
  ["ax-users list --status ", "invited"],
  ["ax-users orgs get --js", "--json"],
])("bash completes %j", async (line, expected) => {
  const { stdout } = await cli(["completion", "bash"]);
  const words = line.split(" ");
  const script = `${stdout}
COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")}); COMP_CWORD=${words.length - 1}
_ax_users; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\n")).toContain(expected);
});

test("completion for zsh and fish has each command and its options", async () => {
  const zsh = (await cli(["completion", "zsh"])).stdout;
  const fish = (await cli(["completion", "fish"])).stdout;
  expect(zsh).toMatch(/^autoload .*bashcompinit/);
  for (const { name, options } of COMMANDS) {
    const last = name.split(" ").at(-1) ?? "";
    expect(fish).toContain(`-a '${last}' -d`);
    for (const option of Object.keys(options)) {
      expect(zsh).toContain(`--${option}`);
      expect(fish).toContain(`-l ${option} `);
    }
  }
});
