import type { Command } from "../args/command.ts";
import { completionScript, SHELLS } from "../args/completion.ts";
import { EXIT, UsageError } from "../exit.ts";

/** The completion of all commands. */
export const completionOf = (commands: () => readonly Command[]): Command => ({
  name: "completion",
  summary: "Prints a completion script for bash, zsh or fish.",
  arguments: ["SHELL"],
  isLocal: true,
  isText: true,
  options: {},
  examples: [
    "source <(ax-users completion bash)",
    "ax-users completion fish > ~/.config/fish/completions/ax-users.fish",
  ],
  async run({ args, output }) {
    const [name] = args.positionals;
    const shell = SHELLS.find((one) => one === name);
    if (!shell) throw new UsageError(`SHELL must be one of ${SHELLS.join(", ")}.`);
    output.raw(completionScript(shell, commands()));
    return EXIT.done;
  },
});
