import { fieldOf, textOf } from "../field-of.ts";
import { copyText } from "../response/bound-error-body.ts";
import { factsOf } from "./facts.ts";

const LONGEST_MESSAGE = 200;

/**
 * Describes why a fetch failed: "could not resolve api.arize.invalid (ENOTFOUND)". For an unknown error, quotes its code, or the
 * innermost message that is not empty. `cause` is a copy without secrets (copy-cause.ts).
 */
export function reasonOf(cause: unknown, url: URL): string {
  const links = linksOf(cause);
  for (const link of links) {
    const { words, groups } = factsOf(link).find((fact) => fact.words) ?? {};
    if (!words) continue;
    const places: Record<string, string> = { ...placesOf(link, links, url), ...groups };
    const said = textOf(link, "code") ?? brief(textOf(link, "message") ?? "");
    return `${words.replace(/{(\w+)}/, (_, name) => places[name] ?? "")} (${said})`;
  }
  const last = (name: string) =>
    links.map((link) => String(fieldOf(link, name) ?? "").trim()).findLast(Boolean);
  const code = links.map((link) => textOf(link, "code")).find(Boolean);
  const said = code ?? last("message") ?? last("name") ?? shown(cause);
  return `no complete response (${brief(said)})`;
}

/** Returns the code of an error, or of its outermost cause that has one. */
export const codeOf = (cause: unknown): string | undefined =>
  linksOf(cause)
    .map((link) => textOf(link, "code"))
    .find((code) => code && /^\w{1,60}$/.test(code));

/** Collects an error, the members of an AggregateError, and their causes. */
function linksOf(link: unknown, found: object[] = []): object[] {
  if (typeof link !== "object" || link === null || found.includes(link)) return found;
  found.push(link);
  for (const inner of [fieldOf(link, "errors"), fieldOf(link, "cause")].flat()) linksOf(inner, found);
  return found;
}

/** The values for the placeholders of a description. A host with several addresses fails with one error for each. */
function placesOf(link: object, links: readonly object[], url: URL): Record<string, string> {
  const code = textOf(link, "code");
  const alike = links.filter((other) => textOf(other, "code") === code);
  const targets = alike.flatMap((other) => {
    const address = textOf(other, "address");
    return address ? [hostAndPort(address, fieldOf(other, "port"))] : [];
  });
  const port = url.port || (url.protocol === "http:" ? "80" : "443");
  return {
    hostname: alike.map((other) => textOf(other, "hostname")).find(Boolean) ?? url.hostname,
    port,
    target: [...new Set(targets)].join(" and ") || hostAndPort(url.hostname, port),
  };
}

const hostAndPort = (host: string, port: unknown): string =>
  [/^[^[].*:/.test(host) ? `[${host}]` : host, port].filter(Boolean).join(":");

/** Describes a thrown value that has neither code, message nor name. */
const shown = (value: unknown): string =>
  typeof value === "object" && value !== null ? "an object" : String(value).trim() || "unknown reason";

function brief(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST_MESSAGE ? copyText(`${line.slice(0, LONGEST_MESSAGE)}…`) : line;
}
