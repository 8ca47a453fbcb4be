import type { ArizeClient, CreatedUser, CreateUserParams, RequestOptions } from "ax-users";
import { type AuditedCall, audited, claims, type Prepare } from "./audit.ts";
import type { ModelAccount, ModelUser } from "./model-server.ts";
import { NEW_USER } from "./scripted-server.ts";

/** How often a call created the user. */
export const timesMade = (account: ModelAccount, tag: string, user: ModelUser | undefined): number =>
  account.changesOf(tag, "create").filter(({ userId }) => userId === user?.id).length;

/** Whatever of what a create gives is not what the server did. */
export function liesOfCreated(
  account: ModelAccount,
  tag: string,
  email: string,
  told: CreatedUser,
): string[] {
  const { id, outcome, temporaryPassword } = told;
  const [user, ...others] = account.withEmail(email);
  const made = timesMade(account, tag, user);
  return claims([
    [!user || user.id !== id || others.length > 0, "there is not just the one user that it gives"],
    [outcome === "created" && user?.madeBy !== tag, "it created nobody and says so"],
    [outcome === "existing" && made > 0, "it created somebody and says they were there before"],
    [
      outcome === "created" && temporaryPassword !== user?.temporaryPassword,
      "it does not give the password that the user has",
    ],
  ]);
}

const creates =
  (fields: Partial<CreateUserParams>, present?: ModelUser["status"]): Prepare =>
  (account, tag, index) => {
    // Two calls that follow one another want the same address.
    const email = `${present ?? "new"}${fields.inviteMode ?? ""}${index >> 1}@example.com`;
    if (present && account.withEmail(email).length === 0) account.add({ email, status: present });
    const call: AuditedCall["call"] = (client, options) =>
      client.users.create({ ...NEW_USER, ...fields, email }, options);
    const one = audited(account, tag, call, (value) =>
      liesOfCreated(account, tag, email, value as CreatedUser),
    );
    const audit: AuditedCall["audit"] = (told) => [
      ...one.audit(told),
      ...claims([
        [account.withEmail(email).length > 1, `call ${tag}: two users have ${email}`],
        [account.changesOf(tag, "create").length > 1, `call ${tag}: it created twice`],
      ]),
    ];
    return { call: one.call, audit };
  };

const onUser =
  (
    status: ModelUser["status"],
    call: (
      client: ArizeClient,
      userId: string,
      tag: string,
      options?: RequestOptions,
    ) => PromiseLike<unknown>,
    wrong: (user: ModelUser, account: ModelAccount, tag: string) => [boolean, string],
  ): Prepare =>
  (account, tag) => {
    const user = account.add({ email: `of${tag}@example.com`, status });
    return audited(
      account,
      tag,
      (client, options) => call(client, user.id, tag, options),
      () => claims([wrong(user, account, tag)]),
    );
  };

const temporary = { inviteMode: "temporary_password" } as const;
const or = { onExisting: "throw" } as const;

export const userCalls: Readonly<Record<string, Prepare>> = {
  list: (account, tag) =>
    audited(
      account,
      tag,
      (client, options) => client.users.list({ limit: 5 }, options),
      () => [],
    ),
  get: onUser(
    "active",
    (client, userId, _, options) => client.users.get({ userId }, options),
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
    (client, userId, tag, options) => client.users.update({ userId, name: `new ${tag}` }, options),
    ({ name }, _, tag) => [name !== `new ${tag}`, "it updated nothing"],
  ),
  delete: onUser(
    "active",
    (client, userId, _, options) => client.users.delete({ userId }, options),
    ({ status }) => [status !== "inactive", "it deleted nobody"],
  ),
  resend: onUser(
    "invited",
    (client, userId, _, options) => client.users.resendInvitation({ userId }, options),
    (_, account, tag) => [account.changesOf(tag).length !== 1, "it did not mail once"],
  ),
  reset: onUser(
    "active",
    (client, userId, _, options) => client.users.resetPassword({ userId }, options),
    (_, account, tag) => [account.changesOf(tag).length !== 1, "it did not mail once"],
  ),
};
