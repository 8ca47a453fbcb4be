import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { toJson } from "./json.ts";
import { largest, STEPS, type Step } from "./step.ts";

/** The largest step that the changesets of a folder propose for a package; without those that are named in `old`. */
export async function proposedStep(
  folder: string,
  packageName: string,
  old: readonly string[] = [],
): Promise<Step> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith(".md") && name !== "README.md" && !old.includes(name));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
  return largest(texts.map((text) => stepIn(text, packageName)));
}

function stepIn(changeset: string, packageName: string): Step {
  const [, header] = changeset.match(/^---\r?\n(.*?)\r?\n---/s) ?? [];
  const said = toJson(parse(header ?? ""))[packageName];
  return STEPS.find((step) => step === said) ?? "none";
}
