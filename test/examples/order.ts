/** A script for the host process to run. */
export interface Order {
  url: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Unique in the process. */
  number: number;
}

/** What the host process writes to stdout and to stderr after all that the script wrote there. */
export const endOf = (number: number, code: unknown): string => `\0end ${number} ${code}\n`;
