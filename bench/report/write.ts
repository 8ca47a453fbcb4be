/** Writes `docs/bench.md` and its charts from `bench/results.json`: `node bench/report/write.ts` */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import type { Run } from "../results.ts";
import { subjects } from "../subjects/index.ts";
import { chart } from "./charts.ts";
import { document } from "./document.ts";

const at = (path: string) => new URL(path, import.meta.url);

const run: Run = JSON.parse(await readFile(at("../results.json"), "utf8"));
const measured = subjects.filter(({ name }) => run.results.some(({ subject }) => subject === name));
await rm(at("../../docs/bench/"), { recursive: true, force: true });
await mkdir(at("../../docs/bench/"), { recursive: true });
for (const { name, title } of measured) {
  const results = run.results.filter(({ subject }) => subject === name);
  await writeFile(at(`../../docs/bench/${name}.svg`), chart(title, results));
}
const template = await readFile(at("document.md"), "utf8");
await writeFile(at("../../docs/bench.md"), document(template, measured, run));
