import { expect } from "vitest";
import type { Api } from "./clients.ts";
import type { Settled } from "./compare.ts";

/** A call that both clients make. */
export interface Step {
  title: string;
  call: (api: Api) => Promise<unknown>;
  /** The status with which theirs is refused. Left out, it is not. */
  refused?: number;
  /** The only dialect that it is for. Default: both. */
  dialect?: "alpha";
  /** What ours does instead of the same. */
  ours?: object;
}

/** Both give the same, or both are refused with the same status, for the reason that the server gave. */
export function check({ refused, ours: instead }: Step, theirs: Settled, ours: Settled): void {
  if (refused === undefined) expect(theirs).toHaveProperty("gave");
  else expect(theirs).toMatchObject({ status: refused });
  if (instead) expect(ours).toMatchObject(instead);
  else if ("gave" in theirs) expect(ours).toStrictEqual(theirs);
  else {
    expect(ours).toMatchObject({ status: theirs.status });
    expect(theirs.message).toContain("detail" in ours ? ours.detail : "");
  }
}

/** All pages of a list. */
export async function allPages(
  list: (params: { limit: number; cursor?: string }) => Promise<unknown>,
  limit: number,
): Promise<unknown[]> {
  const pages: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = (await list({ limit, ...(cursor !== undefined && { cursor }) })) as Page;
    pages.push(page);
    cursor = page.pagination.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

interface Page {
  data: unknown[];
  pagination: { nextCursor?: string; hasMore: boolean };
}
