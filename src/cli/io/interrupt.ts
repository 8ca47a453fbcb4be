import type { Io } from "./io.ts";
import type { Output } from "./output.ts";

/** A command that ends sooner after an interrupt needs no explanation. */
const SOON_MS = 1_000;

/** Explains on standard error what an interrupt does to a command that writes. Returns a function that ends this. */
export function explainInterrupt({ signal, secondSignal, isTerminal }: Io, output: Output): () => void {
  // The terminal has shown ^C, or a progress bar.
  const start = isTerminal.stderr ? "\n" : "";
  let timer: NodeJS.Timeout | undefined;
  const explainWait = () => {
    output.info(`${start}Waiting for the requests that were sent. A second signal ends the command at once.`);
  };
  const first = () => {
    // The other reason is output that cannot be written.
    if (signal.reason?.name === "AbortError") timer = setTimeout(explainWait, SOON_MS);
  };
  const second = () => output.problem(`${start}The outcome of any request in flight is unknown.`);
  signal.addEventListener("abort", first, { once: true });
  secondSignal.addEventListener("abort", second, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", first);
    secondSignal.removeEventListener("abort", second);
  };
}
