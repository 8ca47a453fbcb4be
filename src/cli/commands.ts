import type { Command } from "./args/command.ts";
import { apply, resume } from "./commands/apply.ts";
import { completionOf } from "./commands/completion.ts";
import { deleteUsers } from "./commands/delete.ts";
import { demo } from "./commands/demo.ts";
import { exportAccount } from "./commands/export.ts";
import { MAIL_COMMANDS } from "./commands/mails.ts";
import { ORGANIZATION_COMMANDS } from "./commands/organizations.ts";
import { plan } from "./commands/plan.ts";
import { sandbox } from "./commands/sandbox.ts";
import { USER_COMMANDS } from "./commands/users.ts";

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ...USER_COMMANDS,
  deleteUsers,
  ...MAIL_COMMANDS,
  ...ORGANIZATION_COMMANDS,
  exportAccount,
  plan,
  apply,
  resume,
  sandbox,
  demo,
  completionOf(() => COMMANDS),
];
