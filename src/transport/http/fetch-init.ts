import { withoutUndiciTimeouts } from "../../util/runtime.ts";
import type { RequestContext } from "../request-context.ts";

/** undici's own limits for the head of a response and between two parts of its body, of which Node has no setting. */
const UNDICI_TIMEOUT_MS = 300_000;

let cacheMode: { cache: "no-store" } | Record<string, never> | undefined;

/** What `fetch` is given besides the address. `limitMs`: how long it may take. */
export function fetchInit(
  { request: { method, body }, call, token }: RequestContext,
  signal: AbortSignal,
  limitMs: number,
): RequestInit {
  cacheMode ??= noStore();
  const { apiKey, fetch } = call.client.settings;
  const headers: Record<string, string> = { ...call.headers, authorization: `Bearer ${token ?? apiKey}` };
  if (body !== undefined) headers["content-type"] ??= "application/json";
  else if ("content-type" in headers) delete headers["content-type"];
  return {
    method,
    headers,
    body: body ?? null,
    signal,
    redirect: "manual",
    ...cacheMode,
    // A fetch that the caller gave has limits of its own.
    ...(!fetch && limitMs > UNDICI_TIMEOUT_MS && withoutUndiciTimeouts()),
  };
}

/**
 * Keeps responses out of caches: those of browsers, and that of Next.js 14, which otherwise answers with what it got when it
 * was built. Cloudflare's Workers refuse the setting before compatibility date 2024-11-11, and have no such cache.
 */
function noStore(): NonNullable<typeof cacheMode> {
  try {
    new Request("https://api.arize.com", { cache: "no-store" });
    return { cache: "no-store" };
  } catch {
    return {};
  }
}
