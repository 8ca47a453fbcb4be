/** Whether what a caller was told is what is so on the server. */
import type { BulkResult } from "./clients/client.ts";
import type { Account } from "./servers.ts";

export interface Call {
  readonly kind: "get" | "list" | "create" | "rename" | "delete" | "resend" | "bulk";
  /** Users of this call alone. */
  readonly ids: string[];
  /** The name or the address that it gives. */
  readonly text: string;
}

/** What a call gave, or what its error said of whether anything happened. */
export interface Told {
  readonly isError: boolean;
  readonly value?: { readonly id?: string } | readonly BulkResult[] | undefined;
  readonly claim?: "not_applied" | "unknown" | undefined;
}

/**
 * - `well`: it did what it was to do, once, and said so.
 * - `failed`: it said that it failed, and truly whether anything happened, or that nobody knows.
 * - `unsaid`: it said that it failed, and left open whether anything happened.
 * - `untrue`: it said it did what it did not, that it did not what it did, or did it twice.
 */
export type Verdict = "well" | "failed" | "unsaid" | "untrue";

export function audit(call: Call, told: Told, account: Account): Verdict {
  const times = timesDone(call, account);
  if (times > 1) return "untrue";
  if (told.isError) return auditError(call, told, times > 0);
  if (call.kind === "bulk") return auditBulk(call, told.value as BulkResult[], account);
  return times === 1 && isAnswer(call, told, account) ? "well" : "untrue";
}

/** How often the call had its effect; reading always has. */
function timesDone({ kind, ids: [id = ""], ids, text }: Call, { users, removed, mails }: Account): number {
  switch (kind) {
    case "create":
      return users.filter(({ email }) => email === text).length;
    case "rename":
      return users.some((user) => user.id === id && user.name === text) ? 1 : 0;
    case "delete":
    case "bulk":
      return removed.some((user) => ids.includes(user.id)) ? 1 : 0;
    case "resend":
      return mails.filter(({ userId }) => userId === id).length;
    default:
      return 1;
  }
}

/** Whether what was given is what was asked for. */
function isAnswer({ kind, ids: [id], text }: Call, { value }: Told, { users }: Account): boolean {
  const given = Object(value);
  if (kind === "list") return [given.users ?? given.data].flat().length === 50;
  if (kind === "create") return users.some((user) => user.email === text && user.id === given.id);
  return kind === "get" || kind === "rename" ? given.id === id : true;
}

function auditError({ kind }: Call, { claim }: Told, isDone: boolean): Verdict {
  // Nobody has to ask what became of a read.
  if (kind === "get" || kind === "list" || claim === "unknown") return "failed";
  if (claim === undefined) return "unsaid";
  return isDone ? "untrue" : "failed";
}

function auditBulk({ ids }: Call, results: readonly BulkResult[], { removed }: Account): Verdict {
  const verdicts = ids.map((id): Verdict => {
    const isGone = removed.some((user) => user.id === id);
    const result = results.find(({ userId }) => userId === id);
    if (result?.status === "deleted") return isGone ? "well" : "untrue";
    if (result?.status !== "failed") return "untrue";
    if (result.outcome === undefined) return "unsaid";
    return result.outcome === "not_applied" && isGone ? "untrue" : "failed";
  });
  return (["untrue", "unsaid", "failed"] as const).find((verdict) => verdicts.includes(verdict)) ?? "well";
}
