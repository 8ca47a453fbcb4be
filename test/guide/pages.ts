/** The pages of the guide, with their examples. */
import { readdirSync, readFileSync } from "node:fs";
import { examplesIn } from "../helpers/run-example.ts";

const folder = new URL("../../docs/guide/", import.meta.url);

export const pages = readdirSync(folder)
  .filter((file) => file.endsWith(".md"))
  .map((file) => {
    const text = readFileSync(new URL(file, folder), "utf8");
    return { page: file.replace(/\.md$/, ""), text, examples: examplesIn(text) };
  });
