type Inspect = (value: unknown, options: object) => string;

const MOST_FRAMES = 6;
const MOST_CAUSES = 3;
const ONE_LINE = {
  compact: true,
  breakLength: Number.POSITIVE_INFINITY,
  maxArrayLength: 5,
  maxStringLength: 300,
  depth: 2,
  showHidden: false,
};

/**
 * Formats an error for Node's `console.log` and `util.inspect`: at most eleven lines, or three within another value. Node's own
 * format has a line for each header, for each frame, and for the stack of each cause.
 */
export function inspectError(
  this: Error,
  depth: number,
  options: { readonly depth?: number | null },
  inspect: Inspect,
): string {
  if (depth < 0) return `[${headOf(this)}]`;
  const isNested = typeof options.depth === "number" && depth < options.depth;
  const show = (value: unknown) => oneLine(inspect(value, { ...options, ...ONE_LINE }));
  const frames = (this.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  return [
    headOf(this),
    ...frames.slice(0, isNested ? 0 : MOST_FRAMES),
    `  ${show(fieldsOf(this))}`,
    ...causeLines(this, isNested ? 1 : MOST_CAUSES, show),
  ].join("\n");
}

function causeLines({ cause }: Error, most: number, show: (value: unknown) => string): string[] {
  if (cause === undefined || most === 0) return [];
  if (!(cause instanceof Error)) return [`  [cause]: ${show(cause)}`];
  const code = "code" in cause ? ` (${String(cause.code)})` : "";
  return [`  [cause]: ${headOf(cause)}${code}`, ...causeLines(cause, most - 1, show)];
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

const headOf = ({ name, message }: Error): string => oneLine(message ? `${name}: ${message}` : name);

/** Leaves out headers, of which there are many, and empty values. */
const fieldsOf = (error: Error): object =>
  Object.fromEntries(
    Object.entries(error).filter(
      ([name, value]) =>
        name !== "headers" &&
        value !== undefined &&
        (typeof value !== "object" || Object.keys(value ?? {}).length),
    ),
  );
