/** Prints what the changelog in the current folder says of the version in `package.json`, without its heading. */
import { readFileSync } from "node:fs";

const { version }: { version: string } = JSON.parse(readFileSync("package.json", "utf8"));
const [, ...sections] = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
const section = sections.find((text) => text.startsWith(`${version}\n`));
if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}.`);
console.log(section.slice(version.length).trim());
