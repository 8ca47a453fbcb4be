import type { BulkUserCreationResult, BulkUserDeletionResult } from "ax-users";
import { type AuditedCall, audited, claims, outcomeOf, type Prepare } from "./audit.ts";
import { liesOfCreated, timesMade } from "./audited-users.ts";
import { NEW_USER } from "./scripted-server.ts";

/** Whether a failure says that nothing was done. */
const denies = (cause: unknown): boolean => (outcomeOf(cause) ?? "not_applied") === "not_applied";

export const bulkDelete: Prepare = (account, tag) => {
  const users = [0, 1, 2, 3].map((place) =>
    account.add({ email: `bulk${place}of${tag}@example.com`, status: "active" }),
  );
  const [first, second, third, fourth] = users.map(({ id, email }) => ({ id, email }));
  const params = {
    userIds: [first?.id ?? "", second?.id ?? "", "nobody"],
    emails: [third?.email ?? "", fourth?.email ?? ""],
  };
  const call: AuditedCall["call"] = (client, options) => client.users.bulkDelete(params, options);
  return audited(account, tag, call, (value) => {
    const results = value as BulkUserDeletionResult[];
    const wrong = results.flatMap((result) => {
      const user = users.find(({ id, email }) => id === result.userId || email === result.email);
      const gone = user?.status === "inactive";
      const denied = result.status === "failed" && denies(result.cause);
      return claims([
        [result.status === "deleted" && !gone, "says deleted of a user who is there"],
        [result.status === "not_found" && user !== undefined, "says not_found of a user who was there"],
        [denied && gone, `says not_applied of a user who is gone (${JSON.stringify(result)})`],
      ]);
    });
    return [...wrong, ...claims([[results.length !== 5, `it has ${results.length} results`]])];
  });
};

const MODES = ["email_link", "temporary_password", "none"] as const;

/** Three newcomers, one who is there and one who was removed. */
export const createMany: Prepare = (account, tag, index) => {
  // Two calls that follow one another want the same addresses.
  const newcomers = MODES.map((inviteMode) => ({
    ...NEW_USER,
    inviteMode,
    email: `${inviteMode}of${index >> 1}@many.example.com`,
  }));
  const others = (["active", "inactive"] as const).map((status) =>
    account.add({ email: `${status}of${tag}@many.example.com`, status }),
  );
  const users = [...newcomers, ...others.map(({ email }) => ({ ...NEW_USER, email }))];
  const call: AuditedCall["call"] = (client, options) => client.users.createMany({ users }, options);
  return audited(account, tag, call, (value) => {
    const results = value as BulkUserCreationResult[];
    const wrong = results.flatMap((result) => {
      if (result.status !== "failed") return liesOfCreated(account, tag, result.email, result.user);
      const [user, ...more] = account.withEmail(result.email);
      const denied = denies(result.cause) && timesMade(account, tag, user) > 0;
      return claims([
        [denied, `says not_applied of a user whom it created (${result.email})`],
        [more.length > 0, `two users have ${result.email}`],
      ]);
    });
    return [...wrong, ...claims([[results.length !== users.length, `it has ${results.length} results`]])];
  });
};
