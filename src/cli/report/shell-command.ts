import type { Io } from "../io/io.ts";

/** A command line to copy: `ax-users resume people.plan.json.journal.jsonl`. Begins with `npx` if npx runs this command. */
export function shellCommand({ env }: Io, ...words: readonly string[]): string {
  const command = env["npm_command"] === "exec" ? "npx ax-users" : "ax-users";
  return [command, ...words.map(quoted)].join(" ");
}

/** A word, quoted for a shell if needed. */
const quoted = (word: string): string =>
  /^[\w./@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
