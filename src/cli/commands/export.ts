import type { User } from "ax-users";
import { type RosterRow, toCsv } from "ax-users/roster";
import type { Command } from "../args/command.ts";
import { openClient } from "../client.ts";
import { EXIT } from "../exit.ts";
import { roleText, take } from "./shared.ts";

/** Exports no memberships: the API does not list the members of an organization. */
export const exportAccount: Command = {
  name: "export",
  summary: "Writes the account as a roster: CSV, or JSON with --json.",
  arguments: [],
  options: {},
  examples: ["ax-users export > people.csv", "ax-users export --json > people.json"],
  async run(context) {
    const { io, output } = context;
    const client = await openClient(context);
    const users = await take(client.users.list({}, { signal: io.signal }));
    const rows = users.map(rowOf);
    if (output.isJson) output.list(rows, []);
    else output.raw(toCsv(rows));
    output.info("The roster has no memberships in organizations: the API does not list them.");
    return EXIT.done;
  },
};

const rowOf = ({ email, name, role, isDeveloper }: User): RosterRow => ({
  email,
  name,
  role: roleText(role),
  developer: isDeveloper,
});
