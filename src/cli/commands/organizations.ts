import type { Command, Context } from "../args/command.ts";
import { openWriter } from "../client.ts";
import { confirm } from "../confirm.ts";
import { EXIT, UsageError } from "../exit.ts";
import { ORGANIZATION_COLUMNS, roleOf, roleText, take } from "./shared.ts";

const DESCRIPTION = { value: "TEXT", help: "description; an empty text for none" } as const;

/** The client, the first two arguments, and the options of a call. */
async function open(context: Context) {
  const [organization = "", user = ""] = context.args.positionals;
  const { client, signal } = await openWriter(context);
  return { organizations: client.organizations, organization, user, options: { signal } };
}

const list: Command = {
  name: "orgs list",
  summary: "Lists organizations.",
  arguments: [],
  options: { limit: { value: "N", help: "only the first N" } },
  examples: ["ax-users orgs list", "ax-users orgs list --json"],
  async run(context) {
    const limit = context.args.whole("limit", 1);
    const { organizations, options } = await open(context);
    context.output.list(await take(organizations.list({}, options), limit), ORGANIZATION_COLUMNS);
    return EXIT.done;
  },
};

const get: Command = {
  name: "orgs get",
  summary: "Shows an organization, by ID or name.",
  arguments: ["ORGANIZATION"],
  options: {},
  examples: ['ax-users orgs get "Data Ops"', 'ax-users orgs get "Data Ops" --json'],
  async run(context) {
    const { organizations, organization, options } = await open(context);
    context.output.item(await organizations.get({ organization }, options), ORGANIZATION_COLUMNS);
    return EXIT.done;
  },
};

const create: Command = {
  name: "orgs create",
  summary: "Creates an organization.",
  arguments: ["NAME"],
  isWriter: true,
  options: { description: DESCRIPTION },
  examples: [
    'ax-users orgs create "Data Ops"',
    'ax-users orgs create "Data Ops" --description "Data operations"',
  ],
  async run(context) {
    const { organizations, organization: name, options } = await open(context);
    const description = context.args.text("description");
    const params = { name, ...(description !== undefined && { description }) };
    context.output.item(await organizations.create(params, options), ORGANIZATION_COLUMNS);
    return EXIT.done;
  },
};

const update: Command = {
  name: "orgs update",
  summary: "Renames an organization, or changes its description.",
  arguments: ["ORGANIZATION"],
  isWriter: true,
  options: { name: { value: "N", help: "new name" }, description: DESCRIPTION },
  examples: [
    'ax-users orgs update "Data Ops" --name "Data Operations"',
    'ax-users orgs update "Data Ops" --description ""',
  ],
  async run(context) {
    const [name, description] = [context.args.text("name"), context.args.text("description")];
    if (name === undefined && description === undefined) {
      throw new UsageError("Nothing to change: pass --name or --description.");
    }
    const { organizations, organization, options } = await open(context);
    const changes = {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
    };
    context.output.item(
      await organizations.update({ organization, ...changes }, options),
      ORGANIZATION_COLUMNS,
    );
    return EXIT.done;
  },
};

const remove: Command = {
  name: "orgs delete",
  summary: "Deletes an organization for good.",
  arguments: ["ORGANIZATION"],
  isWriter: true,
  options: { yes: { help: "do not ask; required without a terminal" } },
  examples: ['ax-users orgs delete "Data Ops"', 'ax-users orgs delete "Data Ops" --yes'],
  async run(context) {
    const [organization = ""] = context.args.positionals;
    const what = `delete the organization ${organization} for good`;
    await confirm(context, {
      removals: 0,
      what,
      preview: () =>
        "This also deletes its spaces and everything in them, its integrations and its API keys.",
    });
    const { organizations, options } = await open(context);
    await organizations.delete({ organization }, options);
    context.output.item({ organization, status: "deleted" }, [
      ["organization", (one) => one.organization],
      ["status", (one) => one.status],
    ]);
    return EXIT.done;
  },
};

const addUser: Command = {
  name: "orgs add-user",
  summary: "Adds a user to an organization, or changes the role of a member.",
  arguments: ["ORGANIZATION", "USER"],
  isWriter: true,
  options: { role: { value: "R", help: "admin, member (default), read-only, annotator or custom:<id>" } },
  examples: [
    'ax-users orgs add-user "Data Ops" ada@example.com',
    'ax-users orgs add-user "Data Ops" ada@example.com --role read-only',
  ],
  async run(context) {
    const role = roleOf(context.args.text("role") ?? "member");
    const { organizations, organization, user, options } = await open(context);
    const membership = await organizations.addUser({ organization, user, role }, options);
    context.output.item({ organization, user, ...membership }, [
      ["organization", (one) => one.organization],
      ["user", (one) => one.user],
      ["role", (one) => roleText(one.role)],
    ]);
    return EXIT.done;
  },
};

const removeUser: Command = {
  name: "orgs remove-user",
  summary: "Removes a user from an organization.",
  arguments: ["ORGANIZATION", "USER"],
  isWriter: true,
  options: {},
  examples: [
    'ax-users orgs remove-user "Data Ops" ada@example.com',
    'ax-users orgs remove-user "Data Ops" ada@example.com --json',
  ],
  async run(context) {
    const { organizations, organization, user, options } = await open(context);
    await organizations.removeUser({ organization, user }, options);
    context.output.item({ organization, user, status: "removed" }, [
      ["organization", (one) => one.organization],
      ["user", (one) => one.user],
      ["status", (one) => one.status],
    ]);
    return EXIT.done;
  },
};

export const ORGANIZATION_COMMANDS: readonly Command[] = [
  list,
  get,
  create,
  update,
  remove,
  addUser,
  removeUser,
];
