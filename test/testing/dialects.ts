import type { Sandbox, SandboxOptions } from "ax-users/testing";
import { IS_FULL_RUN } from "../helpers/full.ts";
import { SPELLINGS } from "../helpers/spellings.ts";
import { call, open, type Reply } from "./helpers.ts";

export const DIALECTS = ["alpha", "current"] as const;

export type Dialect = (typeof DIALECTS)[number];

/** The dialects of tests that take long: the quick run has one of them. */
export const CHECKED_DIALECTS: readonly Dialect[] = IS_FULL_RUN ? DIALECTS : ["alpha"];

/**
 * `open` and `call` for tests that hold in both dialects and are written in alpha's spelling: requests go out in that of
 * the dialect, and answers come back in alpha's. A value in an answer that the dialect does not have fails the test.
 */
export function inEra(dialect: Dialect) {
  const write = (value: string) => (dialect === "alpha" ? value : (SPELLINGS[value] ?? value.toUpperCase()));
  return {
    open: (options?: SandboxOptions): Promise<Sandbox> => open({ ...options, dialect }),
    call: async <Body>(
      sandbox: Sandbox,
      method: string,
      path: string,
      body?: unknown,
      headers?: Record<string, string>,
    ): Promise<Reply<Body>> => {
      const spelledPath = path.replace(/(?<=[?&]status=)[^&]*/g, write);
      const reply = await call<Body>(sandbox, method, spelledPath, mapEnums(body, write), headers);
      return { ...reply, body: mapEnums(reply.body, (value) => read(value, dialect)) };
    },
  };
}

function read(written: string, dialect: Dialect): string {
  const [alpha] = Object.entries(SPELLINGS).find((pair) => pair[DIALECTS.indexOf(dialect)] === written) ?? [];
  if (alpha === undefined) throw new Error(`The ${dialect} dialect has no enum value ${written}.`);
  return alpha;
}

/** A copy of a body in which all enum values are replaced. */
function mapEnums<Body>(body: Body, map: (value: string) => string): Body {
  if (typeof body !== "object") return body;
  return JSON.parse(JSON.stringify(body), (key, value) => {
    if (typeof value === "string" && ["status", "invite_mode"].includes(key)) return map(value);
    return key === "role" && typeof value === "object" && !Array.isArray(value) ? mapRole(value, map) : value;
  });
}

function mapRole(role: Record<string, unknown>, map: (value: string) => string): Record<string, unknown> {
  const { type, name } = role;
  return {
    ...role,
    ...(typeof type === "string" && { type: map(type) }),
    // The name of a custom role is free text.
    ...(typeof name === "string" && !("id" in role) && { name: map(name) }),
  };
}
