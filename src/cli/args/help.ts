import type { Command } from "./command.ts";
import { GLOBAL_OPTIONS, globalOptionsOf } from "./global-options.ts";
import type { Option } from "./option.ts";

const EXIT_CODES = `Exit codes:
  0    done, or nothing to do
  1    some changes failed, or some people have changed since the plan was made
  2    invalid command line or roster; nothing was sent
  3    the outcome of some changes is unknown, or a temporary password was lost
  4    the API key is missing or was rejected
  5    the plan breaks a limit, or belongs to another account; nothing was sent
  10   plan --detailed-exitcode: there are changes
  130  interrupted`;

/** How to write a command: `ax-users orgs create NAME [options]`. */
export const usageOf = (command: Command): string =>
  ["ax-users", command.name, ...command.arguments, "[options]"].join(" ");

/** The help of a command. */
export function commandHelp(command: Command): string {
  return [
    command.summary,
    "",
    `Usage: ${usageOf(command)}`,
    ...section("Options", command.options),
    ...section("Global options", globalOptionsOf(command)),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

/** The help of `ax-users` itself. */
export function overview(commands: readonly Command[]): string {
  return [
    "Administers the users and organizations of an Arize AX account. Unofficial.",
    "",
    "Usage: ax-users COMMAND [options]",
    "",
    "Commands:",
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    ...section("Global options", { ...GLOBAL_OPTIONS, version: { help: "show the version" } }),
    "",
    EXIT_CODES,
    "",
    "Examples:",
    "  ax-users plan people.csv -o people.plan.json",
    "  ax-users apply people.plan.json",
    "",
    "ax-users COMMAND --help shows the options of a command.",
    "",
  ].join("\n");
}

function section(title: string, options: Readonly<Record<string, Option>>): string[] {
  const rows = Object.entries(options).map(([name, option]): [string, string] => {
    const short = option.short ? `-${option.short}, ` : "";
    const value = option.value ? ` ${option.value}` : "";
    return [`${short}--${name}${value}`, option.multiple ? `${option.help}; may be repeated` : option.help];
  });
  return rows.length === 0 ? [] : ["", `${title}:`, ...columns(rows)];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
