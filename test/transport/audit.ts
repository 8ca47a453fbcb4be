import type { ArizeClient, RequestOptions } from "ax-users";
import type { ModelAccount } from "./model-server.ts";

/** What a caller was told in the end. */
export type Told = { readonly value: unknown } | { readonly error: unknown };

/** A call, and what to hold against each other afterwards. */
export interface AuditedCall {
  readonly call: (client: ArizeClient, options?: RequestOptions) => PromiseLike<unknown>;
  /** Whatever of what the caller was told is not what the server did. */
  readonly audit: (told: Told) => string[];
}

/** Prepares a call on an account: `tag` goes with its requests, and `index` sets it apart from others. */
export type Prepare = (account: ModelAccount, tag: string, index: number) => AuditedCall;

export const claims = (wrong: [boolean, string][]): string[] =>
  wrong.flatMap(([isWrong, what]) => (isWrong ? [what] : []));

export const outcomeOf = (error: unknown): unknown =>
  error instanceof Error && "outcome" in error ? error.outcome : undefined;

/** What holds for every call that changes something, beside what holds for its success. */
export function audited(
  account: ModelAccount,
  tag: string,
  call: AuditedCall["call"],
  onSuccess: (value: unknown) => string[],
): AuditedCall {
  const auditOne = (told: Told) => {
    const changes = account.changesOf(tag);
    if ("value" in told) return onSuccess(told.value);
    const denied = outcomeOf(told.error) === "not_applied" && changes.length > 0;
    return claims([[denied, `${told.error} is told not_applied, and was: ${JSON.stringify(changes)}`]]);
  };
  const withTag: AuditedCall["call"] = (client, options) =>
    call(client, { ...options, headers: { ...options?.headers, "x-call": tag } });
  const audit = (told: Told) => [
    ...auditOne(told),
    ...claims([
      [account.changesOf(tag, "resend-invitation").length > 1, "it mailed two invitations"],
      [account.changesOf(tag, "reset-password").length > 1, "it mailed two links"],
    ]),
  ];
  return { call: withTag, audit: (told) => audit(told).map((what) => `call ${tag}: ${what}`) };
}

/** What a promise comes to, as its caller is told. */
export const toldOf = (promise: PromiseLike<unknown>): Promise<Told> =>
  Promise.resolve(
    promise.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
  );
