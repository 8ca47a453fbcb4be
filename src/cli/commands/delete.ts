import type { BulkUserDeletionResult } from "ax-users";
import type { Command } from "../args/command.ts";
import { openClient } from "../client.ts";
import { CONFIRM_REMOVALS, confirm, people } from "../confirm.ts";
import { EXIT } from "../exit.ts";
import { progressOf } from "../io/progress.ts";
import { codeOfFailures, RESULT_COLUMNS, type TargetResult } from "./shared.ts";

/** One result per person. The exit code is 1 if somebody is not found: the address may be misspelt. */
export const deleteUsers: Command = {
  name: "delete",
  summary: "Removes users for good: their addresses can never be invited again.",
  arguments: ["USER..."],
  options: { "confirm-removals": CONFIRM_REMOVALS },
  examples: [
    "ax-users delete ada@example.com",
    "ax-users delete ada@example.com grace@example.com --confirm-removals 2",
  ],
  async run(context) {
    const { args, io, output } = context;
    const users = distinct(args.positionals);
    await confirm(context, {
      removals: users.length,
      what: `Remove ${people(users.length)} for good`,
      preview: () =>
        `These people will be removed for good, and can never be invited again:\n  ${users.join("\n  ")}`,
    });
    const client = await openClient(context);
    const progress = progressOf(io, args.flag("quiet"));
    const results = await client.users
      .bulkDelete(
        {
          userIds: users.filter((user) => !user.includes("@")),
          emails: users.filter((user) => user.includes("@")),
          onProgress: ({ done, total, failed }) => progress.update(done, total, `${failed} failed`),
        },
        { signal: io.signal },
      )
      .finally(() => progress.stop());
    output.list(results.map(shownResult), RESULT_COLUMNS);
    return codeOf(results, io.signal);
  },
};

const distinct = (users: readonly string[]): string[] => [
  ...new Map(users.map((user) => [user.includes("@") ? user.trim().toLowerCase() : user, user])).values(),
];

const shownResult = (result: BulkUserDeletionResult): TargetResult & { email?: string; userId?: string } => {
  const { email, userId, status } = result;
  return {
    user: email ?? userId ?? "",
    ...(email !== undefined && { email }),
    ...(userId !== undefined && { userId }),
    status,
    ...("error" in result && { error: result.error }),
    ...("outcome" in result && { outcome: result.outcome }),
  };
};

function codeOf(results: readonly BulkUserDeletionResult[], signal: AbortSignal): number {
  const failed = results.flatMap((result) => (result.status === "failed" ? [result] : []));
  const isInterrupted = signal.aborted && failed.some(({ attempted }) => !attempted);
  const code = codeOfFailures(
    failed.map(({ cause }) => cause),
    isInterrupted,
  );
  const isMissing = results.some(({ status }) => status === "not_found");
  return code === EXIT.done && isMissing ? EXIT.failed : code;
}
