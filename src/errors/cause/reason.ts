import { fieldOf, textOf } from "../field-of.ts";
import type { Redact } from "../redaction/redact.ts";
import { copyText } from "../response/bound-error-body.ts";
import { linksOf } from "./links.ts";
import { type Failed, wordsFor, wordsForMessage } from "./reason-words.ts";

const LONGEST_MESSAGE = 200;

/**
 * Why a fetch failed, in words: "could not resolve api.arize.invalid (ENOTFOUND)". Without a code, the innermost message
 * that says anything.
 */
export function reasonOf(error: unknown, url: string, redact: Redact): string {
  const links = linksOf(error);
  const coded = links.filter((link) => textOf(link, "code") !== undefined);
  for (const link of coded) {
    const failed = read(link, coded, url);
    const words = wordsFor(failed);
    if (words) return redact(`${words} (${failed.code})`);
  }
  const code = coded.map((link) => textOf(link, "code"))[0];
  if (code) return `no complete response (${brief(redact(code))})`;
  // A secret that is cut is not recognized, so that the message is redacted first.
  const message = brief(redact(innermost(links) ?? shown(error)));
  return `${wordsForMessage(message, new URL(url)) ?? "no complete response"} (${message})`;
}

function read(link: object, coded: readonly object[], url: string): Failed {
  const code = textOf(link, "code") ?? "";
  const alike = coded.filter((other) => textOf(other, "code") === code);
  const targets = alike.flatMap((other) => targetOf(other) ?? []);
  const { hostname } = new URL(url);
  return {
    code,
    syscall: textOf(link, "syscall") ?? "",
    message: textOf(link, "message") ?? "",
    hostname: alike.map((other) => textOf(other, "hostname")).find(Boolean) ?? hostname,
    target: [...new Set(targets)].join(" and ") || hostAndPort(url),
  };
}

/** The address that a connection was tried to. */
function targetOf(link: object): string | undefined {
  const address = textOf(link, "address");
  const port = fieldOf(link, "port");
  if (address === undefined) return undefined;
  const host = address.includes(":") ? `[${address}]` : address;
  return typeof port === "number" || typeof port === "string" ? `${host}:${port}` : host;
}

function hostAndPort(url: string): string {
  const { hostname, port, protocol } = new URL(url);
  return `${hostname}:${port || (protocol === "http:" ? 80 : 443)}`;
}

/** The last of the messages, else of the names, that is not empty. */
const innermost = (links: readonly object[]): string | undefined =>
  links.flatMap((link) => messageOf(link) ?? []).at(-1) ??
  links.flatMap((link) => textOf(link, "name") ?? []).at(-1);

const messageOf = (link: object): string | undefined => {
  const message = fieldOf(link, "message");
  return typeof message === "string" ? textOf(link, "message") : shownIfGiven(message);
};

const shownIfGiven = (value: unknown): string | undefined => (value === undefined ? undefined : shown(value));

/** What was thrown that is no error. */
const shown = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? "an object"
    : typeof value === "function"
      ? "a function"
      : String(value).trim() || "unknown reason";

const brief = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST_MESSAGE ? copyText(`${line.slice(0, LONGEST_MESSAGE)}…`) : line;
};
