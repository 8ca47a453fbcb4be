/**
 * Follows every link of the documentation: those of the built site (`npm run docs`), and those of the Markdown files
 * relative to the repository, each with its anchor. What leads elsewhere is not fetched, but has to be https.
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CheckOptions, LinkChecker, LinkState } from "linkinator";

const root = fileURLToPath(new URL("../..", import.meta.url));
const MARKDOWN = ["*.md", "bench/README.md", "{docs,examples,openapi,test}/**/*.md"];

/** Where linkinator serves the files while it looks at them. */
const isInternal = (link: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/.test(link);

async function brokenLinks(what: string, options: CheckOptions): Promise<string[]> {
  const external = new Set<string>();
  const { links } = await new LinkChecker().check({
    checkFragments: true,
    concurrency: 20,
    ...options,
    linksToSkip: async (link) => {
      if (isInternal(link)) return false;
      external.add(link);
      return true;
    },
  });
  const followed = links.filter(({ state }) => state !== LinkState.SKIPPED);
  console.log(`${what}: ${followed.length} addresses followed, ${external.size} elsewhere`);
  if (followed.length === 0) return [`${what}: there are no links`];
  return [
    ...followed
      .filter(({ state }) => state === LinkState.BROKEN)
      .map(({ url, parent = "?" }) => `${pathOf(parent)} → ${pathOf(url)}`),
    ...[...external].filter((link) => !/^https:\/\/[^/]/.test(link)).map((link) => `not https: ${link}`),
  ];
}

/** Relative to the repository; linkinator names some by their file, others as it serves them. */
const pathOf = (link: string): string => link.replace(root, "").replace(/^http:\/\/[^/]*\//, "");

const broken = [
  ...(await brokenLinks("the site", { path: `${root}site`, recurse: true })),
  ...(await brokenLinks("Markdown", {
    path: globSync(MARKDOWN, { cwd: root, exclude: ["**/node_modules/**"] }),
    serverRoot: root,
    markdown: true,
    directoryListing: true,
  })),
];
for (const line of broken) console.error(`broken: ${line}`);
if (broken.length > 0) process.exitCode = 1;
