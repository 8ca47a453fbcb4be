import type { Core } from "../../src/core/core.ts";
import type { RequestOptions } from "../../src/options.ts";
import { bulkDeleteUsers } from "../../src/users/bulk-delete.ts";
import { createUser } from "../../src/users/create.ts";
import { listUsers } from "../../src/users/list.ts";
import {
  deleteUser,
  getUser,
  resendInvitation,
  resetPassword,
  updateUser,
} from "../../src/users/operations.ts";
import type { BulkUserDeletionResult, CreatedUser, CreateUserParams } from "../../src/users/types.ts";
import type { ModelAccount, ModelUser } from "./model-server.ts";
import { NEW_USER } from "./scripted-server.ts";

/** What a caller was told in the end. */
export type Told = { readonly value: unknown } | { readonly error: unknown };

/** A call, and what to hold against each other afterwards. */
export interface AuditedCall {
  readonly call: (core: Core, options?: RequestOptions) => PromiseLike<unknown>;
  /** Whatever of what the caller was told is not what the server did. */
  readonly audit: (told: Told) => string[];
}

/** Prepares a call on an account: `tag` goes with its requests, and `index` sets it apart from others. */
type Prepare = (account: ModelAccount, tag: string, index: number) => AuditedCall;

const claims = (wrong: [boolean, string][]): string[] =>
  wrong.flatMap(([isWrong, what]) => (isWrong ? [what] : []));

const outcomeOf = (error: unknown): unknown =>
  error instanceof Error && "outcome" in error ? error.outcome : undefined;

/** What holds for every call that changes something, beside what holds for its success. */
function audited(
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
  const withTag: AuditedCall["call"] = (core, options) =>
    call(core, { ...options, headers: { ...options?.headers, "x-call": tag } });
  const audit = (told: Told) => [
    ...auditOne(told),
    ...claims([
      [account.changesOf(tag, "create").length > 1, "it created twice"],
      [account.changesOf(tag, "resend-invitation").length > 1, "it mailed two invitations"],
      [account.changesOf(tag, "reset-password").length > 1, "it mailed two links"],
    ]),
  ];
  return { call: withTag, audit: (told) => audit(told).map((what) => `call ${tag}: ${what}`) };
}

const creates =
  (fields: Partial<CreateUserParams>, present?: ModelUser["status"]): Prepare =>
  (account, tag, index) => {
    // Two calls that follow one another want the same address.
    const email = `${present ?? "new"}${fields.inviteMode ?? ""}${index >> 1}@example.com`;
    if (present && account.withEmail(email).length === 0) account.add({ email, status: present });
    const call: AuditedCall["call"] = (core, options) =>
      createUser(core, { ...NEW_USER, ...fields, email }, options);
    const one = audited(account, tag, call, (value) => {
      const { id, outcome, temporaryPassword } = value as CreatedUser;
      const [user, ...others] = account.withEmail(email);
      const made = account.changesOf(tag, "create").length;
      return claims([
        [!user || user.id !== id || others.length > 0, "there is not just the one user that it gives"],
        [outcome === "created" && user?.madeBy !== tag, "it created nobody and says so"],
        [outcome === "existing" && made > 0, "it created somebody and says they were there before"],
        [
          outcome === "created" && temporaryPassword !== user?.temporaryPassword,
          "it does not give the password that the user has",
        ],
      ]);
    });
    const audit = (told: Told) => [
      ...one.audit(told),
      ...claims([[account.withEmail(email).length > 1, `call ${tag}: two users have ${email}`]]),
    ];
    return { call: one.call, audit };
  };

const onUser =
  (
    status: ModelUser["status"],
    call: (core: Core, userId: string, tag: string, options?: RequestOptions) => PromiseLike<unknown>,
    wrong: (user: ModelUser, account: ModelAccount, tag: string) => [boolean, string],
  ): Prepare =>
  (account, tag) => {
    const user = account.add({ email: `of${tag}@example.com`, status });
    return audited(
      account,
      tag,
      (core, options) => call(core, user.id, tag, options),
      () => claims([wrong(user, account, tag)]),
    );
  };

const bulkDelete: Prepare = (account, tag) => {
  const users = [0, 1, 2, 3].map((place) =>
    account.add({ email: `bulk${place}of${tag}@example.com`, status: "active" }),
  );
  const [first, second, third, fourth] = users.map(({ id, email }) => ({ id, email }));
  const params = {
    userIds: [first?.id ?? "", second?.id ?? "", "nobody"],
    emails: [third?.email ?? "", fourth?.email ?? ""],
  };
  const call: AuditedCall["call"] = (core, options) => bulkDeleteUsers(core, params, options);
  return audited(account, tag, call, (value) => {
    const results = value as BulkUserDeletionResult[];
    const wrong = results.flatMap((result) => {
      const user = users.find(({ id, email }) => id === result.userId || email === result.email);
      const gone = user?.status === "inactive";
      const denied =
        result.status === "failed" && (outcomeOf(result.cause) ?? "not_applied") === "not_applied";
      return claims([
        [result.status === "deleted" && !gone, "says deleted of a user who is there"],
        [result.status === "not_found" && user !== undefined, "says not_found of a user who was there"],
        [denied && gone, `says not_applied of a user who is gone (${JSON.stringify(result)})`],
      ]);
    });
    return [...wrong, ...claims([[results.length !== 5, `it has ${results.length} results`]])];
  });
};

const temporary = { inviteMode: "temporary_password" } as const;
const or = { onExisting: "throw" } as const;

/** Every kind of call there is. */
export const auditedCalls: Readonly<Record<string, Prepare>> = {
  list: (account, tag) =>
    audited(
      account,
      tag,
      (core, options) => listUsers(core, { limit: 5 }, options),
      () => [],
    ),
  get: onUser(
    "active",
    (core, userId, _, options) => getUser(core, { userId }, options),
    () => [false, ""],
  ),
  create: creates({}),
  "create, active": creates({ inviteMode: "none" }),
  "create, with a password": creates(temporary),
  "create or throw": creates({ ...or, inviteMode: "none" }),
  "create somebody active": creates({}, "active"),
  "create somebody invited": creates({}, "invited"),
  "create somebody active or throw": creates({ ...or, ...temporary }, "active"),
  update: onUser(
    "active",
    (core, userId, tag, options) => updateUser(core, { userId, name: `new ${tag}` }, options),
    ({ name }, _, tag) => [name !== `new ${tag}`, "it updated nothing"],
  ),
  delete: onUser(
    "active",
    (core, userId, _, options) => deleteUser(core, { userId }, options),
    ({ status }) => [status !== "inactive", "it deleted nobody"],
  ),
  resend: onUser(
    "invited",
    (core, userId, _, options) => resendInvitation(core, { userId }, options),
    (_, account, tag) => [account.changesOf(tag).length !== 1, "it did not mail once"],
  ),
  reset: onUser(
    "active",
    (core, userId, _, options) => resetPassword(core, { userId }, options),
    (_, account, tag) => [account.changesOf(tag).length !== 1, "it did not mail once"],
  ),
  bulkDelete,
};

/** What a promise comes to, as its caller is told. */
export const toldOf = (promise: PromiseLike<unknown>): Promise<Told> =>
  Promise.resolve(
    promise.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
  );
