import { readFile } from "node:fs/promises";

const MAX_BYTES = 20_000_000;
const TIMEOUT_MS = 60_000;
const MAX_REDIRECTS = 5;

/** The text of a file, or of what is published at an `https:` address. */
export const readSource = (source: string): Promise<string> =>
  /^https?:/.test(source) ? readUrl(new URL(source), MAX_REDIRECTS) : readFile(source, "utf8");

async function readUrl(url: URL, redirects: number): Promise<string> {
  requireSafe(url);
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
  const location = response.headers.get("location");
  if (location !== null && redirects > 0) return readUrl(new URL(location, url), redirects - 1);
  if (!response.ok || !response.body) throw new Error(`${url} responded with ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`${url} has more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The document becomes code: nobody may change it on its way. */
function requireSafe({ protocol, hostname }: URL): void {
  if (protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname)) return;
  throw new Error(`The document must come over https:, received ${protocol}//${hostname}.`);
}
