import { FORMATS } from "../io/output.ts";
import type { Option } from "./option.ts";

/** What every command takes. */
export const GLOBAL_OPTIONS: Readonly<Record<string, Option>> = {
  "key-file": { value: "FILE", isFile: true, help: "read the API key from a file; else from ARIZE_API_KEY" },
  "key-stdin": { help: "read the API key from standard input" },
  "base-url": { value: "URL", help: "the address of the API; else ARIZE_BASE_URL" },
  region: { value: "REGION", help: "the region instead of an address; else ARIZE_REGION" },
  json: { help: "JSON on standard output, everything else on standard error" },
  output: { value: "FORMAT", choices: FORMATS, help: "table, json, jsonl or csv" },
  "no-input": { help: "never ask, not even on a terminal" },
  quiet: { help: "only results and errors" },
  verbose: { help: "each request on standard error" },
  help: { short: "h", help: "show this help" },
};
