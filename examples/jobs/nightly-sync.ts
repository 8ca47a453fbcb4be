// Copies the names of a directory to the account, and reports people who are missing. Argument: a file of "email,name" rows.
import { readFileSync } from "node:fs";
import { ArizeClient, type UpdateManyUser } from "ax-users";

const client = new ArizeClient({ deadlineMs: 30 * 60_000 });
const rows = readFileSync(process.argv[2] ?? "", "utf8")
  .trim()
  .split(/\r?\n/);
const directory = new Map<string, string>();
for (const row of rows) {
  const [email = "", name = ""] = row.split(",");
  directory.set(email.toLowerCase(), name);
}

const users: UpdateManyUser[] = [];
for await (const { id, email, name } of client.users.list()) {
  const wanted = directory.get(email.toLowerCase());
  directory.delete(email.toLowerCase());
  if (wanted === undefined) console.log(`not in the directory: ${email}`);
  else if (wanted !== name) users.push({ userId: id, name: wanted });
}
for (const email of directory.keys()) console.log(`not in the account: ${email}`);

const results = await client.users.updateMany({ users });
for (const result of results) {
  if (result.status === "updated") console.log(`renamed: ${result.user.email} to ${result.user.name}`);
  else console.log(`${result.status}: ${result.userId}: ${result.error}`);
}
if (results.some(({ status }) => status !== "updated")) process.exitCode = 1;
