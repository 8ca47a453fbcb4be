import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateSync } from "node:zlib";
import { Application, RendererEvent, TSConfigReader, TypeDocReader } from "typedoc";
import { beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Lunr {
  Index: { load(index: unknown): { search(query: string): { ref: string; score: number }[] } };
}
interface SearchData {
  rows: { name: string; parent?: string }[];
  index: unknown;
}

let search: (words: string) => string[];
beforeAll(async () => {
  search = searchOf(await buildSearchData());
});

/** The search index of the site, without its pages. */
async function buildSearchData(): Promise<SearchData> {
  const out = await mkdtemp(join(tmpdir(), "ax-users-site-"));
  try {
    const options = {
      options: join(root, "typedoc.json"),
      skipErrorChecking: true,
      logLevel: "Error",
    } as const;
    const app = await Application.bootstrap(options, [new TypeDocReader(), new TSConfigReader()]);
    app.renderer.on(RendererEvent.BEGIN, ({ pages }) => void pages.splice(0));
    const project = await app.convert();
    if (!project) throw new Error("TypeDoc cannot read the package");
    await app.generateDocs(project, out);
    const [, data = ""] = /"(.*)"/.exec(await readFile(join(out, "assets/search.js"), "utf8")) ?? [];
    return JSON.parse(inflateSync(Buffer.from(data, "base64")).toString());
  } finally {
    await rm(out, { recursive: true });
  }
}

/** What the site shows for some words: TypeDoc's script prefers names that start with them, and shows ten results. */
function searchOf({ rows, index }: SearchData): (words: string) => string[] {
  const { Index }: Lunr = createRequire(import.meta.resolve("typedoc"))("lunr");
  const loaded = Index.load(index);
  return (words) =>
    loaded
      .search(words.replace(/\S+/g, "*$&*"))
      .map(({ ref, score }) => {
        const { name, parent } = rows[Number(ref)] ?? { name: "" };
        const starts = name.toLowerCase().startsWith(words.toLowerCase());
        const factor = starts ? 10 / (1 + Math.abs(name.length - words.length)) : 1;
        return { result: parent ? `${parent}.${name}` : name, score: score * factor };
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, 10)
      .map(({ result }) => result);
}

test.each([
  ["rate limit", "Retries and rate limits"],
  ["idempotent", "Invite a user"],
  ["CSV", "Onboard from a spreadsheet"],
  ["proxy", "Proxies and certificates"],
  ["retry", "Retries and rate limits"],
  ["timeout", "Time and cancelling"],
  ["sandbox", "Testing"],
])("the search for %s leads to the page %s", (words, page) => {
  expect(search(words).slice(0, 3)).toContain(page);
});

test("the search for idempotent finds the method as well", () => {
  expect(search("idempotent")).toEqual(
    expect.arrayContaining(["Invite many users", "ax-users.Users.create"]),
  );
});

test("the search for a name leads to what has the name", () => {
  expect(search("createMany")[0]).toBe("ax-users.Users.createMany");
  expect(search("RateLimitError")[0]).toBe("ax-users.RateLimitError");
});
