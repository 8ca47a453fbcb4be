import { type ApplyProgress, type ChangeResult, summarizeResults } from "ax-users/roster";
import type { Context } from "../args/command.ts";
import { EXIT } from "../exit.ts";
import { printable } from "../io/colour.ts";
import { type Progress, progressOf } from "../io/progress.ts";
import { shellCommand } from "./shell-command.ts";

/** Reports a run: one line per result, then a summary, and what to do next. */
export class RunReport {
  readonly #context: Context;
  readonly #journal: string;
  readonly #bar: Progress;

  constructor(context: Context, journal: string) {
    this.#context = context;
    this.#journal = journal;
    this.#bar = progressOf(context.io, context.args.flag("quiet"));
  }

  readonly progress = ({ settled, total, failed, stale, unknown }: ApplyProgress): void => {
    const troubles = failed + stale + unknown;
    this.#bar.update(settled, total, troubles === 0 ? "" : `${troubles} not done`);
  };

  add(result: ChangeResult): void {
    const { output, io } = this.#context;
    if (output.isJson) output.line(resultLine(result));
    // On a terminal, the progress bar shows this.
    else if (output.format === "table" && !io.isTerminal.stdout) output.text(this.#lineOf(result));
  }

  /** Runs it, and returns the exit code. */
  async end(run: () => Promise<ChangeResult[]>): Promise<number> {
    const { output, io } = this.#context;
    const results = await this.#await(run);
    const summary = summarizeResults(results);
    const troubles = results.filter(isTrouble);
    if (output.format === "csv") output.list(results, RESULT_COLUMNS);
    else if (!output.isJson && io.isTerminal.stdout) {
      for (const result of troubles.filter(({ status }) => status !== "not_attempted")) {
        output.text(this.#lineOf(result));
      }
    }
    if (output.isJson) output.line({ type: "summary", ...summary });
    else {
      const counts = Object.entries(summary).filter(([, count]) => count > 0);
      const words = counts.map(
        ([name, count]) => `${count} ${name === "notAttempted" ? "not attempted" : name}`,
      );
      output.text(`Summary: ${words.join(", ") || "nothing to do"}.`);
    }
    const code = codeOf(results, io.signal);
    if (code !== EXIT.done) output.problem(this.#advice(code, results));
    return code;
  }

  /** Ends the bar after the run. A second signal ends the process, so it needs the advice before. */
  async #await(run: () => Promise<ChangeResult[]>): Promise<ChangeResult[]> {
    const { io, output } = this.#context;
    const last = () => {
      this.#bar.stop();
      output.problem(this.continuation);
    };
    io.secondSignal.addEventListener("abort", last, { once: true });
    try {
      return await run();
    } finally {
      this.#bar.stop();
      io.secondSignal.removeEventListener("abort", last);
    }
  }

  #lineOf({ status, kind, email, error, requestId }: ChangeResult): string {
    const why = error ? `: ${error.message}` : "";
    const id = requestId === undefined || error?.message.includes(requestId) ? "" : ` (${requestId})`;
    const what = `${status.replaceAll("_", " ")}  ${kind.replaceAll("_", " ")}  ${email}`;
    return printable(`${what}${status === "done" || status === "unchanged" ? "" : why + id}`);
  }

  /** What to do after an interruption. */
  get continuation(): string {
    return `Interrupted. The journal has everything that was sent. To continue: ${this.#resume}`;
  }

  get #resume(): string {
    return shellCommand(this.#context.io, "resume", this.#journal);
  }

  #advice(code: number, results: readonly ChangeResult[]): string {
    const { io } = this.#context;
    const resume = this.#resume;
    if (code === EXIT.interrupted) return this.continuation;
    if (code === EXIT.authentication)
      return `The API key was rejected. To continue with another key: ${resume}`;
    const lost = results.filter(({ passwordLost }) => passwordLost).map(({ email }) => email);
    const lines: string[] = [];
    if (lost.length > 0) {
      const resend = shellCommand(io, "resend-invitation", ...lost);
      lines.push(`Temporary passwords are lost. Email a link instead: ${resend}`);
    }
    const has = (status: ChangeResult["status"]) => results.some((result) => result.status === status);
    if (has("unknown")) lines.push(`Some outcomes are unknown. To check them: ${resume}`);
    const end = results.find(({ status, error }) => status === "not_attempted" && error)?.error;
    if (has("not_attempted"))
      lines.push(`Some changes were not attempted${end ? ` (${end.message})` : ""}. To continue: ${resume}`);
    if (has("failed"))
      lines.push(`Some changes failed. If you can fix the cause, retry them: ${resume} --retry-failed`);
    if (has("stale"))
      lines.push("Some people have changed since the plan was made. Make a new plan for them.");
    return lines.join("\n");
  }
}

const isTrouble = ({ status, passwordLost }: ChangeResult): boolean =>
  passwordLost === true || (status !== "done" && status !== "unchanged");

const RESULT_COLUMNS = [
  ["change", ({ kind }: ChangeResult) => kind],
  ["email", ({ email }: ChangeResult) => email],
  ["status", ({ status }: ChangeResult) => status],
  ["outcome", ({ outcome }: ChangeResult) => outcome ?? ""],
  ["error", ({ error }: ChangeResult) => error?.message ?? ""],
  ["request_id", ({ requestId = "" }: ChangeResult) => requestId],
] as const;

const resultLine = ({ error, ...result }: ChangeResult) => ({
  type: "result",
  ...result,
  ...(error && { error: { name: error.name, message: error.message } }),
});

function codeOf(results: readonly ChangeResult[], signal: AbortSignal): number {
  const has = (status: ChangeResult["status"]) => results.some((result) => result.status === status);
  if (signal.aborted && has("not_attempted")) return EXIT.interrupted;
  if (results.some(({ error }) => error?.name === "AuthenticationError")) return EXIT.authentication;
  if (has("unknown") || results.some(({ passwordLost }) => passwordLost)) return EXIT.unknown;
  return has("failed") || has("stale") || has("not_attempted") ? EXIT.failed : EXIT.done;
}
