/**
 * Runs a script with what a page has, and nothing of Node's: no process, no require, no Buffer.
 * Arguments: the script, the address and the key of the account, and what `process` is there, if anything, as JSON.
 */
import { readFileSync } from "node:fs";
import { createContext, Script } from "node:vm";
import type { Report } from "./life/life.ts";

const [, , file = "", baseUrl, apiKey, shim] = process.argv;

const { AbortController, AbortSignal, atob, btoa, clearTimeout, console, crypto, DOMException } = globalThis;
const { Event, EventTarget, fetch, FormData, Headers, performance, queueMicrotask, ReadableStream } =
  globalThis;
const { Request, Response, structuredClone, TextDecoder, TextEncoder, URL, URLSearchParams } = globalThis;

/** A timer is a number in a page. */
const timers: ReturnType<typeof setTimeout>[] = [];

const page = {
  ...{ AbortController, AbortSignal, atob, btoa, console, crypto, DOMException },
  ...{ Event, EventTarget, fetch, FormData, Headers, performance, queueMicrotask, ReadableStream },
  ...{ Request, Response, structuredClone, TextDecoder, TextEncoder, URL, URLSearchParams },
  setTimeout: (action: () => void, ms: number) => timers.push(setTimeout(action, ms)),
  clearTimeout: (timer: number) => clearTimeout(timers[timer - 1]),
  settings: { baseUrl, apiKey },
  report: async (life: Promise<Report>) => console.log(JSON.stringify(await life)),
  ...(shim && { process: JSON.parse(shim) }),
};

const context = createContext({ ...page, window: undefined, self: undefined });
new Script("globalThis.window = globalThis.self = globalThis").runInContext(context);
new Script(readFileSync(file, "utf8"), { filename: file }).runInContext(context);
