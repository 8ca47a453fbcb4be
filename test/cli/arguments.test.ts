import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
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
  [["list", "--key-file", "no-such-file"], /^no-such-file: no such file or directory \(ENOENT\)\n/],
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
