import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRosterFile } from "ax-users/roster";
import { expect, onTestFinished, test } from "vitest";
import { rejection } from "../helpers/server.ts";

async function fileOf(name: string, text: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ax-users-roster-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const CSV = "email,name\nada@example.com,Ada\n";
const JSON_ROW = '{ "email": "ada@example.com", "name": "Ada" }';

test.each([
  ["people.csv", CSV],
  ["PEOPLE.CSV", CSV],
  ["people.v2.tsv", CSV.replaceAll(",", "\t")],
  ["people.json", `[${JSON_ROW}]`],
  ["people.jsonl", JSON_ROW],
  ["people.ndjson", JSON_ROW],
  ["people.yaml", `- ${JSON_ROW}`],
  ["people.yml", `- ${JSON_ROW}`],
])("the extension names the format: %s", async (name, text) => {
  const roster = await readRosterFile(await fileOf(name, text));
  expect(roster.people).toMatchObject([{ email: "ada@example.com", name: "Ada" }]);
});

test("the file is named in errors", async () => {
  const path = await fileOf("people.csv", "email\nnope\n");
  expect(String(await rejection(readRosterFile(path)))).toContain(
    `${path}: line 2, email must be an email address`,
  );
});

test("a file without a known extension needs a format", async () => {
  const path = await fileOf("people", CSV);
  expect(String(await rejection(readRosterFile(path)))).toContain("or pass format");
  expect((await readRosterFile(path, { format: "csv" })).people).toHaveLength(1);
});

test("a file that is not there is the system's own error", async () => {
  expect(await rejection(readRosterFile("no-such-file.csv"))).toMatchObject({ code: "ENOENT" });
});
