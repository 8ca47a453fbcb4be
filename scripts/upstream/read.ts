import { readFile } from "node:fs/promises";

const MAX_BYTES = 20_000_000;
const TIMEOUT_MS = 60_000;

/** The text of a file, or of what is published at an `https:` address. */
export const readSource = (source: string): Promise<string> =>
  /^https?:/.test(source) ? fetchText(new URL(source)) : readFile(source, "utf8");

async function fetchText(url: URL): Promise<string> {
  requireSafe(url);
  const response = await fetch(url, {
    headers: { accept: "application/yaml, application/json" },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  requireSafe(new URL(response.url));
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

/** What comes from elsewhere becomes code; on the way nobody may change it. */
function requireSafe({ protocol, hostname }: URL): void {
  if (protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname)) return;
  throw new Error(`The document must come over https:, received ${protocol}//${hostname}.`);
}
