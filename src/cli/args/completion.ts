import type { Command } from "./command.ts";
import { optionsOf } from "./global-options.ts";
import type { Option } from "./option.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;

type Shell = (typeof SHELLS)[number];

/** Returns a shell script that completes commands, options, and the values of options. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  if (shell === "fish") return fish(commands);
  // zsh can run bash completions.
  const start = shell === "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
  return start + bash(commands);
}

const firstWords = (commands: readonly Command[]): string[] => [
  ...new Set(commands.map(({ name }) => name.split(" ")[0] ?? "")),
];

const secondWords = (commands: readonly Command[], first: string): string[] =>
  commands.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []));

function bash(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const names = Object.keys(optionsOf(command)).map((name) => `--${name}`);
    return `    "${command.name}") options="${names.join(" ")}" ;;`;
  });
  const values = new Map<string, string>();
  for (const command of commands) {
    for (const [name, { choices }] of Object.entries(optionsOf(command))) {
      if (choices) values.set(`${command.name} --${name}`, choices.join(" "));
    }
  }
  const choiceCases = [...values].map(([key, words]) => `    "${key}") words="${words}" ;;`);
  return `_ax_users() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local command="\${COMP_WORDS[1]}" options="" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${firstWords(commands).join(" ")} --help --version" -- "$current"))
    return
  fi
  if [ "$command" = orgs ]; then
    if [ "$COMP_CWORD" -eq 2 ]; then
      COMPREPLY=($(compgen -W "${secondWords(commands, "orgs").join(" ")}" -- "$current"))
      return
    fi
    command="orgs \${COMP_WORDS[2]}"
  fi
  case "$command $previous" in
${choiceCases.join("\n")}
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case "$command" in
${cases.join("\n")}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _ax_users ax-users
`;
}

function fish(commands: readonly Command[]): string {
  const first = firstWords(commands);
  const lines = ["complete -c ax-users -f"];
  for (const { name, summary } of commands) {
    const [word = "", second] = name.split(" ");
    const condition = second
      ? `__fish_seen_subcommand_from ${word}; and not __fish_seen_subcommand_from ${secondWords(commands, word).join(" ")}`
      : "__fish_use_subcommand";
    lines.push(`complete -c ax-users -n '${condition}' -a '${second ?? word}' -d ${quoted(summary)}`);
  }
  if (first.includes("orgs")) {
    lines.push("complete -c ax-users -n __fish_use_subcommand -a orgs -d 'Organizations'");
  }
  for (const command of commands) {
    const seen = command.name
      .split(" ")
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join("; and ");
    for (const [name, option] of Object.entries(optionsOf(command))) {
      lines.push(
        `complete -c ax-users -n '${seen}' -l ${name} ${fishValue(option)}-d ${quoted(option.help)}`,
      );
    }
  }
  return `${lines.join("\n")}\n`;
}

function fishValue({ short, value, choices, isFile }: Option): string {
  const letter = short ? `-s ${short} ` : "";
  if (choices) return `${letter}-x -a '${choices.join(" ")}' `;
  if (isFile) return `${letter}-r -F `;
  return value ? `${letter}-x ` : letter;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
