import { startSandbox } from "ax-users/testing";
import type { Command } from "../args/command.ts";
import { EXIT, UsageError } from "../exit.ts";

export const sandbox: Command = {
  name: "sandbox",
  summary: "Runs a sandbox of the API on this machine, for programs in any language.",
  arguments: [],
  isLocal: true,
  options: {
    port: { value: "N", help: "port; default: any free port" },
    users: { value: "N", help: "number of generated users; default: 25" },
    dialect: { value: "D", choices: ["alpha", "current"], help: "alpha (default) or current" },
  },
  examples: ["ax-users sandbox", "ax-users sandbox --port 8080 --users 1000"],
  async run({ args, io, output }) {
    const port = args.whole("port", 0, 65_535) ?? 0;
    const { baseUrl, apiKey, close } = await startSandbox({
      port,
      users: args.whole("users", 0) ?? 25,
      organizations: [{ name: "Data Ops" }, { name: "Research" }],
      dialect: args.text("dialect") === "current" ? "current" : "alpha",
    }).catch((error: unknown) => {
      if (!(error instanceof Error && "syscall" in error)) throw error;
      throw new UsageError(`--port ${port} cannot be used: ${error.message}.`);
    });
    output.line({ baseUrl, apiKey });
    output.info("The sandbox runs until you stop it (Ctrl-C). To use it in another terminal:");
    output.info(`export ARIZE_BASE_URL=${baseUrl} ARIZE_API_KEY=${apiKey}`);
    if (!io.signal.aborted) {
      await new Promise((resolve) => io.signal.addEventListener("abort", resolve, { once: true }));
    }
    await close();
    return EXIT.done;
  },
};
