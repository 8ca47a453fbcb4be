/** An option of a command. */
export interface Option {
  /** The placeholder for the value in the help. Missing if the option has no value. */
  readonly value?: string;
  readonly short?: string;
  /** May be repeated. */
  readonly multiple?: boolean;
  /** The allowed values, in lower case. They are accepted in either case. */
  readonly choices?: readonly string[];
  /** The value is a file: shells complete file names. */
  readonly isFile?: boolean;
  readonly help: string;
}
