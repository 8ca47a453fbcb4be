/** Commands that send an email to each user. */
import { type ArizeClient, ArizeError, AuthenticationError } from "ax-users";
import type { Command, Context } from "../args/command.ts";
import { openWriter } from "../client.ts";
import { messageOf } from "../exit.ts";
import { codeOfFailures, distinct, RESULT_COLUMNS, type TargetResult } from "./shared.ts";
import { userIdOf } from "./users.ts";

type Writer = Awaited<ReturnType<typeof openWriter>>;

type Send = (client: ArizeClient, userId: string, signal: AbortSignal) => Promise<void>;

/** Sends one email to each person, one after the other. A 401 or an interruption ends it. */
async function sendToAll(context: Context, send: Send): Promise<number> {
  const { args, io, output } = context;
  const writer = await openWriter(context);
  const results: TargetResult[] = [];
  const causes: unknown[] = [];
  const userIds = new Set<string>();
  for (const user of distinct(args.positionals)) {
    const isOver = io.signal.aborted || causes.some((cause) => cause instanceof AuthenticationError);
    const result = isOver ? NOT_ATTEMPTED : await sendTo(context, writer, user, send, userIds);
    // The person was named before, by address or by ID.
    if (!result) continue;
    if ("cause" in result) causes.push(result.cause);
    results.push({ user, ...result.shown });
  }
  output.list(results, RESULT_COLUMNS);
  return codeOfFailures(causes, io.signal.aborted && results.some(({ status }) => status !== "sent"));
}

const NOT_ATTEMPTED = { shown: { status: "not_attempted" } };

/** Undefined if the user's ID is one of `userIds`, to whom an email was sent before. */
async function sendTo(
  { io }: Context,
  { client, signal }: Writer,
  user: string,
  send: Send,
  userIds: Set<string>,
) {
  try {
    const userId = await userIdOf(client, user, signal);
    if (userIds.has(userId)) return undefined;
    userIds.add(userId);
    await send(client, userId, signal);
    return { shown: { status: "sent" } };
  } catch (cause) {
    // An interrupt ends no request that was sent.
    if (cause === io.signal.reason) return NOT_ATTEMPTED;
    const outcome = cause instanceof ArizeError ? cause.outcome : "unknown";
    return { cause, shown: { status: "failed", error: messageOf(cause), outcome } };
  }
}

export const MAIL_COMMANDS: readonly Command[] = [
  {
    name: "resend-invitation",
    summary: "Sends the invitation email again.",
    arguments: ["USER..."],
    isWriter: true,
    options: {},
    examples: [
      "ax-users resend-invitation ada@example.com",
      "ax-users resend-invitation VXNlcjox VXNlcjoy --json",
    ],
    run: (context) =>
      sendToAll(context, (client, userId, signal) => client.users.resendInvitation({ userId }, { signal })),
  },
  {
    name: "reset-password",
    summary: "Emails a link that sets a new password.",
    arguments: ["USER..."],
    isWriter: true,
    options: {},
    examples: ["ax-users reset-password ada@example.com", "ax-users reset-password VXNlcjox VXNlcjoy --json"],
    run: (context) =>
      sendToAll(context, (client, userId, signal) => client.users.resetPassword({ userId }, { signal })),
  },
];
