import type { Command } from "../args/command.ts";
import { EXIT } from "../exit.ts";

export const demo: Command = {
  name: "demo",
  summary: "Demonstrates users and rosters on a sandbox. Needs no account.",
  arguments: [],
  isLocal: true,
  isText: true,
  options: {},
  examples: ["ax-users demo", "ax-users demo | less"],
  async run({ io, output }) {
    const { runDemo } = await import("../demo/demo.ts");
    const write = (text: string) => {
      io.signal.throwIfAborted();
      io.write(text);
    };
    try {
      await runDemo({ write, isTTY: io.isTerminal.stdout, env: io.env });
      return EXIT.done;
    } catch (error) {
      if (io.signal.aborted) throw error;
      output.problem(`The demo failed. ${error instanceof Error ? error.message : String(error)}`);
      return EXIT.failed;
    }
  },
};
