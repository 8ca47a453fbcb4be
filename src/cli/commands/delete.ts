import { type ArizeClient, type BulkUserDeletionResult, NotFoundError, ValidationError } from "ax-users";
import type { Command } from "../args/command.ts";
import { openClient } from "../client.ts";
import { CONFIRM_REMOVALS, confirm, linesFor, people } from "../confirm.ts";
import { EXIT } from "../exit.ts";
import { progressOf } from "../io/progress.ts";
import { codeOfFailures, distinct, RESULT_COLUMNS, roleText, type TargetResult } from "./shared.ts";

/** One result per person. The exit code is 1 if somebody is not found: the address may be misspelt. */
export const deleteUsers: Command = {
  name: "delete",
  summary: "Removes users for good: their addresses can never be invited again.",
  arguments: ["USER..."],
  isWriter: true,
  options: {
    "confirm-removals": {
      ...CONFIRM_REMOVALS,
      help: "confirm the number of people named; required without a terminal",
    },
  },
  examples: [
    "ax-users delete ada@example.com",
    "ax-users delete ada@example.com grace@example.com --confirm-removals 2",
  ],
  async run(context) {
    const { args, io, output } = context;
    const users = distinct(args.positionals);
    let client: ArizeClient | undefined;
    await confirm(context, {
      removals: users.length,
      counted: "named",
      what: `remove the ${people(users.length)} named for good`,
      preview: async () => {
        client = await openClient(context);
        return preview(client, users, io.signal);
      },
    });
    client ??= await openClient(context);
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

/** Who is removed. An address may be misspelt, or may be that of an admin. */
async function preview(client: ArizeClient, users: readonly string[], signal: AbortSignal): Promise<string> {
  const lines = await linesFor(users, async (user) => `${user}  ${await whoIs(client, user, signal)}`);
  return ["Removes these people for good. They can never be invited again:", ...lines].join("\n");
}

async function whoIs(client: ArizeClient, user: string, signal: AbortSignal): Promise<string> {
  try {
    const { name, status, role } = await client.users.get({ user }, { signal });
    return `${name}, ${status}, ${roleText(role)}`;
  } catch (error) {
    if (error instanceof NotFoundError) return "not in the account";
    if (error instanceof ValidationError) return "not a valid address or ID";
    throw error;
  }
}

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
