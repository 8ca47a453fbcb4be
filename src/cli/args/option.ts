/** An option of a command. */
export interface Option {
  /** What stands for the value in help; missing where the option takes none. */
  readonly value?: string;
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: boolean;
  /** The values that there are. */
  readonly choices?: readonly string[];
  /** The value is a file: shells complete it so. */
  readonly isFile?: boolean;
  readonly help: string;
}
