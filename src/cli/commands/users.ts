/** Commands on one user, or the list of them. */
import {
  type ArizeClient,
  ArizeError,
  INVITE_MODES,
  NotFoundError,
  UnexpectedResponseError,
  USER_STATUSES,
  type User,
} from "ax-users";
import { type PasswordStore, passwordFile, type TemporaryPassword } from "ax-users/roster";
import type { Command, Context } from "../args/command.ts";
import { openClient, openWriter } from "../client.ts";
import { EXIT, reasonOf, UsageError } from "../exit.ts";
import { shellCommand } from "../report/shell-command.ts";
import { roleOf, take, USER_COLUMNS } from "./shared.ts";

const list: Command = {
  name: "list",
  summary: "Lists users. Options filter them.",
  arguments: [],
  options: {
    email: { value: "PART", help: "only users whose address contains PART" },
    status: { value: "S", choices: USER_STATUSES, multiple: true, help: USER_STATUSES.join(", ") },
    limit: { value: "N", help: "only the first N" },
  },
  examples: ["ax-users list --status expired", "ax-users list --email @example.com --output csv > users.csv"],
  async run(context) {
    const { args, io, output } = context;
    const limit = args.whole("limit", 1);
    const statuses = args.list("status") as readonly (typeof USER_STATUSES)[number][];
    const client = await openClient(context);
    const params = { email: args.text("email"), ...(statuses.length > 0 && { status: statuses }) };
    output.list(await take(client.users.list(params, { signal: io.signal }), limit), USER_COLUMNS);
    return EXIT.done;
  },
};

const get: Command = {
  name: "get",
  summary: "Shows users, by ID or address.",
  arguments: ["USER..."],
  options: {},
  examples: ["ax-users get ada@example.com", "ax-users get ada@example.com grace@example.com --json"],
  async run(context) {
    const { args, output } = context;
    const client = await openClient(context);
    const found: User[] = [];
    let missing: unknown;
    for (const user of args.positionals) {
      try {
        found.push(await client.users.get({ user }, { signal: context.io.signal }));
      } catch (error) {
        if (!(error instanceof NotFoundError)) throw error;
        missing ??= error;
        output.problem(`${user} is not in the account.`);
      }
    }
    if (found.length === 0) throw missing;
    output.list(found, USER_COLUMNS);
    return missing === undefined ? EXIT.done : EXIT.failed;
  },
};

const create: Command = {
  name: "create",
  summary: "Creates a user, unless one with this address exists.",
  arguments: [],
  isWriter: true,
  options: {
    name: { value: "N", help: "display name; required" },
    email: { value: "E", help: "address; required" },
    role: { value: "R", help: "admin, member (default), annotator or custom:<id>" },
    "invite-mode": {
      value: "M",
      choices: INVITE_MODES,
      help: "email_link (default), none or temporary_password",
    },
    passwords: { value: "FILE", isFile: true, help: "a new file for the temporary password" },
  },
  examples: [
    'ax-users create --name "Ada Lovelace" --email ada@example.com',
    "ax-users create --name Ada --email ada@example.com --invite-mode temporary_password --passwords ada.jsonl",
  ],
  async run(context) {
    const { args, output } = context;
    const name = args.required("name");
    const email = args.required("email");
    const inviteMode = (args.text("invite-mode") ?? "email_link") as "email_link";
    const role = roleOf(args.text("role") ?? "member");
    const passwords = passwordsOf(context, inviteMode);
    const { client, signal } = await openWriter(context);
    await passwords?.open?.({ isResumed: false });
    try {
      const user = await client.users
        .create({ name, email, role, inviteMode }, { signal })
        .catch(async (error: unknown) => {
          const kept = keptPassword(error);
          if (kept) await store(context, passwords, { email, ...kept });
          throw error;
        });
      const { id: userId, temporaryPassword } = user;
      if (temporaryPassword !== undefined) {
        await store(context, passwords, { email, userId, temporaryPassword });
      }
      output.item(user, [...USER_COLUMNS, ["outcome", ({ outcome }) => outcome]]);
    } finally {
      await passwords?.close?.();
    }
    return EXIT.done;
  },
};

/** The password of a user whom the server created, although the call failed. */
function keptPassword(error: unknown): { userId: string; temporaryPassword: string } | undefined {
  const { id: userId = "", temporaryPassword } = error instanceof ArizeError ? (error.user ?? {}) : {};
  const kept = error instanceof UnexpectedResponseError ? error.temporaryPassword : temporaryPassword;
  return kept === undefined ? undefined : { userId, temporaryPassword: kept };
}

/** @throws {ArizeError} if the password is lost: the user exists, so the command has not failed without an effect. */
async function store({ io }: Context, passwords: PasswordStore | undefined, password: TemporaryPassword) {
  try {
    await passwords?.add(password);
  } catch (cause) {
    const { email } = password;
    const resend = shellCommand(io, "resend-invitation", email);
    const lost = `${email} was created, but the temporary password is lost`;
    throw new ArizeError(
      `${lost}: ${passwords?.path} cannot be written: ${reasonOf(cause)}.\nEmail a link instead: ${resend}`,
      { outcome: "unknown", cause },
    );
  }
}

function passwordsOf({ args }: Context, inviteMode: string) {
  const file = args.text("passwords");
  const isGiven = inviteMode === "temporary_password";
  if (isGiven && file === undefined) {
    throw new UsageError(
      "--invite-mode temporary_password needs --passwords FILE, a new file for the password.",
    );
  }
  if (!isGiven && file !== undefined) {
    throw new UsageError("--passwords is only for --invite-mode temporary_password.");
  }
  return file === undefined ? undefined : passwordFile(file);
}

const update: Command = {
  name: "update",
  summary: "Changes the name or the developer permission of a user.",
  arguments: ["USER"],
  isWriter: true,
  options: {
    name: { value: "N", help: "new display name" },
    developer: { help: "grant the developer permission" },
    "no-developer": { help: "revoke the developer permission" },
  },
  examples: [
    'ax-users update ada@example.com --name "Ada King"',
    "ax-users update ada@example.com --no-developer",
  ],
  async run(context) {
    const { args, output } = context;
    const name = args.text("name");
    if (args.flag("developer") && args.flag("no-developer")) {
      throw new UsageError("--developer and --no-developer cannot be combined.");
    }
    const isDeveloper = args.flag("developer") ? true : args.flag("no-developer") ? false : undefined;
    if (name === undefined && isDeveloper === undefined) {
      throw new UsageError("Nothing to change: pass --name, --developer or --no-developer.");
    }
    const { client, signal } = await openWriter(context);
    const userId = await userIdOf(client, args.positionals[0] ?? "", signal);
    const changes = {
      ...(name !== undefined && { name }),
      ...(isDeveloper !== undefined && { isDeveloper }),
    };
    output.item(await client.users.update({ userId, ...changes }, { signal }), USER_COLUMNS);
    return EXIT.done;
  },
};

/** The ID of a user who is named by ID or address. */
export async function userIdOf(client: ArizeClient, user: string, signal: AbortSignal): Promise<string> {
  if (!user.includes("@")) return user;
  return (await client.users.get({ user }, { signal })).id;
}

export const USER_COMMANDS: readonly Command[] = [list, get, create, update];
