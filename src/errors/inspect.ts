interface InspectOptions {
  readonly depth?: number | null;
}

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
 * What `console.log` and `util.inspect` of Node show of an error: at most eleven lines, and within another value three. Node
 * itself gives each header, each frame and each cause with its stack a line.
 */
export function inspectError(this: Error, depth: number, options: InspectOptions, inspect: Inspect): string {
  if (depth < 0) return `[${headOf(this)}]`;
  const isNested = typeof options.depth === "number" && depth < options.depth;
  const show = (value: unknown) => inspect(value, { ...options, ...ONE_LINE });
  const lines = [
    headOf(this),
    ...(isNested ? [] : framesOf(this)),
    ...fieldLines(this, show),
    ...causesOf(this, isNested ? 1 : MOST_CAUSES).map((cause) => `  [cause]: ${causeLine(cause, show)}`),
  ];
  return lines.join("\n");
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

const headOf = ({ name, message }: Error): string => oneLine(message ? `${name}: ${message}` : name);

const framesOf = ({ stack }: Error): string[] =>
  (stack ?? "")
    .split("\n")
    .filter((line) => /^ {4}at /.test(line))
    .slice(0, MOST_FRAMES);

/** Without headers, which are many, and without what says nothing. */
function fieldLines(error: Error, show: (value: unknown) => string): string[] {
  const { headers: _, ...fields } = error as Error & { headers?: unknown };
  const shown = Object.entries(fields).filter(
    ([, value]) =>
      value !== undefined && !(typeof value === "object" && value && Object.keys(value).length === 0),
  );
  return shown.length > 0 ? [`  ${oneLine(show(Object.fromEntries(shown)))}`] : [];
}

function causesOf(error: Error, most: number): unknown[] {
  const causes: unknown[] = [];
  for (let link: unknown = error; link instanceof Error && "cause" in link && causes.length < most; ) {
    link = link.cause;
    if (link !== undefined && link !== error && !causes.includes(link)) causes.push(link);
    else break;
  }
  return causes;
}

function causeLine(cause: unknown, show: (value: unknown) => string): string {
  if (!(cause instanceof Error)) return oneLine(show(cause));
  const code = "code" in cause ? ` (${String(cause.code)})` : "";
  return headOf(cause) + code;
}
