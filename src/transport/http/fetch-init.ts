import { unlessThrows } from "../../util/call-safely.ts";
import { withoutUndiciTimeouts } from "../../util/runtime.ts";
import type { RequestContext } from "../call-context.ts";

/** undici's time limits for the headers of a response and between two chunks of its body. Node's `fetch` cannot change them. */
const UNDICI_TIMEOUT_MS = 300_000;

let cacheMode: { cache: "no-store" } | Record<string, never> | undefined;

/** Makes the options for `fetch`. `limitMs` is the time limit of the attempt. */
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
    // The caller's `fetch` has its own time limits.
    ...(!fetch && limitMs > UNDICI_TIMEOUT_MS && withoutUndiciTimeouts()),
  };
}

/**
 * Disables caching in browsers and in Next.js 14, which would otherwise return responses from build time. Cloudflare Workers
 * reject this option before compatibility date 2024-11-11, but have no such cache.
 */
function noStore(): NonNullable<typeof cacheMode> {
  const mode = { cache: "no-store" } as const;
  return unlessThrows(() => new Request("https://api.arize.com", mode)) ? mode : {};
}
